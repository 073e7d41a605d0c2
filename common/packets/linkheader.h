// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "packetbytes.h"

/// The link header in front of IP. Pure.
namespace LinkHeader {

/// The IP version that follows, according to the link header.
enum class Network { None, Ip4, Ip6, Ip4Or6 };

bool knows(int linkType);

/// Skips the header. On Decoded::Segment, network says what follows. Otherwise the result for decode().
Decoded skip(int linkType, PacketBytes &bytes, Network &network);

} // namespace LinkHeader
