// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"
#include "segmentoptions.h"
#include "sentstream.h"

#include <array>
#include <vector>

/// Finds the captured segments of a flow that did not arrive, and marks them with FlowSegment::Lost. A row is marked
/// only after it was sent again. A part of a Flow. A segment was lost if
///
/// - a later acknowledgement stopped before it although data after it had arrived: a duplicate acknowledgement (RFC
///   5681, section 2), or one whose SACK blocks (RFC 2018) leave it out; or
/// - the acknowledgement that covers it echoes the timestamp of the copy (RFC 7323), and does not report a duplicate
///   (D-SACK, RFC 2883), which the receiver would have done otherwise; or
/// - it is a SYN, and only the copy was answered; or
/// - an ICMP error said that it was too big, and the copies are smaller.
///
/// Any other segment that was sent again may have arrived.
class LossInference
{
public:
    /// Takes the newest of the rows, which has these options. The streams contain it already. Returns the first row
    /// that changed.
    qsizetype append(FlowRows &rows, const SegmentOptions &options, const std::array<SentStream, 2> &streams);
    void swapEnds() { std::swap(m_ends[0], m_ends[1]); }

    /// A lost segment did not change its receiver's state. Sets the state of that row again, after the row before it.
    static void leaveReceiver(FlowRows &rows, qsizetype row);

private:
    /// A range of positions, from ≤ p < to.
    struct Range {
        qint64 from = 0;
        qint64 to = 0;
    };
    /// What an acknowledgement says about missing data.
    struct Missing {
        qsizetype row = -1;
        qint64 from = 0;        ///< the first missing position
        std::vector<Range> got; ///< what arrived after it; only with SACK
        qint64 sentEnd = 0;     ///< the end of what had been sent by then
    };
    /// A row that was sent again and is not yet acknowledged.
    struct SentAgain {
        qsizetype row = 0;
        quint32 timestamp = 0; ///< the timestamp of the copy
        bool hasTimestamp = false;
    };
    struct End {
        bool allowsSack = false;
        Missing missing; ///< missing data of its stream, as the other end last reported it
        std::vector<SentAgain> sentAgain;
    };
    static bool isMissing(const Missing &missing, const FlowSegment &segment, qsizetype row);
    void takeCopy(FlowRows &rows, const SegmentOptions &options, const SentStream &stream);
    void takeAck(FlowRows &rows, const SegmentOptions &options, const SentStream &acknowledged);
    void lose(FlowRows &rows, qsizetype row);

    std::array<End, 2> m_ends; ///< by Side
    qsizetype m_changedFrom = 0;
};
