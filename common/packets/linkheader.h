// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "packetbytes.h"

/// The header of the link, before IP. Pure.
namespace LinkHeader {

/// Which IP comes next, as the link tells it.
enum class Network { None, Ip4, Ip6, Ip4Or6 };

bool knows(int linkType);

/// Skips the header. Decoded::Segment: go on with network; else what decode() answers.
Decoded skip(int linkType, PacketBytes &bytes, Network &network);

} // namespace LinkHeader
