// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedpacket.h"
#include "packetbytes.h"

/// Linux's netfilter log (LINKTYPE_NFLOG) in front of IP. Pure.
namespace NflogHeader {

/// Skips the header. On Decoded::Segment, network says what follows. The numbers are in the byte order of the machine
/// that captured, which the header itself shows.
Decoded skip(PacketBytes &bytes, Network &network);

} // namespace NflogHeader
