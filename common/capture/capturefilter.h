// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

/// The filter of a live capture, as libpcap's language has it (pcap-filter(7)). Pure.
namespace CaptureFilter {

/// Takes the segments from or to a port, and the ICMP and ICMPv6 errors about them. Extension headers of IPv6 are not
/// looked through, neither in the packet nor in what it quotes.
QByteArray ofPort(quint16 port);

} // namespace CaptureFilter
