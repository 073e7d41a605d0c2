// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "packetbytes.h"
#include "segment.h"

/// The IP headers in front of TCP or of a tunnel's header. Pure.
namespace IpHeader {

/// Skip an IPv4 or IPv6 header and its extension headers, and fill in the addresses. On Decoded::Segment, bytes begins
/// with the header of protocol, its length is the one that IP gives, and padding has been removed. Otherwise the
/// result for decode().
Decoded skip4(PacketBytes &bytes, Segment &segment, quint8 &protocol);
Decoded skip6(PacketBytes &bytes, Segment &segment, quint8 &protocol);

} // namespace IpHeader
