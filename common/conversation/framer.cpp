// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "framer.h"

#include "lengthprefix.h"

namespace {

/// A message of one byte more than this comes in parts for longer than anybody waits.
constexpr qint64 longestPossible = qint64(1) << 62;

qsizetype find(QByteArrayView bytes, QByteArrayView marker, qsizetype from)
{
    return marker.size() == 1 ? bytes.indexOf(marker.front(), from) : bytes.indexOf(marker, from);
}

} // namespace

Framer::Framer(const Framing &framing, qsizetype limit)
    : m_limit(limit)
    , m_framing(framing)
{
}

void Framer::setFraming(const Framing &framing)
{
    m_framing = framing;
    m_scanned = m_prefix = 0;
    m_missing = -1;
    m_isInside = false;
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
    if (m_framing.hasEndMarker())
        return nextMarked();
    switch (m_framing.kind()) {
    case Framing::Kind::Silence:
        return bufferedBytes() > m_limit ? std::optional(takePart(0)) : std::nullopt;
    case Framing::Kind::Fixed:
        if (m_missing < 0)
            m_missing = m_framing.fixedSize();
        return nextSized();
    case Framing::Kind::Length:
        if (m_missing < 0 && !readLength())
            return std::nullopt;
        return m_framing.kind() == Framing::Kind::Length ? nextSized() : next();
    default:
        return bufferedBytes() > 0 ? std::optional(take(0, qMin(bufferedBytes(), m_limit), 0)) : std::nullopt;
    }
}

/// Looks for the marker at the end of a message. Bytes before m_scanned are never looked at again.
std::optional<FramedMessage> Framer::nextMarked()
{
    const QByteArrayView begin = m_isInside ? QByteArrayView() : m_framing.beginMarker();
    if (!begin.isEmpty() && !m_buffer.view().startsWith(begin))
        return skipTo(begin);
    const QByteArrayView marker = m_framing.endMarker();
    const qsizetype before = begin.size();
    const qsizetype end = find(m_buffer.view(), marker, qMax(m_scanned, before));
    m_scanned = end >= 0 ? end : qMax(qMax(m_scanned, before), m_buffer.size() - marker.size() + 1);
    if (m_scanned - before > m_limit) {
        FramedMessage part = takePart(before);
        m_isInside = true;
        return part;
    }
    if (end < 0)
        return std::nullopt;
    m_isInside = false;
    return take(before, end - before, marker.size());
}

/// Takes what is in front of the begin marker, once that has come.
std::optional<FramedMessage> Framer::skipTo(QByteArrayView begin)
{
    const qsizetype found = find(m_buffer.view(), begin, m_scanned);
    m_scanned = found >= 0 ? found : qMax(m_scanned, m_buffer.size() - begin.size() + 1);
    if (m_scanned > m_limit)
        return skip(m_limit);
    return found >= 0 ? std::optional(skip(found)) : std::nullopt;
}

/// Takes a message of which it is known how many bytes are missing.
std::optional<FramedMessage> Framer::nextSized()
{
    const auto wanted = qsizetype(qMin<qint64>(m_missing, m_limit));
    if (bufferedBytes() < m_prefix + wanted)
        return std::nullopt;
    const qsizetype before = std::exchange(m_prefix, 0);
    if (m_missing > m_limit) {
        m_missing -= m_limit;
        return takePart(before);
    }
    m_missing = -1;
    return take(before, wanted, 0);
}

/// Reads the prefix of the next message. False if it has not come yet.
bool Framer::readLength()
{
    const Framing::LengthField &field = m_framing.lengthField();
    const qsizetype header = field.offset + field.width;
    if (bufferedBytes() < header)
        return false;
    const quint64 length = LengthPrefix::read(m_buffer.data() + field.offset, field);
    const bool isImpossible =
        length >= quint64(longestPossible) || (field.adds < 0 && length < quint64(-qint64(field.adds)));
    if (isImpossible) {
        m_oddLength = OddLength{length, 0, true};
        setFraming(Framing::None);
        return true;
    }
    const qint64 bytes = qint64(length) + field.adds;
    m_prefix = field.offset == 0 ? header : 0;
    m_missing = bytes + header - m_prefix;
    if (m_missing > m_limit)
        m_oddLength = OddLength{length, bytes, false};
    return true;
}

std::optional<FramedMessage> Framer::takeRest()
{
    if (bufferedBytes() == 0)
        return std::nullopt;
    const QByteArrayView begin = m_isInside ? QByteArrayView() : m_framing.beginMarker();
    const bool isOutside = !begin.isEmpty() && !m_buffer.view().startsWith(begin);
    if (isOutside)
        return skip(qMin(bufferedBytes(), m_limit));
    const qsizetype before = m_framing.kind() == Framing::Kind::Length ? qMin(m_prefix, bufferedBytes()) : begin.size();
    if (bufferedBytes() - before > m_limit) { // the marker's first bytes are among them
        m_isInside = true;
        return takePart(before);
    }
    FramedMessage message = take(before, bufferedBytes() - before, 0);
    message.isUnterminated = m_framing.kind() != Framing::Kind::None && m_framing.kind() != Framing::Kind::Silence;
    m_isInside = false;
    m_prefix = 0;
    m_missing = -1;
    return message;
}

FramedMessage Framer::take(qsizetype before, qsizetype size, qsizetype after)
{
    FramedMessage message;
    message.payload = m_buffer.view().sliced(before, size);
    message.bytes = before + size + after;
    message.isFirst = !m_isInParts;
    message.isPart = std::exchange(m_isInParts, false);
    m_buffer.take(message.bytes);
    m_scanned = qMax<qsizetype>(0, m_scanned - message.bytes);
    return message;
}

FramedMessage Framer::takePart(qsizetype before)
{
    FramedMessage message = take(before, m_limit, 0);
    message.isPart = m_isInParts = true;
    message.isLast = false;
    return message;
}

FramedMessage Framer::skip(qsizetype size)
{
    const bool isInParts = m_isInParts;
    FramedMessage skipped = take(0, size, 0);
    skipped.isPart = false;
    skipped.isSkipped = true;
    m_isInParts = isInParts;
    return skipped;
}
