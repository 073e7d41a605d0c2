// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ethernetheader.h"

#include "mplsheader.h"
#include "pppheader.h"

namespace {

constexpr quint16 maxLengthField = 1500;

bool isVlanTag(quint16 etherType)
{
    return etherType == 0x8100 || etherType == 0x88a8 || etherType == 0x9100 || etherType == 0x9200;
}

Decoded skipUntagged(quint16 etherType, PacketBytes &bytes, Network &network, Segment &segment)
{
    switch (etherType) {
    case 0x0800:
        network = Network::Ip4;
        return Decoded::Segment;
    case 0x86dd:
        network = Network::Ip6;
        return Decoded::Segment;
    case 0x8847:
    case 0x8848:
        return MplsHeader::skip(bytes, network, segment);
    case 0x8864:
        return PppHeader::skipOverEthernet(bytes, network, segment);
    case 0x88e5: // MACsec
        return Decoded::Encrypted;
    case 0x6558: // Ethernet in Ethernet
    case 0x88e7: // provider backbone bridges
        return Decoded::Encapsulated;
    default:
        return isVlanTag(etherType) ? Decoded::Encapsulated : Decoded::NotTcp;
    }
}

} // namespace

Decoded EthernetHeader::skip(PacketBytes &bytes, Network &network, Segment &segment)
{
    constexpr quint32 headerBytes = 14;
    if (!bytes.has(headerBytes))
        return Decoded::Cut;
    const quint16 etherType = bytes.u16(12);
    bytes.skip(headerBytes);
    return skipTyped(etherType, bytes, network, segment);
}

Decoded EthernetHeader::skipTyped(quint16 etherType, PacketBytes &bytes, Network &network, Segment &segment)
{
    while (isVlanTag(etherType)) {
        if (!bytes.has(4))
            return Decoded::Cut;
        etherType = bytes.u16(2);
        bytes.skip(4);
    }
    if (etherType > maxLengthField)
        return skipUntagged(etherType, bytes, network, segment);
    bytes.length = std::min(bytes.length, quint32(etherType));
    bytes.cutAt(bytes.length);
    return skipLlc(bytes, network, segment);
}

Decoded EthernetHeader::skipLlc(PacketBytes &bytes, Network &network, Segment &segment)
{
    constexpr quint32 llcBytes = 3;
    constexpr quint32 snapBytes = 8;
    if (!bytes.has(llcBytes))
        return Decoded::Cut;
    const quint32 start = quint32(bytes.u16(0)) << 8 | bytes.u8(2); // both service access points, and the control field
    if (start == 0x060603) {
        bytes.skip(llcBytes);
        network = Network::Ip4;
        return Decoded::Segment;
    }
    if (start != 0xaaaa03)
        return Decoded::NotTcp;
    if (!bytes.has(snapBytes))
        return Decoded::Cut;
    const quint32 organization = bytes.u32(2) & 0xffffff;
    const quint16 etherType = bytes.u16(6);
    if (organization != 0 && organization != 0x0000f8)
        return organization == 0x0080c2 ? Decoded::Encapsulated : Decoded::NotTcp; // bridged frames (RFC 2684)
    bytes.skip(snapBytes);
    return skipUntagged(etherType, bytes, network, segment);
}
