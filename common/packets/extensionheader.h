// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "packetbytes.h"

#include <QByteArray>

/// What may stand between an IP header and TCP: the extension headers of IPv6 (RFC 8200) and the Authentication Header
/// (RFC 4302). Pure.
///
/// Each function skips one header, says which protocol is next, and appends what tcpdump prints of it.
/// Decoded::Segment: go on; else what decode() answers.
namespace ExtensionHeader {

enum Protocol : quint8 { HopByHop = 0, Tcp = 6, Routing = 43, Fragment = 44, Authentication = 51, Destination = 60 };

/// jumbo is the payload's length of a Jumbo Payload option (RFC 2675), where IPv6's own is 0; else it stays as it is.
Decoded skipHopByHop(PacketBytes &bytes, quint8 &next, quint32 &jumbo, QByteArray &text);
Decoded skipDestination(PacketBytes &bytes, quint8 &next, QByteArray &text);
Decoded skipRouting(PacketBytes &bytes, quint8 &next, QByteArray &text);
/// leftByIp: how many bytes come after this header, as IPv6's own length tells it.
Decoded skipFragment(PacketBytes &bytes, quint8 &next, quint64 leftByIp, QByteArray &text);
Decoded skipAuthentication(PacketBytes &bytes, quint8 &next, QByteArray &text);

} // namespace ExtensionHeader
