// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "packetbytes.h"
#include "segment.h"

#include <QLatin1StringView>

/// Tunnels that carry IP in IP: GRE (RFC 2784, RFC 2890) with IP, MPLS or Ethernet in it, IP-in-IP (RFC 2003, RFC
/// 2473), 6in4 (RFC 4213), VXLAN (RFC 7348). Pure.
///
/// A tunnel is named by a number, Segment::tunnel, that is the same for both directions. It stands for the kind, the
/// two outer addresses, the key of GRE or the network of VXLAN, and the tunnel outside this one.
namespace Tunnel {

/// Skips the header of a tunnel behind an IP header. segment has the addresses of the IP header; its text moves to
/// SegmentOddities::beforeIp. On Decoded::Segment, network says what follows, and Segment::tunnel is set. Otherwise
/// the result for decode(): Decoded::NotTcp if protocol is not that of a tunnel.
Decoded enter(quint8 protocol, PacketBytes &bytes, Network &network, Segment &segment);

QLatin1StringView name(quint32 tunnel); ///< of the innermost: "GRE", "IP-in-IP", "6in4", "VXLAN"; empty for 0

} // namespace Tunnel
