// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QRect>

class WireLines;

/// Where the rows of WireLines stand, in a view that begins with one of them. Looks at those in sight only. A plain
/// value.
struct WireLayout {
    const WireLines &lines;
    QSize view;         ///< in pixels
    int lineHeight = 1; ///< of one line on the screen
    int columns = 80;   ///< of text, in one line on the screen

    int gapAbove(qsizetype row) const;                 ///< a heading has air above it
    int height(qsizetype row) const;                   ///< gap included
    QRect rect(qsizetype row, qsizetype topRow) const; ///< empty: not in sight
    /// The row at that height; above and below the view the next one out of sight. -1: there are none.
    qsizetype rowAt(int y, qsizetype topRow) const;
    /// The top row with which that row is the last to be seen whole.
    qsizetype topRowThatEndsWith(qsizetype row) const;
};
