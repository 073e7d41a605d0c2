// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "tunnel.h"

#include "addressline.h"
#include "ethernetheader.h"
#include "extensionheader.h"
#include "mplsheader.h"

#include <QHash>

#include <array>

using namespace Qt::StringLiterals;

namespace {

enum TunnelKind : quint32 { NoTunnel, GreTunnel, IpInIpTunnel, SixInFourTunnel, VxlanTunnel };

constexpr quint32 kindBits = 3;
constexpr quint16 vxlanPort = 4789;
constexpr quint32 udpBytes = 8;

/// number: what tells tunnels between two addresses apart.
void setTunnel(TunnelKind kind, quint32 number, Segment &segment)
{
    const auto &ends = std::minmax(segment.source.address, segment.destination.address);
    size_t hash = qHashMulti(segment.tunnel, number, kind);
    hash = qHashBits(ends.first.data(), ends.first.size(), hash);
    hash = qHashBits(ends.second.data(), ends.second.size(), hash);
    segment.tunnel = quint32(hash ^ hash >> 32) << kindBits | kind;
}

/// The text of this IP header becomes that of an outer one.
QByteArray &moveOut(Segment &segment, AddressLine::Ports ports)
{
    SegmentOddities &oddity = segment.oddity();
    std::string line;
    AddressLine::append(segment, ports, line);
    oddity.beforeIp += QByteArrayView(line);
    oddity.beforeAddresses.clear();
    oddity.beforePorts.clear();
    return oddity.beforeIp;
}

Decoded enterIp(Network inner, Network &network, Segment &segment)
{
    const bool isSixInFour = inner == Network::Ip6 && segment.source.version == 4;
    moveOut(segment, AddressLine::Ports::Without);
    setTunnel(isSixInFour ? SixInFourTunnel : IpInIpTunnel, 0, segment);
    network = inner;
    return Decoded::Segment;
}

Decoded skipGrePayload(quint16 etherType, PacketBytes &bytes, Network &network, Segment &segment)
{
    switch (etherType) {
    case 0x0800:
        network = Network::Ip4;
        return Decoded::Segment;
    case 0x86dd:
        network = Network::Ip6;
        return Decoded::Segment;
    case 0x8847:
        return MplsHeader::skip(bytes, network, segment);
    case 0x6558:
        return EthernetHeader::skip(bytes, network, segment);
    case 0x22eb: // ERSPAN
    case 0x88be:
    case 0x880b: // PPP
    case 0x883e: // WCCP
        return Decoded::Encapsulated;
    default:
        return Decoded::NotTcp;
    }
}

Decoded enterGre(PacketBytes &bytes, Network &network, Segment &segment)
{
    enum Flag : quint16 { Checksum = 0x8000, Routing = 0x4000, Key = 0x2000, Sequence = 0x1000, Version = 0x0007 };
    if (!bytes.has(4))
        return Decoded::Cut;
    const quint32 length = bytes.length;
    const quint16 flags = bytes.u16(0);
    const quint16 etherType = bytes.u16(2);
    if ((flags & (Version | Routing)) != 0) // of PPTP, and what RFC 2784 removed
        return Decoded::Encapsulated;
    bytes.skip(4);
    quint32 key = 0;
    QByteArray &text = moveOut(segment, AddressLine::Ports::Without);
    text += "GREv0";
    for (const Flag flag : {Checksum, Key, Sequence}) {
        if ((flags & flag) == 0)
            continue;
        if (!bytes.has(4))
            return Decoded::Cut;
        if (flag == Checksum)
            text += ", off 0x" + QByteArray::number(bytes.u16(2), 16);
        else if (flag == Key)
            text += ", key=0x" + QByteArray::number(key = bytes.u32(0), 16);
        else
            text += ", seq " + QByteArray::number(bytes.u32(0));
        bytes.skip(4);
    }
    text += ", length " + QByteArray::number(length) + ": ";
    setTunnel(GreTunnel, key, segment);
    return skipGrePayload(etherType, bytes, network, segment);
}

Decoded enterVxlan(PacketBytes &bytes, Network &network, Segment &segment)
{
    constexpr quint32 vxlanBytes = 8;
    if (!bytes.has(udpBytes + vxlanBytes))
        return Decoded::Cut;
    const quint32 length = bytes.u16(4);
    if (length < udpBytes + vxlanBytes || bytes.length < udpBytes + vxlanBytes)
        return Decoded::Malformed;
    segment.source.port = bytes.u16(0);
    segment.destination.port = bytes.u16(2);
    bytes.skip(udpBytes);
    bytes.length = std::min(bytes.length, length - udpBytes);
    const quint8 flags = bytes.u8(0);
    const quint32 network24 = bytes.u32(4) >> 8;
    bytes.skip(vxlanBytes);
    moveOut(segment, AddressLine::Ports::With) +=
        QByteArray("VXLAN, flags [") + ((flags & 0x08) != 0 ? "I" : "invalid") + "] (0x" +
        QByteArray::number(flags, 16).rightJustified(2, '0') + "), vni " + QByteArray::number(network24) + '\n';
    setTunnel(VxlanTunnel, network24, segment);
    return EthernetHeader::skip(bytes, network, segment);
}

/// What UDP's payload is, by its port and its beginning: an encapsulation that carries IP, or something else.
Decoded encapsulationOf(quint16 port, const PacketBytes &payload)
{
    if (!payload.has(8))
        return Decoded::NotTcp;
    const auto decoded = [](bool isFound, Decoded found = Decoded::Encapsulated) {
        return isFound ? found : Decoded::NotTcp;
    };
    switch (port) {
    case 1701: // L2TP's data
        return decoded((payload.u16(0) & 0x800f) == 0x0002);
    case 2152: // GTP-U
        return decoded(payload.u8(0) >> 4 == 3 && payload.u8(1) == 0xff);
    case 3544: // Teredo
        return decoded(payload.u8(0) >> 4 == 6);
    case 4500: // ESP
        return decoded(payload.u32(0) != 0, Decoded::Encrypted);
    case 4790: // VXLAN-GPE
        return decoded(payload.u8(0) >> 4 == 0 && payload.u8(3) >= 1 && payload.u8(3) <= 4);
    case 6081: // Geneve
        return decoded(payload.u8(0) >> 6 == 0 &&
                       (payload.u16(2) == 0x6558 || payload.u16(2) == 0x0800 || payload.u16(2) == 0x86dd));
    case 8472: // VXLAN, before it had a port
        return decoded(payload.u32(0) == 0x08000000);
    case 51820: // WireGuard's data
        return decoded(payload.u32(0) == 0x04000000, Decoded::Encrypted);
    default:
        return Decoded::NotTcp;
    }
}

Decoded enterUdp(PacketBytes &bytes, Network &network, Segment &segment)
{
    if (!bytes.has(udpBytes))
        return Decoded::NotTcp;
    if (bytes.u16(0) == vxlanPort || bytes.u16(2) == vxlanPort)
        return enterVxlan(bytes, network, segment);
    PacketBytes payload = bytes;
    payload.skip(udpBytes);
    return encapsulationOf(bytes.u16(2), payload);
}

} // namespace

Decoded Tunnel::enter(quint8 protocol, PacketBytes &bytes, Network &network, Segment &segment)
{
    switch (protocol) {
    case ExtensionHeader::Ip4:
        return enterIp(Network::Ip4, network, segment);
    case ExtensionHeader::Ip6:
        return enterIp(Network::Ip6, network, segment);
    case ExtensionHeader::Gre:
        return enterGre(bytes, network, segment);
    case ExtensionHeader::Udp:
        return enterUdp(bytes, network, segment);
    case ExtensionHeader::EncryptedPayload:
        return Decoded::Encrypted;
    case ExtensionHeader::EtherIp:
    case ExtensionHeader::Compression:
    case ExtensionHeader::L2tp:
    case ExtensionHeader::MplsInIp:
        return Decoded::Encapsulated;
    default:
        return Decoded::NotTcp;
    }
}

QLatin1StringView Tunnel::name(quint32 tunnel)
{
    constexpr std::array names{""_L1, "GRE"_L1, "IP-in-IP"_L1, "6in4"_L1, "VXLAN"_L1};
    const quint32 kind = tunnel & ((1U << kindBits) - 1);
    return kind < names.size() ? names[kind] : QLatin1StringView();
}
