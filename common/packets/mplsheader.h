// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "packetbytes.h"
#include "segment.h"

/// MPLS labels in front of IP (RFC 3032). Pure.
namespace MplsHeader {

/// Skips the labels, and appends what tcpdump prints of them. On Decoded::Segment, network says what follows. Nothing
/// names the protocol that follows, so this is a guess from its first byte, as tcpdump's.
Decoded skip(PacketBytes &bytes, Network &network, Segment &segment);

} // namespace MplsHeader
