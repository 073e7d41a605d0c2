// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "lossinference.h"

#include <algorithm>

namespace {

constexpr size_t maxSentAgain = 256; ///< rows that wait for their acknowledgement
constexpr size_t maxCopies = 64;     ///< rows that one row repeats

} // namespace

qsizetype LossInference::append(FlowRows &rows, const SegmentOptions &options, const std::array<SentStream, 2> &streams)
{
    m_changedFrom = qsizetype(rows.size()) - 1;
    const FlowSegment &row = rows.back();
    if (row.has(Segment::Rst))
        return m_changedFrom;
    const auto side = size_t(row.sender);
    if (row.has(Segment::Syn))
        m_ends[side].allowsSack = options.allowsSack;
    if (row.has(FlowSegment::Retransmission))
        takeCopy(rows, options, streams[side]);
    if (row.has(Segment::Ack))
        takeAck(rows, options, streams[1 - side]);
    return m_changedFrom;
}

/// Whether the segment was sent before an acknowledgement that reports it missing.
bool LossInference::isMissing(const Missing &missing, const FlowSegment &segment, qsizetype row)
{
    if (missing.row < row || segment.start() < missing.from)
        return false;
    if (missing.got.empty())
        return segment.start() == missing.from && segment.end() < missing.sentEnd;
    const auto isBehind = [&](const Range &got) { return got.from >= segment.end(); };
    const auto overlaps = [&](const Range &got) { return got.from < segment.end() && got.to > segment.start(); };
    return std::ranges::any_of(missing.got, isBehind) && std::ranges::none_of(missing.got, overlaps);
}

/// Handles a newest row that repeats other rows.
void LossInference::takeCopy(FlowRows &rows, const SegmentOptions &options, const SentStream &stream)
{
    const FlowSegment &copy = rows.back();
    End &end = m_ends[size_t(copy.sender)];
    // What is acknowledged is not lost. Without this, a byte that is sent a million times takes hours.
    const qint64 from = std::max(copy.start(), stream.acknowledged());
    const std::vector<qsizetype> copies = stream.rowsOf(rows, from, copy.end());
    for (size_t i = 0; i < copies.size() && i < maxCopies; ++i) {
        const qsizetype row = copies[i];
        const FlowSegment &before = rows[size_t(row)];
        if (row == qsizetype(rows.size()) - 1 || before.has(FlowSegment::Lost) ||
            before.start() < stream.acknowledged())
            continue;
        const auto isSame = [row](const SentAgain &other) { return other.row == row; };
        const bool wasTooBig = copy.has(FlowSegment::TooBig) && before.length > copy.length;
        if (wasTooBig || isMissing(end.missing, before, row))
            lose(rows, row);
        else if (end.sentAgain.size() < maxSentAgain && std::ranges::none_of(end.sentAgain, isSame))
            end.sentAgain.push_back({row, options.timestamp, options.hasTimestamp});
    }
}

/// Handles a newest row that acknowledges data of the other end.
void LossInference::takeAck(FlowRows &rows, const SegmentOptions &options, const SentStream &acknowledged)
{
    const FlowSegment &ack = rows.back();
    End &end = m_ends[1 - size_t(ack.sender)];
    std::vector<Range> got;
    std::vector<Range> duplicates;
    for (int i = 0; i < options.blockCount; ++i) {
        const auto &block = options.blocks[size_t(i)];
        const Range range{acknowledged.position(block[0]), acknowledged.position(block[1])};
        (range.to <= ack.acknowledged ? duplicates : got).push_back(range);
    }
    if (ack.has(FlowSegment::DuplicateAck) || !got.empty())
        end.missing = {qsizetype(rows.size()) - 1, ack.acknowledged, got, acknowledged.end()};
    const bool usesSack = m_ends[0].allowsSack && m_ends[1].allowsSack;
    std::erase_if(end.sentAgain, [&](const SentAgain &again) {
        const FlowSegment &sent = rows[size_t(again.row)];
        if (sent.end() > ack.acknowledged)
            return false;
        const bool isDuplicate = std::ranges::any_of(
            duplicates, [&sent](const Range &range) { return range.from < sent.end() && range.to > sent.start(); });
        const bool answersCopy =
            again.hasTimestamp && options.hasTimestamp && qint32(options.echo - again.timestamp) >= 0;
        if (sent.has(Segment::Syn) || (usesSack && answersCopy && !isDuplicate))
            lose(rows, again.row);
        return true;
    });
}

void LossInference::leaveReceiver(FlowRows &rows, qsizetype row)
{
    if (row == 0)
        return;
    FlowSegment &lost = rows[size_t(row)];
    const FlowSegment &before = rows[size_t(row) - 1];
    lost.receiverState = before.sender == lost.sender ? before.receiverState : before.senderState;
}

void LossInference::lose(FlowRows &rows, qsizetype row)
{
    rows[size_t(row)].notes |= FlowSegment::Lost;
    leaveReceiver(rows, row);
    m_changedFrom = std::min(m_changedFrom, row);
}
