// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"
#include "segmentoptions.h"
#include "sentstream.h"

#include <array>
#include <deque>
#include <optional>
#include <vector>

/// Finds the captured segments of a flow that did not arrive, and marks them with FlowSegment::Lost. A row is marked
/// only after it was sent again. A part of a Flow. A segment was lost if
///
/// - SACK blocks (RFC 2018) leave it out and contain something that was sent after it; or, without SACK, a duplicate
///   acknowledgement (RFC 5681, section 2) stops before it although data after it had been sent; or
/// - it or its copy was the next that was missing, the acknowledgement that covers it echoes the timestamp of the copy
///   (RFC 7323), and no duplicate is reported (D-SACK, RFC 2883), which the receiver would have done otherwise; or
/// - it is a SYN, and only the copy was answered; or
/// - an ICMP error said that it was too big, and the copies are smaller.
///
/// It was only late, and the mark goes again, if an acknowledgement that covers it echoes a timestamp from before the
/// copy (as in RFC 3522), if duplicates were reported that nothing else explains, or if it is acknowledged sooner after
/// its copy than the copy could be.
///
/// Any other segment that was sent again may have arrived. A segment that is marked may have arrived late if none of
/// these tells it: acknowledgements get lost, and receivers do not report each duplicate. It may have arrived and been
/// discarded, because of a wrong checksum or an old timestamp (PAWS; RFC 7323, section 5).
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
    using Timestamp = std::optional<quint32>;

    /// A range of positions, from ≤ p < to.
    struct Range {
        qint64 from = 0;
        qint64 to = 0;
        bool overlaps(const FlowSegment &segment) const { return from < segment.end() && to > segment.start(); }
    };
    /// What a duplicate acknowledgement without SACK says about missing data.
    struct Missing {
        qsizetype row = -1;
        qint64 from = 0;    ///< the first missing position
        qint64 sentEnd = 0; ///< the end of what had been sent by then
    };
    /// A row that was sent again.
    struct SentAgain {
        qsizetype row = 0;
        Timestamp timestamp;                       ///< its own
        Timestamp copied;                          ///< of the first copy
        qint64 copiedUs = 0;                       ///< when that left
        qint64 copiedFrom = 0;                     ///< where it begins
        int duplicates = 0;                        ///< how often the other end has reported that it came twice
        bool isCovered = false;                    ///< it was acknowledged
        TcpState receiverState = TcpState::Closed; ///< if it is marked: what it would be otherwise
    };
    struct End {
        bool allowsSack = false;
        qint64 synUs = -1;      ///< when its newest SYN was captured
        qint64 answerUs = -1;   ///< the shortest time from a segment to its acknowledgement, to the other end and back
        Missing missing;        ///< missing data of its stream, as the other end last reported it
        std::vector<Range> got; ///< what arrived after missing data, as SACK reports it: ascending, apart
        std::vector<SentAgain> sentAgain;
        std::deque<std::pair<qsizetype, quint32>> timestamps; ///< of rows that are not acknowledged
    };

    bool usesSack() const { return m_ends[0].allowsSack && m_ends[1].allowsSack; }
    bool isMissing(const FlowRows &rows, qsizetype row, const End &end, const SentStream &stream) const;
    void takeCopy(FlowRows &rows, const SegmentOptions &options, const SentStream &stream);
    void takeAck(FlowRows &rows, const SegmentOptions &options, const SentStream &acknowledged);
    void takeBlocks(FlowRows &rows, const SegmentOptions &options, const SentStream &acknowledged, End &end);
    void takeDuplicate(FlowRows &rows, const Range &duplicate, const SentStream &stream, End &end);
    void cover(FlowRows &rows, const SegmentOptions &options, const SentStream &stream, SentAgain &again);
    void lose(FlowRows &rows, SentAgain &again);
    void find(FlowRows &rows, const SentAgain &again);

    static Timestamp timestampOf(const End &end, qsizetype row);
    static void add(std::vector<Range> &ranges, Range range);
    static bool hasAll(const std::vector<Range> &ranges, const FlowSegment &segment);
    static SentAgain *entryOf(End &end, qsizetype row, const FlowSegment &copy, const SegmentOptions &options);

    std::array<End, 2> m_ends; ///< by Side
    qsizetype m_changedFrom = 0;
};
