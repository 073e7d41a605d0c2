// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "segment.h"

/// From captured bytes to a Segment. Pure; any thread. Allocates only for oddities.
///
/// Link headers: Ethernet with 802.1Q and QinQ tags, Linux cooked v1 and v2, BSD loopback in either byte order, raw IP.
/// IPv4 with options, IPv6 with extension headers (RFC 8200), the Authentication Header (RFC 4302) in both. Packets
/// that tcpdump does not take for TCP segments are none here either.
namespace Decoder {

/// linkType: one of libpcap's DLT_ or LINKTYPE_ numbers.
bool knows(int linkType);

/// Fills segment if it returns Decoded::Segment; else what is in it means nothing.
Decoded decode(int linkType, const CapturedPacket &packet, Segment &segment);

} // namespace Decoder
