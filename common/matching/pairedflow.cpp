// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "pairedflow.h"

#include "flows/segmentoptions.h"

#include <QHashFunctions>

#include <algorithm>

namespace {

constexpr qint64 sameTimeUs = 1; ///< captures round their times

qint64 median(const std::vector<ClockDifference> &differences)
{
    std::vector<qint64> values;
    values.reserve(differences.size());
    for (const ClockDifference &difference : differences)
        values.push_back(difference.us);
    const auto middle = values.begin() + qsizetype(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Of the options that a middlebox usually leaves as they are.
size_t hashOf(const Segment &segment)
{
    const SegmentOptions options = SegmentOptions::of(segment);
    size_t hash = qHashMulti(0, options.timestamp, options.echo);
    for (int i = 0; i < options.blockCount; ++i) {
        const auto &block = options.blocks[size_t(i)];
        hash = qHashMulti(hash, block[0] - segment.acknowledgement, block[1] - segment.acknowledgement);
    }
    return hash;
}

} // namespace

PairedFlow::PairedFlow(const Captures &captures, const FlowPair &pair)
    : m_captures(captures)
    , m_pair(pair)
{
    for (const Side side : {Side::Client, Side::Server}) {
        std::array<std::vector<qsizetype>, 2> rows;
        const std::array<std::vector<ComparedSegment>, 2> segments{compared(0, side, rows[0]),
                                                                   compared(1, side, rows[1])};
        const SegmentPairs pairs(segments);
        std::vector<SegmentPart> &parts = m_parts[size_t(side)];
        parts = pairs.parts();
        for (SegmentPart &part : parts) {
            for (const size_t capture : {0, 1}) {
                if (qint64 &row = part.rows[capture]; row >= 0)
                    row = rows[capture][size_t(row)];
            }
        }
        m_differences[size_t(side)] = pairs.differences();
    }
}

std::vector<ComparedSegment> PairedFlow::compared(size_t capture, Side sender, std::vector<qsizetype> &rows) const
{
    const Flow &all = flow(capture);
    std::vector<ComparedSegment> segments;
    segments.reserve(size_t(all.count()));
    rows.reserve(size_t(all.count()));
    for (qsizetype row = 0; row < all.count(); ++row) {
        if (sideIn(capture, sender) != all.at(row).sender)
            continue;
        segments.push_back(compared(capture, row));
        rows.push_back(row);
    }
    return segments;
}

qint64 PairedFlow::startOf(size_t capture, const FlowSegment &segment) const
{
    return segment.start() + (capture == 1 ? m_pair.positions[size_t(sideIn(1, segment.sender))] : 0);
}

ComparedSegment PairedFlow::compared(size_t capture, qsizetype row) const
{
    const FlowSegment &segment = flow(capture).at(row);
    const Side sender = sideIn(capture, segment.sender);
    ComparedSegment result{.from = startOf(capture, segment), .timeUs = segment.timeUs};
    const bool carries = !segment.has(Segment::Rst) && !segment.has(FlowSegment::Stray);
    result.to = carries ? result.from + segment.end() - segment.start() : result.from;
    const qint64 acknowledged = segment.has(Segment::Ack)
                                    ? segment.acknowledged + (capture == 1 ? m_pair.positions[1 - size_t(sender)] : 0)
                                    : -1;
    result.mark = qHashMulti(hashOf(m_captures[capture]->segmentAt(m_pair.flows[capture], row)), acknowledged);
    result.identity =
        qHashMulti(0, result.from, acknowledged, segment.flags & ~Segment::Psh, segment.window, segment.length);
    return result;
}

/// 1: the first capture is nearer to the client, -1: to the server, 0: unknown.
int PairedFlow::nearerByTimeToLive() const
{
    int nearer = 0;
    for (const Side sender : {Side::Client, Side::Server}) {
        const int first = m_captures[0]->timeToLive(m_pair.flows[0], sender);
        const int second = m_captures[1]->timeToLive(m_pair.flows[1], sideIn(1, sender));
        if (first == 0 || second == 0 || first == second)
            continue;
        nearer += (first > second) == (sender == Side::Client) ? 1 : -1;
    }
    return std::clamp(nearer, -1, 1);
}

/// Between the places of the captures; negative: the second one is at the client's end. Nothing: one direction has no
/// segments in both.
std::optional<qint64> PairedFlow::roundTripUs() const
{
    const auto &[client, server] = m_differences;
    return client.empty() || server.empty() ? std::nullopt : std::optional(median(client) - median(server));
}

std::optional<size_t> PairedFlow::captureAtClient() const
{
    if (const int nearer = nearerByTimeToLive(); nearer != 0)
        return nearer > 0 ? 0 : 1;
    const auto roundTrip = roundTripUs();
    if (!roundTrip || std::abs(*roundTrip) <= sameTimeUs)
        return {};
    return *roundTrip > 0 ? 0 : 1;
}

bool PairedFlow::isOfSamePlace() const
{
    const auto roundTrip = roundTripUs();
    return roundTrip && std::abs(*roundTrip) <= sameTimeUs && nearerByTimeToLive() == 0;
}
