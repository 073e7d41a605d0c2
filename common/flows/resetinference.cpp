// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "resetinference.h"

#include <algorithm>

namespace {

constexpr qint64 largestReceiveWindow = qint64(65535) << 14; ///< RFC 7323, section 2.3

/// Whether an end in this state has received a FIN, and is not in TIME-WAIT.
bool hasFinAndWaits(TcpState state)
{
    return state == TcpState::CloseWait || state == TcpState::Closing || state == TcpState::LastAck;
}

/// Whether a segment of this stream ends at that position.
bool isBoundary(const FlowRows &rows, const SentStream &stream, qint64 position)
{
    if (position == stream.end())
        return true;
    const std::vector<qsizetype> carriers = stream.rowsOf(rows, position - 1, position);
    return std::ranges::any_of(carriers, [&](qsizetype row) { return rows[size_t(row)].end() == position; });
}

} // namespace

void ResetInference::append(const FlowRows &rows, const SegmentOptions &options, const SentStream &otherStream)
{
    const FlowSegment &segment = rows.back();
    End &end = m_ends[size_t(segment.sender)];
    const bool isSyn = segment.has(Segment::Syn);
    if (isSyn) {
        end = {};
        end.hasSyn = true;
        end.windowScale = options.windowScale;
    }
    if (!segment.has(Segment::Ack) || segment.has(Segment::Rst) || segment.has(FlowSegment::Stray))
        return;
    const bool isScaled = end.windowScale >= 0 && m_ends[1 - size_t(segment.sender)].windowScale >= 0;
    // Without a SYN, the scale is unknown.
    const qint64 window = !end.hasSyn          ? largestReceiveWindow
                          : isScaled && !isSyn ? qint64(segment.window) << end.windowScale
                                               : qint64(segment.window);
    end.windowEnd = qMax(end.windowEnd, segment.acknowledged + window);
    for (int i = 0; i < options.blockCount; ++i) {
        const qint64 edge = otherStream.position(options.blocks[size_t(i)][1]);
        if (edge <= otherStream.end())
            end.sackedEnd = qMax(end.sackedEnd, edge);
    }
}

ResetInference::Verdict ResetInference::judge(const FlowRows &rows, const Situation &situation) const
{
    const FlowSegment &reset = rows.back();
    const SentStream &sent = situation.sent;
    const qint64 position = reset.offset;
    if (situation.sender == TcpState::SynSent && position != sent.end())
        return Verdict::Foreign;
    if (situation.receiver == TcpState::SynSent) {
        const bool acknowledgesSyn =
            reset.has(Segment::Ack) && reset.acknowledged >= 0 && reset.acknowledged <= situation.answered.end();
        return acknowledgesSyn ? Verdict::Counts : Verdict::Foreign;
    }
    // After both FINs: the receiver has no connection, and in TIME-WAIT TCP sends no RST.
    if (situation.sender == TcpState::TimeWait && situation.receiver == TcpState::Closed)
        return Verdict::Foreign;
    const qint64 acknowledged = sent.isOriginKnown() ? qMax<qint64>(sent.acknowledged(), 0) : sent.acknowledged();
    if (acknowledged == SentStream::nothing || position == acknowledged)
        return Verdict::Counts;
    if (hasFinAndWaits(situation.receiver) && position == sent.finPosition())
        return Verdict::Counts;
    const End &receiver = m_ends[1 - size_t(reset.sender)];
    const qint64 windowEnd =
        receiver.windowEnd == SentStream::nothing ? acknowledged + largestReceiveWindow : receiver.windowEnd;
    if (position < acknowledged || position >= windowEnd)
        return Verdict::Foreign;
    if (position == receiver.sackedEnd)
        return Verdict::Counts;
    const bool segmentsAreMissing = sent.hasGap() || acknowledged > sent.end();
    return segmentsAreMissing || (position <= sent.end() && isBoundary(rows, sent, position)) ? Verdict::Counts
                                                                                              : Verdict::Ignored;
}
