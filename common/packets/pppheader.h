// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "packetbytes.h"
#include "segment.h"

/// PPP in front of IP. Each function skips its header, and appends what tcpdump prints of it. On Decoded::Segment,
/// network says what follows; otherwise the result for decode(). Pure.
namespace PppHeader {

/// RFC 1661, section 2, with or without the address and control fields, and with a protocol field of one or two bytes.
Decoded skip(PacketBytes &bytes, Network &network, Segment &segment);
/// RFC 1662, section 3.1, or Cisco's HDLC.
Decoded skipSerial(PacketBytes &bytes, Network &network, Segment &segment);
/// PPPoE (RFC 2516, section 4), then PPP.
Decoded skipOverEthernet(PacketBytes &bytes, Network &network, Segment &segment);

} // namespace PppHeader
