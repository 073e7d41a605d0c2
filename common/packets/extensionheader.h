// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "packetbytes.h"

#include <QByteArray>

/// The headers between the IP header and TCP: the extension headers of IPv6 (RFC 8200) and the Authentication Header
/// (RFC 4302). Pure.
///
/// Each function skips one header, sets the protocol that follows, and appends what tcpdump prints of the header.
/// Returns Decoded::Segment if decoding can go on; otherwise the result for decode().
namespace ExtensionHeader {

/// IANA's protocol numbers.
enum Protocol : quint8 {
    HopByHop = 0,
    Icmp = 1,
    Ip4 = 4,
    Tcp = 6,
    Udp = 17,
    Ip6 = 41,
    Routing = 43,
    Fragment = 44,
    Gre = 47,
    EncryptedPayload = 50,
    Authentication = 51,
    Icmp6 = 58,
    Destination = 60,
    EtherIp = 97,
    Compression = 108,
    L2tp = 115,
    MplsInIp = 137,
};

/// The result for a fragment that is not the first one of its packet.
Decoded fragmentOf(quint8 protocol);

/// jumbo: set to the length in a Jumbo Payload option (RFC 2675) if the payload length of IPv6 is 0; otherwise
/// unchanged.
Decoded skipHopByHop(PacketBytes &bytes, quint8 &next, quint32 &jumbo, QByteArray &text);
Decoded skipDestination(PacketBytes &bytes, quint8 &next, QByteArray &text);
Decoded skipRouting(PacketBytes &bytes, quint8 &next, QByteArray &text);
/// leftByIp: the bytes after this header according to the payload length of IPv6.
Decoded skipFragment(PacketBytes &bytes, quint8 &next, quint64 leftByIp, QByteArray &text);
Decoded skipAuthentication(PacketBytes &bytes, quint8 &next, QByteArray &text);

} // namespace ExtensionHeader
