// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "packetbytes.h"
#include "segment.h"

/// ICMP and ICMPv6 errors about TCP segments (RFC 792, RFC 4443). Pure.
namespace IcmpHeader {

/// Whether the protocol is ICMP over IPv4 or ICMPv6 over IPv6.
bool isIcmp(quint8 protocol, quint8 ipVersion);

/// segment has the addresses of the IP header in front of bytes, and gets those of the segment that the error is about,
/// in the direction to the sender of that segment. On Decoded::Segment, SegmentOddities::icmp is set. Decoded::NotTcp
/// if the message is no such error.
Decoded decode(PacketBytes bytes, Segment &segment);

} // namespace IcmpHeader
