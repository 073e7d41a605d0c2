// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderpages.h"

#include "base/exportprogress.h"
#include "ladder/ladderlegend.h"
#include "ladder/ladderrows.h"

#include <QSize>

#include <cmath>

namespace {

constexpr double legendLines = 4; ///< lines that each page reserves for the legend

template<typename T>
void move(std::vector<T> &from, std::vector<T> &to)
{
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void append(LadderScene &more, LadderScene &to)
{
    move(more.rows, to.rows);
    move(more.bands, to.bands);
    move(more.rules, to.rules);
    move(more.arrows, to.arrows);
    move(more.labels, to.labels);
    to.bottom = more.bottom;
}

/// Cuts the arrows that begin or end on another page.
void cutArrows(LadderScene &scene, double top)
{
    for (LadderArrow &arrow : scene.arrows) {
        const QPointF way = arrow.head - arrow.tail;
        const auto at = [&arrow, way](double y) { return arrow.tail + way * ((y - arrow.tail.y()) / way.y()); };
        const QPointF head = arrow.head.y() > scene.bottom ? at(scene.bottom) : arrow.head;
        arrow.isCut = arrow.head.y() > scene.bottom;
        if (arrow.tail.y() < top)
            arrow.tail = at(top);
        arrow.head = head;
    }
}

} // namespace

QSize LadderPage::size() const
{
    return {int(std::ceil(rows.width)), int(std::ceil(rows.bottom + rows.unit))};
}

LadderPages::LadderPages(const LadderModel &model, const TextMetrics &metrics, double width, const Limits &limits)
    : m_model(model)
    , m_metrics(metrics)
    , m_limits(limits)
    , m_layout({.count = model.count(),
                .row = [this](LadderIndex row) { return rowAt(row); },
                .addresses = {model.address(Side::Client), model.address(Side::Server)},
                .content = {.hasSteps = model.recording().stepCount() > 0, .hasSegments = model.flow() != nullptr},
                .legend = model.legend()},
               metrics, width)
{
}

const LadderRow &LadderPages::rowAt(LadderIndex row)
{
    auto &[kept, made] = m_made[size_t(row.value()) % m_made.size()];
    if (std::exchange(kept, row) != row)
        made = LadderRows::make(m_model, row);
    return made;
}

LadderPage LadderPages::next(ExportProgress &progress)
{
    LadderPage page;
    // The first page shows the states at the row where they begin.
    const bool isFirst = m_row.value() == 0;
    page.header = m_layout.header(isFirst ? std::array<LadderState, 2>() : m_model.statesBefore(m_row));
    const bool hasFreeLine = isFirst && m_layout.legend().isEmpty(); // in the header, which has no states
    double y = m_layout.headerHeight() - (hasFreeLine ? m_metrics.lineHeight : 0);
    const double bottom = m_limits.height - legendLines * m_metrics.lineHeight;
    // An empty scene of the same width as the others.
    page.rows = m_layout.scene(LadderIndex(m_model.count()), y, y);
    const LadderIndex first = m_row;
    while (!atEnd() && m_row - first < m_limits.rows && !progress.isCancelled()) {
        // One row, or two that cross.
        LadderScene unit = m_layout.scene(m_row, y, std::nextafter(y, y + 1), first);
        if (unit.bottom > bottom && m_row > first)
            break;
        y = unit.bottom;
        m_row = unit.rows.back().row + 1;
        append(unit, page.rows);
        progress.set(m_row.value(), m_model.count());
    }
    cutArrows(page.rows, page.header.bottom);
    addLadderLegend(page.rows, m_metrics);
    return page;
}
