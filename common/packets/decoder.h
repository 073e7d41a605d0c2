// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "segment.h"

/// Decodes captured bytes into a Segment. Pure; any thread. Allocates only for oddities.
///
/// Link headers: Ethernet and IEEE 802.3 with 802.1Q and QinQ tags, LLC and SNAP (RFC 1042), MPLS (RFC 3032) and
/// PPPoE (RFC 2516), PPP (RFC 1661, RFC 1662), IEEE 802.11 with and without radiotap, Linux cooked v1 and v2, NFLOG,
/// BSD loopback in either byte order, raw IP. Network headers: IPv4 with options, IPv6 with extension headers (RFC
/// 8200), the Authentication Header (RFC 4302) in both. Tunnels: see Tunnel. A packet that tcpdump does not show as a
/// TCP segment is not one here either, with two exceptions: if the length in an IP header is 0, as in packets that the
/// network card segments later, the packet is as long as the frame. And an ICMP error about a TCP segment travels with
/// the segments (Segment::icmp()).
namespace Decoder {

constexpr int maxTunnels = 8; ///< one inside the other

/// linkType: one of libpcap's DLT_ or LINKTYPE_ numbers.
bool knows(int linkType);

/// Fills segment if it returns Decoded::Segment; otherwise the contents of segment are undefined.
Decoded decode(int linkType, const CapturedPacket &packet, Segment &segment);

} // namespace Decoder
