// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "segment.h"

/// One packet as libpcap hands it out. A view.
struct CapturedPacket {
    const uchar *data = nullptr;
    quint32 captured = 0; ///< bytes at data
    quint32 length = 0;   ///< bytes that the packet had
    qint64 timeUs = 0;    ///< since 1970-01-01T00:00:00Z
    quint32 frame = 0;    ///< from 1
};

/// What a packet turned out to be.
enum class Decoded {
    Segment,
    NotTcp,
    Fragment,  ///< of a TCP segment, but not the first: without a TCP header
    Cut,       ///< the capture ends before the ports
    Malformed, ///< a header contradicts itself or the packet
};

/// From captured bytes to a Segment. Pure; any thread. Allocates only for oddities.
///
/// Link headers: Ethernet with 802.1Q and QinQ tags, Linux cooked v1 and v2, BSD loopback in either byte order, raw IP. IPv4 with options,
/// IPv6 with extension headers (RFC 8200), the Authentication Header (RFC 4302) in both. Packets that tcpdump does not take for TCP
/// segments are none here either.
namespace Decoder {

/// linkType: one of libpcap's DLT_ or LINKTYPE_ numbers.
bool knows(int linkType);

/// Fills segment if it returns Decoded::Segment; else what is in it means nothing.
Decoded decode(int linkType, const CapturedPacket &packet, Segment &segment);

} // namespace Decoder
