// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowpairs.h"
#include "segmentpairs.h"

#include <optional>

/// A connection that is in both captures, and which of its segments are. Pure; any thread.
class PairedFlow
{
public:
    using Captures = std::array<const EndCapture *, 2>;

    PairedFlow(const Captures &captures, const FlowPair &pair);

    const FlowPair &pair() const { return m_pair; }
    /// By Side of the first capture's flow, which sent them. SegmentPart::rows are rows of the flows.
    const std::vector<SegmentPart> &parts(Side sender) const { return m_parts[size_t(sender)]; }
    const std::vector<ClockDifference> &differences(Side sender) const { return m_differences[size_t(sender)]; }
    std::vector<SegmentPart> takeParts(Side sender) { return std::move(m_parts[size_t(sender)]); }

    /// The Side of the second capture's flow that this one of the first capture's flow is.
    Side sideIn(size_t capture, Side side) const { return capture == 1 && m_pair.isSwapped ? otherEnd(side) : side; }
    const Flow &flow(size_t capture) const { return m_captures[capture]->flows().at(m_pair.flows[capture]); }
    /// A row in the terms of the first capture: positions, and an index of parts().
    qint64 startOf(size_t capture, const FlowSegment &segment) const;

    /// The capture at the client's end. By time to live (each router takes one from it; RFC 791, section 3.2),
    /// otherwise by delays: at its receiver a segment is captured later, so the capture at the client's end has the
    /// larger gap from a SYN to its SYN-ACK, or from any segment of the client to any of the server. Nothing: neither
    /// tells.
    std::optional<size_t> captureAtClient() const;
    /// Whether both captures have all segments at the same time, on clocks that may differ, and with the same time to
    /// live: they were made at the same place.
    bool isOfSamePlace() const;

private:
    std::vector<ComparedSegment> compared(size_t capture, Side sender, std::vector<qsizetype> &rows) const;
    ComparedSegment compared(size_t capture, qsizetype row) const;
    int nearerByTimeToLive() const;
    std::optional<qint64> roundTripUs() const;

    Captures m_captures;
    FlowPair m_pair;
    std::array<std::vector<SegmentPart>, 2> m_parts;
    std::array<std::vector<ClockDifference>, 2> m_differences;
};
