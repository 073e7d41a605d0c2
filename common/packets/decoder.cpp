// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "decoder.h"

#include "ipheader.h"
#include "linkheader.h"

using LinkHeader::Network;

namespace {

/// tcpdump treats the record of a longer packet as broken.
constexpr quint32 maxPacketBytes = 262144;
constexpr quint32 portBytes = 4;

Decoded decodeNetwork(Network network, PacketBytes &bytes, Segment &segment)
{
    if (network == Network::Ip4Or6) {
        if (!bytes.has(1))
            return Decoded::Cut;
        network = bytes.u8(0) >> 4 == 6 ? Network::Ip6 : Network::Ip4;
    }
    return network == Network::Ip6 ? IpHeader::skip6(bytes, segment) : IpHeader::skip4(bytes, segment);
}

Decoded decodeTcp(const PacketBytes &bytes, Segment &segment)
{
    constexpr quint32 fixedBytes = Segment::fixedHeaderBytes;
    if (!bytes.has(portBytes))
        return bytes.length < portBytes ? Decoded::Malformed : Decoded::Cut;
    segment.source.port = bytes.u16(0);
    segment.destination.port = bytes.u16(2);
    if (!bytes.has(fixedBytes)) {
        segment.capturedBytes = quint8(bytes.captured);
        return Decoded::Segment;
    }
    segment.sequence = bytes.u32(4);
    segment.acknowledgement = bytes.u32(8);
    segment.flags = bytes.u16(12) & 0x1ff;
    segment.window = bytes.u16(14);
    segment.urgent = bytes.u16(18);
    const quint32 headerBytes = (bytes.u8(12) >> 4) * 4;
    segment.headerBytes = quint8(headerBytes);
    segment.capturedBytes = quint8(std::min(bytes.captured, std::max(headerBytes, fixedBytes)));
    if (headerBytes < fixedBytes || headerBytes > bytes.length) {
        if (!segment.oddities)
            segment.oddities = new SegmentOddities;
        segment.oddities->tcpBytes = bytes.length;
        return Decoded::Segment;
    }
    segment.length = bytes.length - headerBytes;
    segment.capturedLength = bytes.captured - std::min(bytes.captured, headerBytes);
    segment.optionBytes = quint8(segment.capturedBytes - fixedBytes);
    std::copy_n(bytes.data + fixedBytes, segment.optionBytes, segment.options.begin());
    return Decoded::Segment;
}

} // namespace

bool Decoder::knows(int linkType)
{
    return LinkHeader::knows(linkType);
}

Decoded Decoder::decode(int linkType, const CapturedPacket &packet, Segment &segment)
{
    if (packet.captured == 0 || packet.captured > packet.length || packet.length > maxPacketBytes)
        return Decoded::Malformed;
    segment = Segment();
    segment.timeUs = packet.timeUs;
    segment.frame = packet.frame;
    PacketBytes bytes{packet.data, packet.captured, packet.length};
    Network network = Network::None;
    if (const Decoded result = LinkHeader::skip(linkType, bytes, network); result != Decoded::Segment)
        return result;
    if (const Decoded result = decodeNetwork(network, bytes, segment); result != Decoded::Segment)
        return result;
    return decodeTcp(bytes, segment);
}
