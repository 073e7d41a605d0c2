// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkpacket.h"

#include "packets/decoder.h"

std::optional<LinkPacket> LinkPacket::read(Side from, const QByteArray &packet, SegmentCounter &counter)
{
    constexpr int rawIp = 101; // LINKTYPE_RAW
    constexpr quint32 checksumAt = 16;
    constexpr quint32 checksumBytes = 2;
    const auto bytes = quint32(packet.size());
    LinkPacket read{.from = from, .bytes = bytes};
    const CapturedPacket captured{
        .data = reinterpret_cast<const uchar *>(packet.constData()), .captured = bytes, .length = bytes, .at = 0};
    if (Decoder::decode(rawIp, captured, read.segment) != Decoded::Segment)
        return {};
    read.counted = counter.count(from, read.segment);
    if (read.segment.payloadAt < 0 || !read.segment.isWhole()) // nothing is known, or it lies outside the packet
        return read;
    const auto payloadAt = quint32(read.segment.payloadAt);
    const bool hasPayload = read.segment.length > 0;
    read.corruptibleAt = hasPayload ? payloadAt : payloadAt - read.segment.headerBytes + checksumAt;
    read.corruptible = hasPayload ? read.segment.length : checksumBytes;
    return read;
}
