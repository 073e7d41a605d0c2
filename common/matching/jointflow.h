// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "clockoffset.h"
#include "pairedflow.h"

/// What is the same for all connections of two captures.
struct JointTimes {
    ClockOffset offset;
    /// By capture, on the clock of the first one: when it was running, from its first packet to its last.
    std::array<qint64, 2> firstUs{};
    std::array<qint64, 2> lastUs{};
    std::array<bool, 2> hasDrops{};
    /// By capture: it has received segments as one that were sent as several (GRO). It may then lack pure ACKs.
    std::array<bool, 2> mergesSegments{};

    /// A time of a capture, on the clock of the first one.
    qint64 timeUs(size_t capture, qint64 us) const { return capture == 1 ? us - offset.us : us; }
};

/// Puts a segment of a capture on the clock of the first one, and names the file with its payload.
void translate(Segment &segment, size_t capture, const JointTimes &times);

/// Makes one flow of a connection that is in both captures: one row for each segment on the wire, in the order of
/// departure, with its Transit. captureAtClient: nothing if that is assumed to be the first. A row whose departure was
/// not captured stands at its arrival. No segment arrives before it departs: where clocks drift, it arrives at its
/// departure.
Flow jointFlow(PairedFlow paired, const PairedFlow::Captures &captures, std::optional<size_t> captureAtClient,
               const JointTimes &times);
