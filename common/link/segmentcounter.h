// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "linkrule.h"
#include "packets/segment.h"

#include <QHash>
#include <QVarLengthArray>

#include <deque>

/// Names the segments that pass a link, in the order in which their senders send them. A segment is new if it carries a
/// byte or a flag that none carried before; otherwise it is a further copy. A segment can have several names (data and
/// FIN), or none (it repeats bytes, but not the first ones of any segment). Numbers begin again with each connection.
/// Pure; used by one thread.
class SegmentCounter
{
public:
    static constexpr size_t maxConnections = 20'000; ///< the oldest ones are forgotten
    static constexpr size_t maxStarts = 100'000;     ///< data segments of one end; the oldest copies have no name

    struct Counted {
        quint32 connection = 0; ///< from 1; 0: none, of an ICMP error
        QVarLengthArray<SegmentName, 2> names;

        bool has(const SegmentName &name) const { return names.contains(name); }
        bool has(SegmentKind kind) const;
    };

    Counted count(Side from, const Segment &segment);

private:
    /// The bytes of a data segment that were new, by the position of the first one.
    struct Start {
        qint64 position;
        quint32 copies;
    };
    /// What one end of a connection has sent. Position 0 is its SYN, or the first number that was seen.
    struct Sent {
        bool hasOrigin = false;
        quint32 origin = 0; ///< the sequence number of position 0
        qint64 end = 0;     ///< the position after everything sent
        std::deque<Start> starts;
        quint32 forgotten = 0; ///< starts before these
        std::array<quint32, segmentKindWords.size()> copies{};

        qint64 position(quint32 sequence) const;
    };
    struct Connection {
        quint32 number;
        std::array<Sent, 2> sent;
    };
    using Key = std::pair<SocketAddress, SocketAddress>; ///< client, server

    Connection &connectionOf(Side from, const Segment &segment);
    static void countData(Sent &sent, const Segment &segment, Counted &counted);

    QHash<Key, Connection> m_connections;
    std::deque<Key> m_order; ///< of their first segments
    quint32 m_count = 0;
};
