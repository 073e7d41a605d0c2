// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linesplitter.h"

#include "stepline.h"

#include <algorithm>
#include <cstring>

void LineSplitter::feed(QByteArray bytes)
{
    Q_ASSERT(m_at == m_bytes.size());
    m_bytes = std::move(bytes);
    m_at = 0;
}

bool LineSplitter::next(QByteArrayView &line)
{
    if (m_isHeadDone) {
        m_head.resize(0); // keeps its memory
        m_isHeadDone = false;
    }
    const char *const from = m_bytes.constData() + m_at;
    const qsizetype left = m_bytes.size() - m_at;
    const auto *newline = left > 0 ? static_cast<const char *>(std::memchr(from, '\n', size_t(left))) : nullptr;
    const QByteArrayView part(from, newline ? newline - from : left);
    if (!newline) {
        m_at += part.size();
        m_pending += part.size();
        keep(part);
        return false;
    }
    m_at += part.size() + 1;
    m_offset += m_pending + part.size() + 1;
    if (m_pending == 0) {
        line = part;
        return true;
    }
    keep(part);
    line = m_head;
    m_pending = 0;
    m_isHeadDone = true;
    return true;
}

void LineSplitter::keep(QByteArrayView part)
{
    m_head.append(part.first(std::min(part.size(), StepLine::maxBytes + 1 - m_head.size())));
}
