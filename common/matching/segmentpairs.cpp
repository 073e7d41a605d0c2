// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "segmentpairs.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace {

constexpr quint64 carriesNothing = quint64(1) << 63; ///< in a key: it is an identity, not a border

/// Which of the larger list go with all of the smaller one, in order, so that the costs are smallest.
template<typename Cost>
std::vector<size_t> cheapestPlaces(size_t small, size_t large, Cost cost)
{
    // sums[i][j]: the first i of the smaller list are placed within the first j of the larger one.
    constexpr qint64 impossible = std::numeric_limits<qint64>::max() / 2;
    std::vector<std::vector<qint64>> sums(small + 1, std::vector<qint64>(large + 1, 0));
    for (size_t i = 1; i <= small; ++i) {
        sums[i][i - 1] = impossible;
        for (size_t j = i; j <= large; ++j)
            sums[i][j] = std::min(sums[i][j - 1], sums[i - 1][j - 1] + cost(i - 1, j - 1));
    }
    std::vector<size_t> places(small);
    for (size_t i = small, j = large; i > 0; --j) {
        if (j > i && sums[i][j] == sums[i][j - 1])
            continue;
        places[--i] = j - 1;
    }
    return places;
}

} // namespace

SegmentPairs::SegmentPairs(const std::array<std::vector<ComparedSegment>, 2> &segments)
    : m_segments(segments)
{
    cut();
    m_hasMarks = areMarksOfUse();
    pair(true);
    std::ranges::sort(m_differences, {}, &ClockDifference::firstUs);
    pair(false);
    collect();
}

void SegmentPairs::cut()
{
    std::vector<qint64> borders;
    borders.reserve(2 * (m_segments[0].size() + m_segments[1].size()));
    for (const auto &segments : m_segments) {
        for (const ComparedSegment &segment : segments) {
            if (segment.from == segment.to)
                continue;
            borders.push_back(segment.from);
            borders.push_back(segment.to);
        }
    }
    std::ranges::sort(borders);
    borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
    m_pieces.reserve(m_segments[0].size() + m_segments[1].size());
    for (const size_t capture : {0, 1}) {
        for (quint32 segment = 0; segment < m_segments[capture].size(); ++segment)
            cut(capture, segment, borders);
    }
    m_byKey.resize(m_pieces.size());
    for (quint32 piece = 0; piece < m_pieces.size(); ++piece)
        m_byKey[piece] = piece;
    std::ranges::sort(m_byKey, [this](quint32 one, quint32 other) {
        return std::tuple(m_pieces[one].key, one) < std::tuple(m_pieces[other].key, other);
    });
}

void SegmentPairs::cut(size_t capture, quint32 segment, const std::vector<qint64> &borders)
{
    const ComparedSegment &whole = m_segments[capture][segment];
    if (whole.from == whole.to) {
        m_pieces.push_back({.key = whole.identity | carriesNothing,
                            .segment = segment,
                            .capture = quint8(capture),
                            .from = whole.from,
                            .to = whole.to});
        return;
    }
    auto border = std::ranges::lower_bound(borders, whole.from);
    for (int count = 0; *border < whole.to; ++count) {
        const auto next = count < maxBorders ? std::next(border) : std::ranges::lower_bound(borders, whole.to);
        m_pieces.push_back({.key = quint64(border - borders.begin()),
                            .segment = segment,
                            .capture = quint8(capture),
                            .from = *border,
                            .to = *next});
        border = next;
    }
}

/// Whether most segments without copies have the same mark in both captures.
bool SegmentPairs::areMarksOfUse() const
{
    size_t same = 0;
    size_t different = 0;
    for (size_t i = 0; i + 1 < m_byKey.size(); ++i) {
        const Piece &one = m_pieces[m_byKey[i]];
        const Piece &other = m_pieces[m_byKey[i + 1]];
        const bool isPair = one.key == other.key && one.capture != other.capture &&
                            (i == 0 || m_pieces[m_byKey[i - 1]].key != one.key) &&
                            (i + 2 == m_byKey.size() || m_pieces[m_byKey[i + 2]].key != one.key);
        if (isPair)
            ++(segmentOf(one).mark == segmentOf(other).mark ? same : different);
    }
    return same >= different;
}

/// The first round handles what has only one possible partner, the second one the rest.
void SegmentPairs::pair(bool isFirstRound)
{
    for (size_t begin = 0; begin < m_byKey.size();) {
        size_t end = begin + 1;
        while (end < m_byKey.size() && m_pieces[m_byKey[end]].key == m_pieces[m_byKey[begin]].key)
            ++end;
        if (end - begin > 1) {
            std::vector<quint32> group(m_byKey.begin() + qsizetype(begin), m_byKey.begin() + qsizetype(end));
            std::ranges::stable_sort(group, {}, [this](quint32 piece) { return markOf(piece); });
            for (size_t i = 0; i < group.size();) {
                Copies copies;
                const quint64 mark = markOf(group[i]);
                for (; i < group.size() && markOf(group[i]) == mark; ++i)
                    copies[m_pieces[group[i]].capture].push_back(group[i]);
                pairCopies(copies, isFirstRound);
            }
        }
        begin = end;
    }
}

void SegmentPairs::pairCopies(Copies &copies, bool isFirstRound)
{
    const auto &[first, second] = copies;
    const bool isClear = first.size() == 1 && second.size() == 1;
    if (first.empty() || second.empty() || isClear != isFirstRound)
        return;
    if (!isClear)
        return pairInOrder(copies);
    const Piece &one = m_pieces[first.front()];
    const Piece &other = m_pieces[second.front()];
    join(first.front(), second.front());
    // A merged segment has one time for all that it carries: that of its beginning.
    if (one.from == segmentOf(one).from && other.from == segmentOf(other).from)
        m_differences.push_back({segmentOf(one).timeUs, segmentOf(other).timeUs - segmentOf(one).timeUs});
}

void SegmentPairs::pairInOrder(const Copies &copies)
{
    const size_t smaller = copies[0].size() <= copies[1].size() ? 0 : 1;
    const std::vector<quint32> &few = copies[smaller];
    const std::vector<quint32> &many = copies[1 - smaller];
    const auto timeOf = [this](quint32 piece) { return segmentOf(m_pieces[piece]).timeUs; };
    std::vector<size_t> places(few.size());
    for (size_t i = 0; i < few.size(); ++i)
        places[i] = many.size() - few.size() + i;
    if (few.size() < many.size() && many.size() <= maxCopies) {
        const qint64 lastUs = timeOf(copies[1].back()) - timeOf(copies[0].back());
        places = cheapestPlaces(few.size(), many.size(), [&](size_t i, size_t j) {
            const quint32 first = smaller == 0 ? few[i] : many[j];
            const quint32 second = smaller == 0 ? many[j] : few[i];
            return std::abs(timeOf(second) - timeOf(first) - expectedUs(timeOf(first), lastUs));
        });
    }
    for (const quint32 piece : many)
        m_pieces[piece].isExtra = true;
    for (size_t i = 0; i < few.size(); ++i)
        smaller == 0 ? join(few[i], many[places[i]]) : join(many[places[i]], few[i]);
}

void SegmentPairs::join(quint32 first, quint32 second)
{
    m_pieces[first].partner = m_pieces[second].segment;
    m_pieces[second].partner = m_pieces[first].segment;
    m_pieces[first].isExtra = m_pieces[second].isExtra = false;
}

/// The difference of the nearest segment that has only one possible partner.
qint64 SegmentPairs::expectedUs(qint64 firstUs, qint64 otherwise) const
{
    auto next = std::ranges::lower_bound(m_differences, firstUs, {}, &ClockDifference::firstUs);
    if (next == m_differences.end())
        return m_differences.empty() ? otherwise : m_differences.back().us;
    if (next != m_differences.begin() && firstUs - std::prev(next)->firstUs < next->firstUs - firstUs)
        --next;
    return next->us;
}

/// Joins pieces that are next to each other in both captures.
void SegmentPairs::collect()
{
    for (size_t i = 0; i < m_pieces.size(); ++i) {
        const Piece &piece = m_pieces[i];
        if (piece.capture == 1 && piece.partner >= 0)
            continue; // it came with the first capture's
        const Piece *before = i > 0 ? &m_pieces[i - 1] : nullptr;
        const bool continues = before && before->capture == piece.capture && before->segment == piece.segment &&
                               before->partner == piece.partner && before->isExtra == piece.isExtra;
        if (continues) {
            m_parts.back().to = piece.to;
            continue;
        }
        SegmentPart part{.from = piece.from, .to = piece.to, .isExtra = piece.isExtra};
        part.rows[piece.capture] = piece.segment;
        part.rows[1 - piece.capture] = piece.partner;
        m_parts.push_back(part);
    }
}
