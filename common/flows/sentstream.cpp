// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sentstream.h"

#include <algorithm>

namespace {

constexpr qint64 largestWindow = qint64(1) << 30; ///< RFC 7323, section 2.3
constexpr int maxLookedAt = 64;

} // namespace

void SentStream::setOrigin(quint32 number)
{
    // The origin that a SYN gives replaces one taken from a reset or an acknowledgement, as long as no row depends on
    // it.
    if (m_isOriginKnown || !m_forward.empty())
        return;
    m_zero = number;
    m_hasZero = true;
    m_isOriginKnown = true;
    m_first = -1;
    m_end = 0;
}

void SentStream::seeNumber(quint32 number)
{
    if (std::exchange(m_hasZero, true))
        return;
    m_zero = number;
}

qint64 SentStream::position(quint32 number) const
{
    return m_end + qint32(number - m_zero - quint32(m_end));
}

/// Returns how many of the positions from ≤ p < to were not captured before.
qint64 SentStream::fill(qint64 from, qint64 to)
{
    qint64 filled = 0;
    // This was sent before the first number that was seen.
    if (from < m_first && !m_isOriginKnown) {
        filled += qMin(to, m_first) - from;
        if (to < m_first)
            m_gaps.emplace(to, m_first);
        m_first = from;
    }
    auto gap = m_gaps.upper_bound(from);
    if (gap != m_gaps.begin() && std::prev(gap)->second > from)
        --gap;
    while (gap != m_gaps.end() && gap->first < to) {
        const auto [gapFrom, gapTo] = *gap;
        gap = m_gaps.erase(gap);
        filled += qMin(to, gapTo) - qMax(from, gapFrom);
        if (gapFrom < from)
            m_gaps.emplace(gapFrom, from);
        if (gapTo > to)
            gap = m_gaps.emplace(to, gapTo).first;
    }
    if (to > m_end) {
        if (from > m_end)
            m_gaps.emplace(m_end, from);
        filled += to - qMax(from, m_end);
        m_end = to;
    }
    return filled;
}

qint64 SentStream::gapEnd(qint64 position) const
{
    if (position >= m_end)
        return never;
    if (position < m_first)
        return m_first;
    const auto gap = m_gaps.upper_bound(position);
    return gap != m_gaps.begin() && std::prev(gap)->second > position ? std::prev(gap)->second : position;
}

SentStream::Carried SentStream::carry(const FlowRows &rows)
{
    const auto row = quint32(rows.size() - 1);
    const FlowSegment &segment = rows.back();
    const qint64 from = segment.start();
    const qint64 to = segment.end();
    Carried carried;
    if (to <= from)
        return carried;
    const qint64 endBefore = m_end;
    // The SYN is at -1, before everything that m_end counts.
    const bool isFirstSyn = segment.has(Segment::Syn) && m_forward.empty();
    carried.leavesGap = from > endBefore;
    qint64 filled = isFirstSyn ? 1 : 0;
    if (segment.length > 0) {
        carried.newBytes = quint32(fill(segment.offset, segment.offset + segment.length));
        filled += carried.newBytes;
        m_bytes += carried.newBytes;
    }
    if (segment.has(Segment::Fin)) {
        filled += fill(to - 1, to);
        if (!m_finPosition)
            m_finPosition = to - 1;
    }
    carried.repeats = filled < to - from;
    carried.fillsGap = from < endBefore && filled > qMax<qint64>(0, to - endBefore) && !isFirstSyn;
    if (to > endBefore || isFirstSyn)
        m_forward.push_back(row);
    if (from < endBefore && !isFirstSyn) {
        m_again.emplace(from, row);
        m_longestAgain = qMax(m_longestAgain, to - from);
    }
    return carried;
}

void SentStream::acknowledge(const FlowRows &rows)
{
    const qint64 acknowledged = rows.back().acknowledged;
    if (acknowledged <= m_acknowledged || acknowledged > m_end + largestWindow)
        return;
    m_acknowledged = acknowledged;
    m_ackRows.push_back(quint32(rows.size() - 1));
}

/// Returns the first entry that may reach beyond from.
SentStream::Again::const_iterator SentStream::firstAgain(qint64 from) const
{
    return m_again.lower_bound({from - m_longestAgain, 0});
}

std::vector<qsizetype> SentStream::rowsOf(const FlowRows &rows, qint64 from, qint64 to, qsizetype maxAgain) const
{
    std::vector<qsizetype> found;
    if (from >= to)
        return found;
    auto forward =
        std::partition_point(m_forward.begin(), m_forward.end(), [&](quint32 row) { return rows[row].end() <= from; });
    for (; forward != m_forward.end() && rows[*forward].start() < to; ++forward)
        found.push_back(*forward);
    for (auto again = firstAgain(from); again != m_again.end() && again->first < to && maxAgain > 0; ++again) {
        if (rows[again->second].end() > from) {
            found.push_back(again->second);
            --maxAgain;
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

qsizetype SentStream::firstRowOf(const FlowRows &rows, qint64 position) const
{
    const auto found = rowsOf(rows, position, position + 1);
    return found.empty() ? -1 : found.front();
}

qsizetype SentStream::ackRowOf(const FlowRows &rows, qint64 end) const
{
    const auto found = std::partition_point(m_ackRows.begin(), m_ackRows.end(),
                                            [&](quint32 row) { return rows[row].acknowledged < end; });
    return found == m_ackRows.end() ? -1 : qsizetype(*found);
}

qint64 SentStream::acknowledgedBefore(const FlowRows &rows, qsizetype row) const
{
    const auto found = std::lower_bound(m_ackRows.begin(), m_ackRows.end(), row);
    return found == m_ackRows.begin() ? nothing : rows[*std::prev(found)].acknowledged;
}

qint64 SentStream::endBefore(const FlowRows &rows, qsizetype row) const
{
    const auto found = std::lower_bound(m_forward.begin(), m_forward.end(), row);
    return found == m_forward.begin() ? begin() : rows[*std::prev(found)].end();
}

bool SentStream::isRepeated(const FlowRows &rows, qint64 from, qint64 to, qsizetype row) const
{
    int looked = 0;
    for (auto again = firstAgain(from); again != m_again.end() && again->first < to; ++again) {
        if (++looked > maxLookedAt || (qsizetype(again->second) > row && rows[again->second].end() > from))
            return true;
    }
    return false;
}
