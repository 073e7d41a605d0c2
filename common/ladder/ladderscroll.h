// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderlayout.h"

/// The positions of a ladder that scrolls by rows: the first visible row is complete, unless it is higher than the
/// view. A position is the value of a scroll bar. Reads visible rows only. A plain value.
struct LadderScroll {
    static constexpr int unitsPerRow = 32; ///< of the scroll bar: to scroll within a row that is higher than the view

    const LadderLayout &layout;
    qsizetype count = 0; ///< of rows
    double room = 0;     ///< of the view, in pixels

    static LadderIndex topRow(int value) { return LadderIndex(value / unitsPerRow); }
    double hiddenAbove(int value) const; ///< of the top row, in pixels
    int max() const { return count == 0 ? 0 : valueThatEndsWith(LadderIndex(count - 1)); }
    int valueThatEndsWith(LadderIndex last) const; ///< at which this row is the last visible one
    /// The nearest to the current one at which this row is completely visible.
    int valueThatShows(LadderIndex row, int current) const;
    int step(int value) const; ///< to the next position
};
