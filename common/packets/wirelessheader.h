// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "packetbytes.h"
#include "segment.h"

/// IEEE 802.11 in front of IP. Each function skips its headers. On Decoded::Segment, network says what follows;
/// otherwise the result for decode(). Pure.
namespace WirelessHeader {

/// A data frame with LLC.
Decoded skip(PacketBytes &bytes, Network &network, Segment &segment);
/// A radiotap header, then such a frame. Appends what tcpdump prints of the radiotap fields.
Decoded skipRadiotap(PacketBytes &bytes, Network &network, Segment &segment);

} // namespace WirelessHeader
