// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "framing.h"

namespace {

char terminatorOf(Framing framing)
{
    return framing == Framing::Newline ? '\n' : '\0';
}

} // namespace

Framer::Framer(Framing framing, qsizetype limit)
    : m_limit(limit)
    , m_framing(framing)
{
}

void Framer::setFraming(Framing framing)
{
    m_framing = framing;
    m_scanned = 0;
}

void Framer::append(const QByteArray &bytes)
{
    // Small reads are copied: their bytes may be few in much memory.
    if (bytes.size() >= compactAt)
        m_buffer.append(bytes);
    else
        m_buffer.appendCopy(bytes);
}

std::optional<FramedMessage> Framer::next()
{
    m_buffer.compact();
    if (m_framing == Framing::None)
        return bufferedBytes() > 0 ? std::optional(take(qMin(bufferedBytes(), m_limit), 0)) : std::nullopt;

    const qsizetype end = m_buffer.view().indexOf(terminatorOf(m_framing), m_scanned);
    m_scanned = end < 0 ? m_buffer.size() : end;
    if (m_scanned > m_limit) {
        FramedMessage message = take(m_limit, 0);
        message.isPart = m_isInParts = true;
        message.isLast = false;
        return message;
    }
    return end >= 0 ? std::optional(take(end, 1)) : std::nullopt;
}

std::optional<FramedMessage> Framer::takeRest()
{
    if (bufferedBytes() == 0)
        return std::nullopt;
    FramedMessage message = take(bufferedBytes(), 0);
    message.isUnterminated = m_framing != Framing::None;
    return message;
}

FramedMessage Framer::take(qsizetype size, qsizetype terminator)
{
    FramedMessage message;
    message.payload = m_buffer.view().first(size);
    message.bytes = size + terminator;
    message.isFirst = !m_isInParts;
    message.isPart = std::exchange(m_isInParts, false);
    m_buffer.take(message.bytes);
    m_scanned = qMax<qsizetype>(0, m_scanned - message.bytes);
    return message;
}

QByteArray Framer::framed(const QByteArray &message, Framing framing)
{
    return framing == Framing::None ? message : message + terminatorOf(framing);
}
