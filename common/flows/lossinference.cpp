// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "lossinference.h"

#include <algorithm>

namespace {

constexpr size_t maxSentAgain = 256; ///< rows that wait for their acknowledgement
constexpr qsizetype maxCovered = 32; ///< rows that were acknowledged, and of which a duplicate may still be reported
constexpr size_t maxCopies = 64;     ///< rows that one row repeats
constexpr size_t maxRanges = 256;    ///< of what arrived
constexpr size_t maxTimestamps = 65536;

/// Whether one timestamp is older (RFC 7323, section 5.2).
bool isBefore(quint32 one, quint32 other)
{
    return qint32(one - other) < 0;
}

} // namespace

qsizetype LossInference::append(FlowRows &rows, const SegmentOptions &options, const std::array<SentStream, 2> &streams)
{
    m_changedFrom = qsizetype(rows.size()) - 1;
    const FlowSegment &row = rows.back();
    if (row.has(Segment::Rst))
        return m_changedFrom;
    const auto side = size_t(row.sender);
    End &end = m_ends[side];
    if (row.has(Segment::Syn)) {
        end.allowsSack = options.allowsSack;
        end.synUs = row.timeUs;
    }
    if (row.has(FlowSegment::Retransmission))
        takeCopy(rows, options, streams[side]);
    if (options.hasTimestamp && row.start() < row.end()) {
        if (end.timestamps.size() == maxTimestamps)
            end.timestamps.pop_front();
        end.timestamps.emplace_back(qsizetype(rows.size()) - 1, options.timestamp);
    }
    if (row.has(Segment::Ack))
        takeAck(rows, options, streams[1 - side]);
    return m_changedFrom;
}

/// Whether an acknowledgement reports the segment missing, although something that was sent after it had arrived.
bool LossInference::isMissing(const FlowRows &rows, qsizetype row, const End &end, const SentStream &stream) const
{
    const FlowSegment &segment = rows[size_t(row)];
    if (!end.got.empty()) {
        const auto overlaps = [&segment](const Range &got) { return got.overlaps(segment); };
        return end.got.back().to > std::max(segment.end(), stream.endBefore(rows, row)) &&
               std::ranges::none_of(end.got, overlaps);
    }
    const Missing &missing = end.missing;
    return !usesSack() && !segment.has(FlowSegment::Retransmission) && missing.row > row &&
           segment.start() == missing.from && segment.end() < missing.sentEnd;
}

/// Handles a newest row that repeats other rows.
void LossInference::takeCopy(FlowRows &rows, const SegmentOptions &options, const SentStream &stream)
{
    const FlowSegment &copy = rows.back();
    End &end = m_ends[size_t(copy.sender)];
    // What is acknowledged is not lost. Without this, a byte that is sent a million times takes hours.
    const qint64 from = std::max(copy.start(), stream.acknowledged());
    const std::vector<qsizetype> copies = stream.rowsOf(rows, from, copy.end(), maxCopies);
    for (size_t i = 0; i < copies.size() && i < maxCopies; ++i) {
        const qsizetype row = copies[i];
        const FlowSegment &before = rows[size_t(row)];
        if (row == qsizetype(rows.size()) - 1 || before.has(FlowSegment::Lost) ||
            before.start() < stream.acknowledged())
            continue;
        SentAgain *again = entryOf(end, row, copy, options);
        const bool wasTooBig = copy.has(FlowSegment::TooBig) && before.length > copy.length;
        if (again && (wasTooBig || isMissing(rows, row, end, stream)))
            lose(rows, *again);
    }
}

/// Handles a newest row that acknowledges data of the other end.
void LossInference::takeAck(FlowRows &rows, const SegmentOptions &options, const SentStream &acknowledged)
{
    const FlowSegment &ack = rows.back();
    End &end = m_ends[1 - size_t(ack.sender)];
    takeBlocks(rows, options, acknowledged, end);
    if (end.answerUs < 0 && end.synUs >= 0)
        end.answerUs = ack.timeUs - end.synUs;
    if (ack.has(FlowSegment::DuplicateAck))
        end.missing = {qsizetype(rows.size()) - 1, ack.acknowledged, acknowledged.end()};
    for (SentAgain &again : end.sentAgain) {
        const FlowSegment &sent = rows[size_t(again.row)];
        const bool isAcknowledged = sent.end() <= ack.acknowledged;
        const bool isTooEarly = ack.timeUs - again.copiedUs < end.answerUs;
        if (sent.has(FlowSegment::Lost) && isTooEarly && (isAcknowledged || hasAll(end.got, sent)))
            find(rows, again);
        if (isAcknowledged)
            cover(rows, options, acknowledged, again);
        else if (!again.isCovered && !sent.has(FlowSegment::Lost) && isMissing(rows, again.row, end, acknowledged))
            lose(rows, again);
    }
    const auto isCovered = [](const SentAgain &again) { return again.isCovered; };
    for (auto excess = std::ranges::count_if(end.sentAgain, isCovered) - maxCovered; excess > 0; --excess)
        end.sentAgain.erase(std::ranges::find_if(end.sentAgain, isCovered));
    while (!end.timestamps.empty()) {
        const FlowSegment &sent = rows[size_t(end.timestamps.front().first)];
        if (sent.end() > acknowledged.acknowledged())
            break;
        if (sent.end() == ack.acknowledged && !sent.has(FlowSegment::Retransmission))
            end.answerUs =
                end.answerUs < 0 ? ack.timeUs - sent.timeUs : std::min(end.answerUs, ack.timeUs - sent.timeUs);
        end.timestamps.pop_front();
    }
}

/// The first block reports a duplicate if it is not above the acknowledgement, or is within the second one (RFC 2883,
/// section 4).
void LossInference::takeBlocks(FlowRows &rows, const SegmentOptions &options, const SentStream &acknowledged, End &end)
{
    const qint64 ackNumber = rows.back().acknowledged;
    std::erase_if(end.got, [&](const Range &range) { return range.to <= acknowledged.acknowledged(); });
    const auto rangeOf = [&](int block) {
        const auto &edges = options.blocks[size_t(block)];
        return Range{acknowledged.position(edges[0]), acknowledged.position(edges[1])};
    };
    for (int i = 0; i < options.blockCount; ++i) {
        const Range range = rangeOf(i);
        if (range.from >= range.to)
            continue; // not from a TCP
        const bool isWithinNext =
            i == 0 && options.blockCount > 1 && rangeOf(1).from <= range.from && range.to <= rangeOf(1).to;
        if (range.to <= ackNumber || isWithinNext)
            takeDuplicate(rows, range, acknowledged, end);
        else if (range.to > acknowledged.acknowledged())
            add(end.got, range);
    }
}

/// The other end has received these positions twice.
void LossInference::takeDuplicate(FlowRows &rows, const Range &duplicate, const SentStream &stream, End &end)
{
    for (SentAgain &again : end.sentAgain) {
        const FlowSegment &sent = rows[size_t(again.row)];
        if (!duplicate.overlaps(sent))
            continue;
        ++again.duplicates;
        if (!sent.has(FlowSegment::Lost))
            continue;
        const qint64 position = std::max(duplicate.from, sent.start());
        const std::vector<qsizetype> copies = stream.rowsOf(rows, position, position + 1);
        const auto arrived =
            std::ranges::count_if(copies, [&rows](qsizetype row) { return !rows[size_t(row)].has(FlowSegment::Lost); });
        if (arrived <= again.duplicates)
            find(rows, again);
    }
}

/// The newest row acknowledges the whole segment.
void LossInference::cover(FlowRows &rows, const SegmentOptions &options, const SentStream &stream, SentAgain &again)
{
    const FlowSegment &sent = rows[size_t(again.row)];
    const qint64 before = stream.acknowledgedBefore(rows, qsizetype(rows.size()) - 1);
    const bool isNext = before >= again.copiedFrom;
    const bool isFirst = !std::exchange(again.isCovered, true);
    const bool isTold = options.hasTimestamp && again.timestamp && again.copied && *again.timestamp != *again.copied;
    const bool answersCopy = isTold && !isBefore(options.echo, *again.copied);
    if (sent.has(FlowSegment::Lost)) {
        if (isTold && !answersCopy && !isBefore(options.echo, *again.timestamp))
            find(rows, again);
        return;
    }
    const bool isSyn = sent.has(Segment::Syn);
    const bool isOnlyAnswer = isSyn && (isTold ? answersCopy : !sent.has(Segment::Ack));
    if (isFirst && (isOnlyAnswer || (!isSyn && isNext && usesSack() && answersCopy && again.duplicates == 0)))
        lose(rows, again);
}

/// A row that was sent again: of the entries, or a new one. Null: there are too many.
LossInference::SentAgain *LossInference::entryOf(End &end, qsizetype row, const FlowSegment &copy,
                                                 const SegmentOptions &options)
{
    const auto known = std::ranges::find(end.sentAgain, row, &SentAgain::row);
    if (known != end.sentAgain.end())
        return &*known;
    if (end.sentAgain.size() >= maxSentAgain)
        return nullptr;
    SentAgain again{
        .row = row, .timestamp = timestampOf(end, row), .copiedUs = copy.timeUs, .copiedFrom = copy.start()};
    if (options.hasTimestamp)
        again.copied = options.timestamp;
    return &end.sentAgain.emplace_back(again);
}

LossInference::Timestamp LossInference::timestampOf(const End &end, qsizetype row)
{
    const auto found = std::ranges::lower_bound(end.timestamps, row, {}, &std::pair<qsizetype, quint32>::first);
    return found != end.timestamps.end() && found->first == row ? Timestamp(found->second) : std::nullopt;
}

bool LossInference::hasAll(const std::vector<Range> &ranges, const FlowSegment &segment)
{
    const auto isIn = [&](const Range &range) { return range.from <= segment.start() && range.to >= segment.end(); };
    return std::ranges::any_of(ranges, isIn);
}

void LossInference::add(std::vector<Range> &ranges, Range range)
{
    const auto first = std::ranges::lower_bound(ranges, range.from, {}, &Range::to);
    auto last = first;
    for (; last != ranges.end() && last->from <= range.to; ++last) {
        range.from = std::min(range.from, last->from);
        range.to = std::max(range.to, last->to);
    }
    const auto place = ranges.erase(first, last);
    if (ranges.size() < maxRanges)
        ranges.insert(place, range);
}

void LossInference::leaveReceiver(FlowRows &rows, qsizetype row)
{
    if (row == 0)
        return;
    FlowSegment &lost = rows[size_t(row)];
    const FlowSegment &before = rows[size_t(row) - 1];
    lost.receiverState = before.sender == lost.sender ? before.receiverState : before.senderState;
}

void LossInference::lose(FlowRows &rows, SentAgain &again)
{
    FlowSegment &row = rows[size_t(again.row)];
    again.receiverState = row.receiverState;
    row.notes |= FlowSegment::Lost;
    leaveReceiver(rows, again.row);
    m_changedFrom = std::min(m_changedFrom, again.row);
}

/// It was not lost.
void LossInference::find(FlowRows &rows, const SentAgain &again)
{
    FlowSegment &row = rows[size_t(again.row)];
    row.notes &= ~quint32(FlowSegment::Lost);
    row.receiverState = again.receiverState;
    m_changedFrom = std::min(m_changedFrom, again.row);
}
