// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkheader.h"

using LinkHeader::Network;

namespace {

// Some DLT numbers differ between systems. Files contain the LINKTYPE; libpcap turns it into the DLT of this system.
enum LinkType {
    Null = 0,
    Ethernet = 1,
    RawBsd = 12,
    RawOpenBsd = 14,
    Raw = 101,
    Loop = 108,
    Cooked = 113,
    Ip4Only = 228,
    Ip6Only = 229,
    Cooked2 = 276,
};

Network networkOf(quint16 etherType)
{
    switch (etherType) {
    case 0x0800:
        return Network::Ip4;
    case 0x86dd:
        return Network::Ip6;
    default:
        return Network::None;
    }
}

bool isVlanTag(quint16 etherType)
{
    return etherType == 0x8100 || etherType == 0x88a8 || etherType == 0x9100 || etherType == 0x9200;
}

/// After a header that ends with etherType: any number of VLAN tags, then IP.
Decoded skipTags(quint16 etherType, PacketBytes &bytes, Network &network)
{
    while (isVlanTag(etherType)) {
        if (!bytes.has(4))
            return Decoded::Cut;
        etherType = bytes.u16(2);
        bytes.skip(4);
    }
    network = networkOf(etherType);
    return network == Network::None ? Decoded::NotTcp : Decoded::Segment;
}

Decoded skipTyped(quint32 headerBytes, quint32 typeAt, PacketBytes &bytes, Network &network)
{
    if (!bytes.has(headerBytes))
        return Decoded::Cut;
    const quint16 etherType = bytes.u16(typeAt);
    bytes.skip(headerBytes);
    return skipTags(etherType, bytes, network);
}

/// The address family, with the number and in the byte order of the system that captured: AF_INET is 2 everywhere,
/// AF_INET6 is 10 (Linux), 24 (NetBSD, OpenBSD), 28 (FreeBSD) or 30 (Darwin).
Decoded skipFamily(PacketBytes &bytes, Network &network)
{
    if (!bytes.has(4))
        return Decoded::Cut;
    quint32 family = bytes.u32(0);
    if (family > 0xffff)
        family = qbswap(family);
    bytes.skip(4);
    switch (family) {
    case 2:
        network = Network::Ip4;
        return Decoded::Segment;
    case 10:
    case 24:
    case 28:
    case 30:
        network = Network::Ip6;
        return Decoded::Segment;
    default:
        return Decoded::NotTcp;
    }
}

} // namespace

bool LinkHeader::knows(int linkType)
{
    for (const int known : {Null, Ethernet, RawBsd, RawOpenBsd, Raw, Loop, Cooked, Ip4Only, Ip6Only, Cooked2}) {
        if (linkType == known)
            return true;
    }
    return false;
}

Decoded LinkHeader::skip(int linkType, PacketBytes &bytes, Network &network)
{
    switch (linkType) {
    case Ethernet:
        return skipTyped(14, 12, bytes, network);
    case Cooked:
        return skipTyped(16, 14, bytes, network);
    case Cooked2:
        return skipTyped(20, 0, bytes, network);
    case Null:
    case Loop:
        return skipFamily(bytes, network);
    case RawBsd:
    case RawOpenBsd:
    case Raw:
    case Ip4Only:
    case Ip6Only:
        network = Network::Ip4Or6;
        return Decoded::Segment;
    default:
        return Decoded::NotTcp;
    }
}
