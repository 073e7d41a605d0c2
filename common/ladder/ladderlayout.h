// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "labelplacer.h"
#include "laddercolumns.h"
#include "ladderrow.h"
#include "ladderscene.h"

#include <functional>

/// Rows to lines, labels and arrows. Looks only at the rows it is asked about, and at the one before and behind them.
/// Pure; made anew for each width and font.
///
/// Two arrows that cross (LadderRow::crossesPrevious) are laid out together: the first of the two rows has the height
/// of both, the second none.
class LadderLayout
{
public:
    /// What to lay out. Any of these may be called for rows 0 ≤ row < count.
    struct Source {
        qsizetype count = 0;
        std::function<LadderRow(qsizetype)> row;
        std::array<QString, 2> addresses; ///< by Side; may be empty
        LadderColumns::Content content = {};
    };

    LadderLayout(Source source, const TextMetrics &metrics, double width);

    /// There are more rows, or the ends are known now.
    void setSource(qsizetype count, const std::array<QString, 2> &addresses);
    LadderColumns::Content content() const { return m_source.content; }
    const LadderColumns &columns() const { return m_columns; }
    double headerHeight() const;
    /// The two ends, and the states at the top of what is seen below.
    LadderScene header(const std::array<LadderState, 2> &states) const;

    double height(qsizetype row) const; ///< 0 for the second of two rows that cross
    /// Rows from one on, that one's top at y, until bottom is reached. Begins a row earlier if that one is the second
    /// of two.
    LadderScene scene(qsizetype row, double y, double bottom) const;

private:
    struct Unit;

    Unit unitAt(qsizetype row) const;
    double layOut(const Unit &unit, double top, LadderScene &scene) const;
    double layOutLead(const Unit &unit, double top, LadderScene &scene) const;
    double layOutInitialStates(const Unit &unit, double y, LadderScene &scene) const;
    double layOutNarrow(Unit &unit, double y, LadderScene &scene) const;
    double layOutWide(Unit &unit, double y, LadderScene &scene) const;
    double addStack(const LadderRow &row, qsizetype index, Side side, bool isTail, double y, LadderScene &scene) const;
    QStringList arrowLines(const LadderRow &row, double room) const;
    double addArrowLabels(const Unit &unit, size_t which, double y, LadderScene &scene) const;
    void addArrow(const Unit &unit, size_t which, double y, LadderScene &scene) const;
    void addBands(const Unit &unit, double top, double bottom, LadderScene &scene) const;
    static void addBand(LadderScene &scene, const LadderBand &band);
    std::array<LadderState, 2> before(const Unit &unit) const;
    bool isSecond(qsizetype row) const { return row > 0 && m_source.row(row).crossesPrevious; }

    Source m_source;
    LadderColumns m_columns;
    LabelPlacer m_labels;
};
