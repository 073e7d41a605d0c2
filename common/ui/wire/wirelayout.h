// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladder/wirelines.h"

#include <QRect>

/// The places of the rows of WireLines, in a view that begins with a given row. Reads visible rows only. A plain value.
struct WireLayout {
    const WireLines &lines;
    QSize view;         ///< in pixels
    int lineHeight = 1; ///< of one line on the screen
    int columns = 80;   ///< of text, in one line on the screen

    int gapAbove(WireRow row) const;               ///< a heading has a gap above it
    int height(WireRow row) const;                 ///< gap included
    QRect rect(WireRow row, WireRow topRow) const; ///< empty: not visible
    /// The row at this height; above or below the view the next invisible one. Invalid: there are no rows.
    WireRow rowAt(int y, WireRow topRow) const;
    /// The top row for which this row is the last completely visible one.
    WireRow topRowThatEndsWith(WireRow row) const;
};
