// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "segmentcounter.h"

#include <QByteArray>

/// A packet that one end has sent: a TCP segment, or an ICMP error about one. A plain value.
struct LinkPacket {
    Side from = Side::Client;
    Segment segment;
    SegmentCounter::Counted counted;
    quint32 bytes = 0;         ///< with the IP header
    quint32 corruptibleAt = 0; ///< the first byte that may be corrupted: of the payload, or else TCP's checksum
    quint32 corruptible = 0;   ///< how many bytes; 0: none

    /// Counts the segment. Nothing if the packet is of another kind, or damaged.
    static std::optional<LinkPacket> read(Side from, const QByteArray &packet, SegmentCounter &counter);
};
