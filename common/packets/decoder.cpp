// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "decoder.h"

#include "extensionheader.h"
#include "icmpheader.h"
#include "ipheader.h"
#include "linkheader.h"
#include "tunnel.h"

namespace {

/// tcpdump treats the record of a longer packet as broken.
constexpr quint32 maxPacketBytes = 262144;
constexpr quint32 portBytes = 4;

Decoded decodeTcp(const CapturedPacket &packet, const PacketBytes &bytes, Segment &segment)
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
        segment.oddity().tcpBytes = bytes.length;
        return Decoded::Segment;
    }
    segment.length = bytes.length - headerBytes;
    segment.capturedLength = bytes.captured - std::min(bytes.captured, headerBytes);
    if (packet.at >= 0)
        segment.payloadAt = packet.at + (bytes.data - packet.data) + headerBytes;
    segment.optionBytes = quint8(segment.capturedBytes - fixedBytes);
    std::copy_n(bytes.data + fixedBytes, segment.optionBytes, segment.options.begin());
    return Decoded::Segment;
}

Decoded skipIp(Network network, PacketBytes &bytes, Segment &segment, quint8 &protocol)
{
    if (network == Network::Ip4Or6) {
        if (!bytes.has(1))
            return Decoded::Cut;
        network = bytes.u8(0) >> 4 == 6 ? Network::Ip6 : Network::Ip4;
    }
    return network == Network::Ip6 ? IpHeader::skip6(bytes, segment, protocol)
                                   : IpHeader::skip4(bytes, segment, protocol);
}

/// From the outermost IP header on.
Decoded decodeNetwork(const CapturedPacket &packet, Network network, PacketBytes &bytes, Segment &segment)
{
    for (int tunnels = 0; tunnels <= Decoder::maxTunnels; ++tunnels) {
        quint8 protocol = 0;
        if (const Decoded result = skipIp(network, bytes, segment, protocol); result != Decoded::Segment)
            return result;
        if (protocol == ExtensionHeader::Tcp)
            return decodeTcp(packet, bytes, segment);
        if (IcmpHeader::isIcmp(protocol, segment.source.version))
            return IcmpHeader::decode(bytes, segment);
        if (const Decoded result = Tunnel::enter(protocol, bytes, network, segment); result != Decoded::Segment)
            return result;
    }
    return Decoded::DeepTunnel;
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
    if (const Decoded result = LinkHeader::skip(linkType, bytes, network, segment); result != Decoded::Segment)
        return result;
    return decodeNetwork(packet, network, bytes, segment);
}
