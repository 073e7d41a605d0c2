// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/segment.h"
#include "packets/tcpstate.h"

#include <set>

/// An end of a SimulatedTcp. Positions are those of FlowSegment.
struct SimulatedEnd {
    TcpState state = TcpState::Closed;
    quint32 isn = 0;
    qint64 length = 0;        ///< of its stream
    bool closesLast = false;  ///< waits for the FIN of the other end
    qint64 acknowledged = -1; ///< first position that the other end has not acknowledged
    qint64 next = -1;         ///< to send
    qint64 expected = -1;     ///< from the other end
    std::set<qint64> early;   ///< received after a gap
    int timerAt = 0;
    bool wasReset = false; ///< by itself or by a RST

    bool isGone() const
    {
        return state == TcpState::Closed || state == TcpState::TimeWait || (state == TcpState::Listen && wasReset);
    }
    bool isSynchronized() const { return state >= TcpState::Established; }
    /// The position that a segment of the other end acknowledges.
    qint64 acknowledgedBy(const Segment &segment) const
    {
        return acknowledged + qint32(segment.acknowledgement - quint32(isn + 1 + acknowledged));
    }
};

/// A segment on its way between two simulated ends.
struct SimulatedSegment {
    Segment segment;
    size_t from = 0;
    qint64 start = 0; ///< position of the first thing that it carries
    TcpState state = TcpState::Closed;
};
