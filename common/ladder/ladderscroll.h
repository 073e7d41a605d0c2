// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderlayout.h"

/// Where a ladder stands that scrolls by rows: the first row in sight is whole, unless it is higher than the view. A
/// position is a scroll bar's value. Looks at the rows in sight only. A plain value.
struct LadderScroll {
    static constexpr int unitsPerRow = 32; ///< of the scroll bar: within a row that is higher than the view

    const LadderLayout &layout;
    qsizetype count = 0; ///< of rows
    double room = 0;     ///< of the view, in pixels

    static qsizetype topRow(int value) { return value / unitsPerRow; }
    double hiddenAbove(int value) const; ///< of the top row, in pixels
    int most() const { return count == 0 ? 0 : valueThatEndsWith(count - 1); }
    int valueThatEndsWith(qsizetype row) const; ///< with which that row is the last to be seen
    int valueThatShows(qsizetype row,
                       int current) const; ///< the nearest to the current one with which that row is whole
    int step(int value) const;             ///< to the next position
};
