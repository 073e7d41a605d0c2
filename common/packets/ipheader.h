// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "packetbytes.h"
#include "segment.h"

/// The headers of IP, before TCP. Pure.
namespace IpHeader {

/// Skip an IPv4 or IPv6 header and what stands between it and TCP, and fill in the addresses. Decoded::Segment: bytes
/// begins with the TCP header, its length is what IP leaves to TCP, and padding is cut off; else what decode() answers.
Decoded skip4(PacketBytes &bytes, Segment &segment);
Decoded skip6(PacketBytes &bytes, Segment &segment);

} // namespace IpHeader
