// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "followedstream.h"

#include <algorithm>

namespace {

/// The first position of a segment's payload, and the one after what was captured of it.
std::pair<qint64, qint64> capturedRange(const FlowSegment &segment)
{
    return {segment.offset, segment.offset + (segment.payloadAt < 0 ? 0 : segment.capturedLength)};
}

/// The first of the positions from ≤ p < to that were captured in any row, and the one after those that follow it in
/// the same row. {to, to}: none.
std::pair<qint64, qint64> nextCaptured(const Flow &flow, Side sender, qint64 from, qint64 to)
{
    std::pair next(to, to);
    for (const qsizetype row : flow.rowsOf(sender, from, to)) {
        const auto [begin, end] = capturedRange(flow.at(row));
        if (end > from && begin < next.first)
            next = {std::max(begin, from), std::min(end, to)};
    }
    return next;
}

} // namespace

bool FollowedStream::update(const Flow &flow)
{
    const bool isAsBefore = takeRows(flow);
    if (!isAsBefore) {
        *this = FollowedStream(m_only);
        takeRows(flow); // now the flow knows all bytes that were captured
    }
    if (flow.isEnded() && flow.count() > 0) {
        for (const Side sender : {Side::Client, Side::Server})
            skipGaps(flow, sender, flow.sentEnd(sender), FlowRow(flow.count() - 1));
    }
    return !isAsBefore;
}

/// Returns false if a run says that bytes are missing which a new row carries.
bool FollowedStream::takeRows(const Flow &flow)
{
    bool isAsBefore = true;
    for (; m_taken < flow.count(); ++m_taken)
        isAsBefore = take(flow, FlowRow(m_taken)) && isAsBefore;
    return isAsBefore;
}

/// Returns false if the segment carries bytes that a run says are missing.
bool FollowedStream::take(const Flow &flow, FlowRow row)
{
    const FlowSegment &segment = flow.at(row.value());
    if (segment.has(Segment::Rst))
        return true;
    if (segment.has(Segment::Ack))
        acknowledge(flow, otherEnd(segment.sender), segment.acknowledged, row);
    if (m_only && segment.sender != *m_only)
        return true;
    const auto [from, to] = capturedRange(segment);
    const bool fillsGap = m_missing > 0 && !segment.has(FlowSegment::KeepAlive) && lacks(segment.sender, from, to);
    const bool isInOrder = segment.newBytes == 0 || arrive(flow, segment, row);
    return isInOrder && !fillsGap;
}

bool FollowedStream::arrive(const Flow &flow, const FlowSegment &segment, FlowRow row)
{
    End &end = m_ends[size_t(segment.sender)];
    const Payload payload{.capturedTo = capturedRange(segment).second, .to = segment.offset + segment.length};
    if (!end.read)
        end.read = flow.sentBegin(segment.sender);
    if (payload.to <= *end.read)
        return false;
    if (segment.offset <= *end.read) {
        readPayload(flow, segment.sender, payload, row);
        readOutOfOrder(flow, segment.sender, row);
    } else if (Payload &known = end.outOfOrder[segment.offset]; payload.to > known.to) {
        known = payload;
    }
    return true;
}

void FollowedStream::acknowledge(const Flow &flow, Side sender, qint64 acknowledged, FlowRow row)
{
    End &end = m_ends[size_t(sender)];
    if (!end.read)
        end.read = flow.sentBegin(sender);
    // What lies beyond the furthest acknowledgement that the flow took is not a number of this stream.
    const qint64 fin = flow.finPosition(sender).value_or(SentStream::never);
    skipGaps(flow, sender, std::min({acknowledged, fin, flow.acknowledged(sender)}), row);
}

/// The receiver has everything before limit: bytes that no segment of the whole flow carries are missing.
void FollowedStream::skipGaps(const Flow &flow, Side sender, qint64 limit, FlowRow row)
{
    if (m_only && sender != *m_only)
        return;
    End &end = m_ends[size_t(sender)];
    while (end.read && *end.read < limit) {
        const qint64 gapEnd = std::min(limit, flow.gapEnd(sender, *end.read));
        if (gapEnd == *end.read)
            return; // a later row carries it
        readOn(sender, gapEnd, row, true);
        readOutOfOrder(flow, sender, row);
    }
}

void FollowedStream::readOutOfOrder(const Flow &flow, Side sender, FlowRow row)
{
    End &end = m_ends[size_t(sender)];
    while (!end.outOfOrder.empty() && end.outOfOrder.begin()->first <= *end.read) {
        const Payload payload = end.outOfOrder.begin()->second;
        end.outOfOrder.erase(end.outOfOrder.begin());
        readPayload(flow, sender, payload, row);
    }
}

/// What the capture lacks of a segment may be in another row that carries it.
void FollowedStream::readPayload(const Flow &flow, Side sender, const Payload &payload, FlowRow row)
{
    readOn(sender, payload.capturedTo, row, false);
    const qint64 &read = *m_ends[size_t(sender)].read;
    while (read < payload.to) {
        const auto [from, to] = nextCaptured(flow, sender, read, payload.to);
        readOn(sender, from, row, true);
        readOn(sender, to, row, false);
    }
}

/// Whether a run says that some of the positions from ≤ p < to are missing.
bool FollowedStream::lacks(Side sender, qint64 from, qint64 to) const
{
    for (size_t i = m_runs.size(); i > 0; --i) {
        const StreamRun &run = m_runs[i - 1];
        if (run.sender != sender)
            continue;
        if (run.to <= from)
            return false;
        if (run.isMissing && run.from < to)
            return true;
    }
    return false;
}

void FollowedStream::readOn(Side sender, qint64 to, FlowRow row, bool isMissing)
{
    qint64 &read = *m_ends[size_t(sender)].read;
    if (to <= read)
        return;
    const bool continues = !m_runs.empty() && m_runs.back().sender == sender && m_runs.back().isMissing == isMissing;
    if (continues)
        m_runs.back().to = to;
    else
        m_runs.push_back(
            {.sender = sender, .isMissing = isMissing, .from = read, .to = to, .place = size(), .row = row});
    if (isMissing)
        m_missing += to - read;
    read = to;
}

size_t FollowedStream::runAt(qint64 place) const
{
    const auto after = std::partition_point(m_runs.begin(), m_runs.end(),
                                            [place](const StreamRun &run) { return run.place <= place; });
    return size_t(after - m_runs.begin()) - 1;
}
