// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"
#include "sentstream.h"

#include <array>
#include <vector>

/// Which segments of a flow did not arrive though they were captured: FlowSegment::Lost, which a row gets only once it was sent again.
/// A part of a Flow. A segment was lost if
///
/// - a later acknowledgement stopped before it, though what stood behind it had come: a duplicate one (RFC 5681, section 2), or one
///   whose SACK blocks (RFC 2018) leave it out; or
/// - the acknowledgement that covers it echoes the timestamp of the copy (RFC 7323), and reports no duplicate (D-SACK, RFC 2883),
///   which the receiver would have done; or
/// - it is a SYN, and only the copy was answered.
///
/// Whatever else was sent again may have arrived.
class LossInference
{
public:
    /// Takes in the newest of the rows, of that segment; the streams have taken it in already. Returns the first row that changed.
    qsizetype append(FlowRows &rows, const Segment &segment, const std::array<SentStream, 2> &streams);

private:
    /// A range of positions, from ≤ p < to.
    struct Range {
        qint64 from = 0;
        qint64 to = 0;
    };
    /// What an acknowledgement told of what is missing.
    struct Missing {
        qsizetype row = -1;
        qint64 from = 0;        ///< the first position that is missing
        std::vector<Range> got; ///< what came behind it; with SACK only
        qint64 sentEnd = 0;     ///< what had been sent until then
    };
    /// A row that was sent again, and is not acknowledged.
    struct SentAgain {
        qsizetype row = 0;
        quint32 timestamp = 0; ///< of the copy
        bool hasTimestamp = false;
    };
    struct End {
        bool allowsSack = false;
        Missing missing; ///< of its stream, as the other end told last
        std::vector<SentAgain> sentAgain;
    };
    /// The options that count here.
    struct Options {
        bool allowsSack = false;
        bool hasTimestamp = false;
        quint32 timestamp = 0;
        quint32 echo = 0;
        std::array<std::array<quint32, 2>, 4> blocks{};
        int blockCount = 0;
    };

    static Options optionsOf(const Segment &segment);
    static bool isMissing(const Missing &missing, const FlowSegment &segment, qsizetype row);
    void takeCopy(FlowRows &rows, const Options &options, const SentStream &stream);
    void takeAck(FlowRows &rows, const Options &options, const SentStream &acknowledged);
    void lose(FlowRows &rows, qsizetype row);

    std::array<End, 2> m_ends; ///< by Side
    qsizetype m_changedFrom = 0;
};
