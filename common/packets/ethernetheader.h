// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "packetbytes.h"
#include "segment.h"

/// Ethernet and what shares its EtherTypes. Each function skips its headers, and appends what tcpdump prints of them.
/// On Decoded::Segment, network says what follows; otherwise the result for decode(). Pure.
namespace EthernetHeader {

/// Ethernet II, or IEEE 802.3 with LLC.
Decoded skip(PacketBytes &bytes, Network &network, Segment &segment);
/// After a header that ends with etherType: any number of VLAN tags, then IP, MPLS or PPPoE. A number up to 1500 is
/// the length of an LLC frame.
Decoded skipTyped(quint16 etherType, PacketBytes &bytes, Network &network, Segment &segment);
/// LLC (IEEE 802.2): IP itself, or SNAP (RFC 1042).
Decoded skipLlc(PacketBytes &bytes, Network &network, Segment &segment);

} // namespace EthernetHeader
