// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "framing.h"

namespace {

/// Below this, taken bytes stay in front of the buffer rather than being moved away for each message, an empty buffer keeps its
/// memory, and what arrives is copied rather than shared.
constexpr qsizetype compactAt = 64 * 1024;

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
    m_scanned = m_start;
}

void Framer::append(const QByteArray &bytes)
{
    dropTaken();
    if (m_buffer.isEmpty() && bytes.size() >= compactAt)
        m_buffer = bytes;
    else
        m_buffer.append(QByteArrayView(bytes)); // as bytes itself it would be shared: some are few in much memory
}

void Framer::dropTaken()
{
    if (m_start == m_buffer.size()) {
        if (m_buffer.size() < compactAt)
            m_buffer.resize(0);
        else
            m_buffer.clear();
        m_start = m_scanned = 0;
    } else if (m_start >= compactAt && m_start >= m_buffer.size() / 2) {
        m_buffer.remove(0, m_start);
        m_scanned -= m_start;
        m_start = 0;
    }
}

std::optional<FramedMessage> Framer::next()
{
    dropTaken();
    if (m_framing == Framing::None)
        return bufferedBytes() > 0 ? std::optional(take(qMin(bufferedBytes(), m_limit), 0)) : std::nullopt;

    const qsizetype end = m_buffer.indexOf(terminatorOf(m_framing), m_scanned);
    m_scanned = end < 0 ? m_buffer.size() : end;
    if (m_scanned - m_start > m_limit) {
        FramedMessage message = take(m_limit, 0);
        message.part = m_inParts = true;
        message.last = false;
        return message;
    }
    return end >= 0 ? std::optional(take(end - m_start, 1)) : std::nullopt;
}

std::optional<FramedMessage> Framer::takeRest()
{
    if (bufferedBytes() == 0)
        return std::nullopt;
    FramedMessage message = take(bufferedBytes(), 0);
    message.unterminated = m_framing != Framing::None;
    return message;
}

FramedMessage Framer::take(qsizetype size, qsizetype terminator)
{
    FramedMessage message;
    message.payload = QByteArrayView(m_buffer).sliced(m_start, size);
    message.bytes = size + terminator;
    message.part = std::exchange(m_inParts, false);
    m_start += size + terminator;
    m_scanned = qMax(m_scanned, m_start);
    return message;
}

QByteArray Framer::framed(const QByteArray &message, Framing framing)
{
    return framing == Framing::None ? message : message + terminatorOf(framing);
}
