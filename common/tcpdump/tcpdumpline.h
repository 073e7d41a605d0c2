// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/addresspair.h"

#include <QHash>

#include <string>

/// What tcpdump without -S subtracts from a segment's numbers before it prints them.
struct SequenceOrigin {
    quint32 sequence = 0;
    quint32 acknowledgement = 0;
    quint32 sack = 0; ///< from the edges of SACK blocks
};

/// Formats a segment as the line that tcpdump 4.99 prints for it. Pure.
namespace TcpdumpLine {

/// Appends the line without a newline: from the time of day in the local time zone, with microseconds, to "length N".
/// It omits what tcpdump decodes from the payload, and the interface and direction of Linux cooked captures. The
/// default origin is that of `tcpdump -S -n`. A segment inside VXLAN has two lines, with a newline between them.
void append(const Segment &segment, const SequenceOrigin &origin, std::string &to);

} // namespace TcpdumpLine

/// The origins of `tcpdump -n`. It sets the origins of a connection at the first segment with ACK that it sees, in
/// either direction, and again at each SYN-ACK. The segment that sets them keeps its own numbers, and so do all
/// segments without ACK. Any one thread.
class RelativeNumbers
{
public:
    /// Call this for the segments of a capture in their order, once for each.
    SequenceOrigin originOf(const Segment &segment);

private:
    struct Numbers {
        quint32 lower = 0; ///< of the lower end's stream
        quint32 higher = 0;
    };

    QHash<AddressPair, Numbers> m_numbers;
};
