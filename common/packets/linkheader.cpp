// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkheader.h"

#include "ethernetheader.h"
#include "nflogheader.h"
#include "pppheader.h"
#include "wirelessheader.h"

namespace {

// Some DLT numbers differ between systems. Files contain the LINKTYPE; libpcap turns it into the DLT of this system.
enum LinkType {
    Null = 0,
    Ethernet = 1,
    Ppp = 9,
    RawBsd = 12,
    RawOpenBsd = 14,
    PppSerial = 50,
    PppEthernet = 51,
    Raw = 101,
    Wireless = 105,
    Loop = 108,
    Cooked = 113,
    Radiotap = 127,
    PppDirection = 166,
    Ip4Only = 228,
    Ip6Only = 229,
    Nflog = 239,
    Cooked2 = 276,
};

/// A header that contains an EtherType, or Linux's number for a frame with LLC.
Decoded skipCooked(quint32 headerBytes, quint32 typeAt, PacketBytes &bytes, Network &network, Segment &segment)
{
    constexpr quint16 llcFrame = 4;
    if (!bytes.has(headerBytes))
        return Decoded::Cut;
    const quint16 etherType = bytes.u16(typeAt);
    bytes.skip(headerBytes);
    if (etherType == llcFrame)
        return EthernetHeader::skipLlc(bytes, network, segment);
    return etherType < llcFrame ? Decoded::NotTcp : EthernetHeader::skipTyped(etherType, bytes, network, segment);
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
    for (const int known : {Null, Ethernet, Ppp, RawBsd, RawOpenBsd, PppSerial, PppEthernet, Raw, Wireless, Loop,
                            Cooked, Radiotap, PppDirection, Ip4Only, Ip6Only, Nflog, Cooked2}) {
        if (linkType == known)
            return true;
    }
    return false;
}

Decoded LinkHeader::skip(int linkType, PacketBytes &bytes, Network &network, Segment &segment)
{
    switch (linkType) {
    case Ethernet:
        return EthernetHeader::skip(bytes, network, segment);
    case Cooked:
        return skipCooked(16, 14, bytes, network, segment);
    case Cooked2:
        return skipCooked(20, 0, bytes, network, segment);
    case Null:
    case Loop:
        return skipFamily(bytes, network);
    case Ppp:
    case PppDirection:
        return PppHeader::skip(bytes, network, segment);
    case PppSerial:
        return PppHeader::skipSerial(bytes, network, segment);
    case PppEthernet:
        return PppHeader::skipOverEthernet(bytes, network, segment);
    case Wireless:
        return WirelessHeader::skip(bytes, network, segment);
    case Radiotap:
        return WirelessHeader::skipRadiotap(bytes, network, segment);
    case Nflog:
        return NflogHeader::skip(bytes, network);
    case RawBsd:
    case RawOpenBsd:
    case Raw:
    case Ip4Only:
    case Ip6Only:
        network = Network::Ip4Or6;
        return Decoded::Segment;
    default:
        return Decoded::UnknownLink;
    }
}
