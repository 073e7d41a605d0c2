// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "pppheader.h"

#include "mplsheader.h"

namespace {

/// PPP's numbers, and the EtherTypes that some systems write in their place.
Decoded skipPppProtocol(quint16 protocol, PacketBytes &bytes, Network &network, Segment &segment)
{
    switch (protocol) {
    case 0x0021:
    case 0x0800:
        network = Network::Ip4;
        return Decoded::Segment;
    case 0x0057:
    case 0x86dd:
        network = Network::Ip6;
        return Decoded::Segment;
    case 0x0281:
        return MplsHeader::skip(bytes, network, segment);
    case 0x0053:
        return Decoded::Encrypted;
    case 0x002d: // Van Jacobson's compressed TCP (RFC 1144)
    case 0x002f:
    case 0x003d: // Multilink
    case 0x00fb: // compressed
    case 0x00fd:
        return Decoded::Encapsulated;
    default:
        return Decoded::NotTcp;
    }
}

} // namespace

Decoded PppHeader::skip(PacketBytes &bytes, Network &network, Segment &segment)
{
    if (!bytes.has(2))
        return Decoded::Cut;
    // Address and control; libpcap replaces the address by 0 or 1 for the direction.
    if (bytes.u16(0) == 0xff03 || bytes.u16(0) == 0x0003 || bytes.u16(0) == 0x0103)
        bytes.skip(2);
    if (!bytes.has(2))
        return Decoded::Cut;
    const bool isShort = (bytes.u8(0) & 1) != 0;
    const quint16 protocol = isShort ? bytes.u8(0) : bytes.u16(0);
    bytes.skip(isShort ? 1 : 2);
    return skipPppProtocol(protocol, bytes, network, segment);
}

Decoded PppHeader::skipSerial(PacketBytes &bytes, Network &network, Segment &segment)
{
    constexpr quint32 headerBytes = 4;
    if (!bytes.has(headerBytes))
        return Decoded::Cut;
    const quint8 address = bytes.u8(0);
    const quint16 protocol = bytes.u16(2);
    bytes.skip(headerBytes);
    if (address == 0x0f || address == 0x8f) { // Cisco's: an EtherType
        network = protocol == 0x0800 ? Network::Ip4 : protocol == 0x86dd ? Network::Ip6 : Network::None;
        return network == Network::None ? Decoded::NotTcp : Decoded::Segment;
    }
    if (address != 0xff)
        return Decoded::NotTcp;
    const char *name = protocol == 0x0021 ? "IP: " : protocol == 0x0057 ? "IP6: " : protocol == 0x0281 ? "MPLS: " : "";
    segment.oddity().beforeIp += name;
    return skipPppProtocol(protocol, bytes, network, segment);
}

Decoded PppHeader::skipOverEthernet(PacketBytes &bytes, Network &network, Segment &segment)
{
    constexpr quint32 headerBytes = 6;
    if (!bytes.has(headerBytes))
        return Decoded::Cut;
    const quint8 version = bytes.u8(0) >> 4;
    const quint8 type = bytes.u8(0) & 0x0f;
    const quint16 session = bytes.u16(2);
    const quint16 length = bytes.u16(4);
    if (bytes.u8(1) != 0) // discovery
        return Decoded::NotTcp;
    QByteArray &text = segment.oddity().beforeIp;
    if (version != 1)
        text += " [ver " + QByteArray::number(version) + ']';
    if (type != 1)
        text += " [type " + QByteArray::number(type) + ']';
    text += "PPPoE ";
    if (session != 0)
        text += " [ses 0x" + QByteArray::number(session, 16) + ']';
    text += ' ';
    bytes.skip(headerBytes);
    bytes.length = length;
    return skip(bytes, network, segment);
}
