// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "lineselection.h"

#include <algorithm>
#include <numeric>

void LineSelection::add(Range range)
{
    std::vector<Range> ranges;
    for (const Range &other : m_ranges) {
        if (other.last + 1 < range.first || range.last + 1 < other.first) {
            ranges.push_back(other);
            continue;
        }
        range = {std::min(range.first, other.first), std::max(range.last, other.last)};
    }
    const auto next =
        std::find_if(ranges.cbegin(), ranges.cend(), [&range](const Range &other) { return other.first > range.last; });
    ranges.insert(next, range);
    m_ranges = std::move(ranges);
}

void LineSelection::remove(Range range)
{
    std::vector<Range> ranges;
    for (const Range &other : m_ranges) {
        if (other.first < range.first)
            ranges.push_back({other.first, std::min(other.last, range.first - 1)});
        if (other.last > range.last)
            ranges.push_back({std::max(other.first, range.last + 1), other.last});
    }
    m_ranges = std::move(ranges);
}

bool LineSelection::contains(Range range) const
{
    return std::any_of(m_ranges.cbegin(), m_ranges.cend(),
                       [&range](const Range &other) { return other.first <= range.first && range.last <= other.last; });
}

bool LineSelection::touches(Range range) const
{
    return std::any_of(m_ranges.cbegin(), m_ranges.cend(),
                       [&range](const Range &other) { return other.first <= range.last && range.first <= other.last; });
}

qsizetype LineSelection::count() const
{
    return std::accumulate(m_ranges.cbegin(), m_ranges.cend(), qsizetype(0),
                           [](qsizetype sum, const Range &range) { return sum + range.last - range.first + 1; });
}
