// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/segment.h"
#include "steps/step.h"

#include <limits>
#include <vector>

/// The way of one segment from one end to the other, as two captures show it, or as an emulated link reports it. Times
/// are on the clock of the first capture, in microseconds since 1970. A plain value.
struct Transit {
    enum class Fate : quint8 {
        Arrived,     ///< where it was captured; TCP may have discarded it (a wrong checksum, an old timestamp)
        Lost,        ///< both captures were running, neither dropped packets, and only that of the sender has it
        NotCaptured, ///< only one capture has it, and the other one may have missed it
        OnItsWay,    ///< the link has it, and may still lose it
        Held,        ///< likewise, and it waits there for a hand
    };
    static constexpr qint64 unknown = std::numeric_limits<qint64>::min();
    static constexpr quint32 noLine = std::numeric_limits<quint32>::max();

    qint64 departureUs = unknown;   ///< captured at the sender
    qint64 arrivalUs = unknown;     ///< captured at the receiver; not before departureUs
    quint32 departureLine = noLine; ///< an index of Transits::lines
    quint32 arrivalLine = noLine;
    Fate fate = Fate::NotCaptured;
    bool isDuplicate = false; ///< the network delivered the segment more than once; this is a further copy
    bool isCorrupted = false; ///< the link changed it on its way, so that its receiver discards it

    bool hasDeparted() const { return departureLine != noLine; }
    bool hasArrived() const { return arrivalLine != noLine; }
    quint32 firstLine() const { return hasDeparted() ? departureLine : arrivalLine; }
};

/// What two captures, one at each end of a connection, show together: when each row of a Flow left and arrived. A plain
/// value, shared by the copies of its flow.
struct Transits {
    /// A segment as one of the captures has it. An offloading network device merges several into one (TSO, GRO), so
    /// that several rows of the flow can share a line.
    struct Line {
        quint32 row = 0;        ///< the first row of the flow that it shows
        quint32 captureRow = 0; ///< its row in the flow of its own capture
        quint8 capture = 0;     ///< 0: the first file, 1: the second one; of a link: the end, as a Side
    };

    std::vector<Transit> rows;             ///< by row of the flow
    std::vector<Line> lines;               ///< of both captures, in the order of their times
    std::vector<quint32> arrivals;         ///< the rows that have arrived, in the order of their arrival
    std::array<quint8, 2> captureAt{0, 1}; ///< by Side: the capture that was made at this end
    bool isEndAssumed = false;             ///< nothing shows which capture belongs to which end
    /// By Side: its address as the other end sees it, if a translator in between changes it (RFC 3022). Port 0: it does
    /// not.
    std::array<SocketAddress, 2> seenAs{};

    void swapEnds()
    {
        std::swap(captureAt[0], captureAt[1]);
        std::swap(seenAs[0], seenAs[1]);
    }
};
