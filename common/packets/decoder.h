// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "segment.h"

/// Decodes captured bytes into a Segment. Pure; any thread. Allocates only for oddities.
///
/// Link headers: Ethernet with 802.1Q and QinQ tags, Linux cooked v1 and v2, BSD loopback in either byte order, raw
/// IP. Network headers: IPv4 with options, IPv6 with extension headers (RFC 8200), the Authentication Header (RFC
/// 4302) in both. A packet that tcpdump does not show as a TCP segment is not one here either.
namespace Decoder {

/// linkType: one of libpcap's DLT_ or LINKTYPE_ numbers.
bool knows(int linkType);

/// Fills segment if it returns Decoded::Segment; otherwise the contents of segment are undefined.
Decoded decode(int linkType, const CapturedPacket &packet, Segment &segment);

} // namespace Decoder
