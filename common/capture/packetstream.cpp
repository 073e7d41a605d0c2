// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "packetstream.h"

#include <QtEndian>

#include <cstring>

namespace {

constexpr qsizetype fileHeader = 24;
constexpr qsizetype linkTypeAt = 20;
constexpr qsizetype packetHeader = 16;
constexpr quint32 microsecondMagic = 0xa1b2c3d4;
constexpr quint32 nanosecondMagic = 0xa1b23c4d;
constexpr quint32 linkTypeBits = 0x0fffffff; ///< the rest of the field is about frame check sequences

} // namespace

void PacketStream::append(QByteArrayView bytes)
{
    m_bytes.appendCopy(bytes);
    if (!m_hasHeader && !m_isBroken)
        readHeader();
}

quint32 PacketStream::number(qsizetype at) const
{
    quint32 value = 0;
    std::memcpy(&value, m_bytes.data() + at, sizeof value);
    return m_isSwapped ? qbswap(value) : value;
}

void PacketStream::readHeader()
{
    if (m_bytes.size() < fileHeader)
        return;
    const quint32 magic = number(0);
    m_isSwapped = magic == qbswap(microsecondMagic) || magic == qbswap(nanosecondMagic);
    m_hasNanoseconds = number(0) == nanosecondMagic;
    m_isBroken = !m_hasNanoseconds && number(0) != microsecondMagic;
    m_hasHeader = !m_isBroken;
    m_linkType = int(number(linkTypeAt) & linkTypeBits);
    m_bytes.take(fileHeader);
}

std::optional<CapturedPacket> PacketStream::next()
{
    if (!m_hasHeader || m_isBroken || m_bytes.size() < packetHeader)
        return std::nullopt;
    const quint32 captured = number(8);
    if (captured > maxPacketBytes) {
        m_isBroken = true;
        return std::nullopt;
    }
    if (m_bytes.size() - packetHeader < qsizetype(captured))
        return std::nullopt;
    const quint32 fraction = number(4);
    const CapturedPacket packet{.data = reinterpret_cast<const uchar *>(m_bytes.data() + packetHeader),
                                .captured = captured,
                                .length = number(12),
                                .timeUs =
                                    qint64(number(0)) * 1'000'000 + (m_hasNanoseconds ? fraction / 1000 : fraction),
                                .frame = ++m_frames};
    m_bytes.take(packetHeader + qsizetype(captured));
    return packet;
}
