// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// The layout of segments that captures at both ends show: from where they left to where they arrived.

#include "ladderlayout.h"
#include "ladderunit.h"

#include <algorithm>

namespace {

constexpr double timeHeight = LabelPlacer::boxHeight + 0.1; ///< between two arrivals, in lines

} // namespace

/// Lays out a row: its departure, and below it what arrives before the next row.
double LadderLayout::layOutTransits(LadderUnit &unit, double y, LadderScene &scene, LadderWays *ways) const
{
    const double line = m_columns.line;
    const LadderRow &row = unit.rows.front();
    const bool departs = !row.transit->departure.isEmpty();
    const double tailY = std::max(y + 0.5 * line, addArrowLabels(unit, 0, y, scene));
    std::array<double, 2> free{y, y};
    const auto stack = [&](const LadderRow &of, LadderIndex index, Side side, bool isTail, double at) {
        double &next = m_columns.isNarrow ? free[0] : free[size_t(side)];
        next = addStack(of, index, side, isTail, std::max(next, at - LabelPlacer::boxHeight / 2 * line), scene);
        unit.changes.push_back({side, at, isTail ? of.tail : of.head});
    };
    double bottom = tailY + 0.3 * line;
    if (m_columns.isNarrow)
        free[0] = bottom;
    if (departs)
        stack(row, unit.first, row.sender, true, tailY);
    if (ways)
        ways->tails.push_back({unit.first, tailY});
    double headY = tailY + m_columns.slant() - timeHeight * line;
    for (const LadderIndex index : row.transit->arriving) {
        LadderRow arriving = m_source.row(index);
        const Side side = arriving.receiver();
        const double next = m_columns.isNarrow ? free[0] : free[size_t(side)];
        headY = std::max(headY + timeHeight * line, next + LabelPlacer::boxHeight / 2 * line);
        arriving.before[size_t(side)] = unit.stateAt(side);
        stack(arriving, index, side, false, headY);
        if (ways)
            ways->heads.push_back({index, headY});
        bottom = std::max(bottom, headY + 0.3 * line);
    }
    if (row.arrival != LadderRow::Arrival::Arrived)
        bottom = std::max(bottom, tailY + m_columns.slant());
    return std::max({bottom, free[0], free[1]});
}

/// Adds the arrows of the rows that were laid out, and those that come from above.
void LadderLayout::addWays(const LadderWays &ways, double top, LadderIndex fromAbove, LadderScene &scene) const
{
    const auto placeOf = [](const std::vector<LadderWays::Place> &places, LadderIndex row) -> std::optional<double> {
        const auto found = std::ranges::find(places, row, &LadderWays::Place::row);
        return found == places.end() ? std::nullopt : std::optional(found->y);
    };
    // The rows behind the last one, as far as arrows lead there.
    LadderWays ahead{.end = ways.end};
    double bottom = ways.bottom;
    const auto headOf = [&](const LadderRow &row, LadderIndex index) {
        if (const auto y = placeOf(ways.heads, index))
            return *y;
        LadderScene scratch;
        while (ahead.end <= row.transit->arrivesAt && ahead.end - ways.end < maxRowsAhead)
            bottom = layOut(unitAt(std::exchange(ahead.end, ahead.end + 1)), bottom, scratch, &ahead);
        return placeOf(ahead.heads, index).value_or(bottom);
    };
    for (const LadderWays::Place &tail : ways.tails) {
        const LadderRow row = m_source.row(tail.row);
        const bool arrives = row.transit->arrivesAt.isValid();
        addWay(row, tail.row, tail.y, arrives ? headOf(row, tail.row) : tail.y + m_columns.slant(), scene);
    }
    LadderWays above{.begin = ways.begin};
    double aboveTop = top;
    for (const LadderWays::Place &head : ways.heads) {
        if (head.row >= fromAbove)
            continue;
        LadderScene scratch;
        while (above.begin > head.row && ways.begin - above.begin < maxRowsAhead) {
            above.begin = above.begin - 1;
            aboveTop -= height(above.begin);
            layOut(unitAt(above.begin), aboveTop, scratch, &above);
        }
        addWay(m_source.row(head.row), head.row, placeOf(above.tails, head.row).value_or(aboveTop), head.y, scene);
    }
}

/// An arrow from the height of its departure to that of its arrival.
void LadderLayout::addWay(const LadderRow &row, LadderIndex index, double tailY, double headY, LadderScene &scene) const
{
    QPointF tail(m_columns.x(row.sender), tailY);
    QPointF head(m_columns.x(row.receiver()), headY);
    if (row.transit->departure.isEmpty())
        tail = {(tail.x() + head.x()) / 2, headY - m_columns.slant() / 2};
    else if (row.arrival != LadderRow::Arrival::Arrived)
        head = (tail + head) / 2;
    scene.arrows.push_back({.tail = tail,
                            .head = head,
                            .flags = row.flags,
                            .arrival = row.arrival,
                            .carriesBytes = row.carriesBytes,
                            .isDuplicate = row.transit->isDuplicate,
                            .row = index});
}
