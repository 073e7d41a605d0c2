// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/segment.h"

#include <unordered_map>

/// What tcpdump without -S subtracts from a segment's numbers before it prints them.
struct SequenceOrigin {
    quint32 sequence = 0;
    quint32 acknowledgement = 0;
    quint32 sack = 0; ///< from the edges of SACK blocks
};

/// A segment as the line that tcpdump 4.99 prints for it. Pure.
namespace TcpdumpLine {

/// Appends the line, without a newline: from the time of day in the local zone with microseconds, to "length N". What tcpdump decodes of the
/// payload, and the interface and direction of Linux cooked captures, are left out. The default origin is that of `tcpdump -S -n`.
void append(const Segment &segment, const SequenceOrigin &origin, QByteArray &to);

} // namespace TcpdumpLine

/// The origins of `tcpdump -n`. It takes those of a connection from the first segment with ACK that it sees of it, in either direction, and
/// anew from each SYN-ACK; the segment that sets them keeps its own numbers, and so does all that has no ACK. Any one thread.
class RelativeNumbers
{
public:
    /// For the segments of a capture in its order, each once.
    SequenceOrigin originOf(const Segment &segment);

private:
    /// Both directions of a connection have one key; its lower end is that of the lower port (or address).
    struct Key {
        SocketAddress lower;
        SocketAddress higher;
        bool operator==(const Key &) const = default;
    };
    struct Hash {
        size_t operator()(const Key &key) const noexcept;
    };
    struct Numbers {
        quint32 lower = 0; ///< of the lower end's stream
        quint32 higher = 0;
    };

    std::unordered_map<Key, Numbers, Hash> m_numbers;
};
