// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "labelplacer.h"
#include "laddercolumns.h"
#include "ladderrow.h"
#include "ladderscene.h"

#include <functional>

struct LadderUnit;
struct LadderWays;

/// Turns rows into lines, labels and arrows. Reads only the requested rows and their neighbours. Pure; a new one is
/// needed for each width and font.
///
/// If captures at both ends show when segments left and arrived (LadderRow::transit), the scale is not that of time,
/// but everything is in its order: an arrow starts at its row, and ends below the last row that was sent before it
/// arrived. It may end far below; then the heights of up to maxRowsAhead rows between are added.
///
/// Two arrows that cross (LadderRow::crossesPrevious) are laid out together: the first row has the height of both, the
/// second has none.
class LadderLayout
{
public:
    /// What to lay out. row may be called for 0 ≤ row < count.
    struct Source {
        qsizetype count = 0;
        std::function<LadderRow(LadderIndex)> row;
        std::array<QString, 2> addresses; ///< by Side; may be empty
        LadderColumns::Content content = {};
        QStringList legend = {}; ///< sentences in the header
    };

    LadderLayout(Source source, const TextMetrics &metrics, double width);

    /// For more rows, or once the ends are known.
    void setSource(qsizetype count, const std::array<QString, 2> &addresses);
    LadderColumns::Content content() const { return m_source.content; }
    const QStringList &legend() const { return m_source.legend; }
    const LadderColumns &columns() const { return m_columns; }
    double headerHeight() const;
    /// The two ends, and their states at the top of the visible rows.
    LadderScene header(const std::array<LadderState, 2> &states) const;

    double height(LadderIndex row) const; ///< 0 for the second of two rows that cross
    /// The rows from this one on, with its top at y, until bottom is reached. Begins one row earlier if this is the
    /// second of two that cross. Arrows of rows before fromAbove that arrive here are drawn, too; invalid: of those
    /// before this row.
    LadderScene scene(LadderIndex row, double y, double bottom, LadderIndex fromAbove = {}) const;

    static constexpr int maxRowsAhead = 64;

private:
    LadderUnit unitAt(LadderIndex row) const;
    double layOut(const LadderUnit &unit, double top, LadderScene &scene, LadderWays *ways = nullptr) const;
    double layOutTransits(LadderUnit &unit, double y, LadderScene &scene, LadderWays *ways) const;
    void addWay(const LadderRow &row, LadderIndex index, double tailY, double headY, LadderScene &scene) const;
    void addWays(const LadderWays &ways, double top, LadderIndex fromAbove, LadderScene &scene) const;
    QStringList legendLines() const;
    double layOutLead(const LadderUnit &unit, double top, LadderScene &scene) const;
    double layOutInitialStates(const LadderUnit &unit, double y, LadderScene &scene) const;
    double layOutNarrow(LadderUnit &unit, double y, LadderScene &scene) const;
    double layOutWide(LadderUnit &unit, double y, LadderScene &scene) const;
    double addStack(const LadderRow &row, LadderIndex index, Side side, bool isTail, double y,
                    LadderScene &scene) const;
    QStringList arrowLines(const LadderRow &row, double room) const;
    double addArrowLabels(const LadderUnit &unit, size_t which, double y, LadderScene &scene) const;
    void addArrow(const LadderUnit &unit, size_t which, double y, LadderScene &scene) const;
    bool isSecond(LadderIndex row) const { return row.value() > 0 && m_source.row(row).crossesPrevious; }

    Source m_source;
    LadderColumns m_columns;
    LabelPlacer m_labels;
};
