// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "packetbytes.h"
#include "segment.h"

/// The link header in front of IP. Pure.
namespace LinkHeader {

bool knows(int linkType);

/// Skips the header, and appends what tcpdump prints of it to segment. On Decoded::Segment, network says what follows.
/// Otherwise the result for decode().
Decoded skip(int linkType, PacketBytes &bytes, Network &network, Segment &segment);

} // namespace LinkHeader
