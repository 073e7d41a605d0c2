// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderscroll.h"

#include <algorithm>
#include <cmath>

double LadderScroll::hiddenAbove(int value) const
{
    const double height = layout.height(topRow(value));
    return height > room ? double(value % unitsPerRow) / unitsPerRow * height : 0;
}

int LadderScroll::valueThatEndsWith(LadderIndex last) const
{
    const qsizetype row = last.value();
    double left = room;
    for (qsizetype top = row; top >= 0; --top) {
        const double height = layout.height(LadderIndex(top));
        if (height <= left) {
            left -= height;
            continue;
        }
        qsizetype whole = top + 1;
        if (whole <= row && layout.height(LadderIndex(whole)) == 0) // it crosses the row above, which does not fit
            ++whole;
        if (whole <= row)
            return int(whole) * unitsPerRow;
        return int(top) * unitsPerRow + int(std::ceil((height - left) / height * unitsPerRow));
    }
    return 0;
}

int LadderScroll::valueThatShows(LadderIndex row, int current) const
{
    const int atTop = int(row.value()) * unitsPerRow;
    if (current >= atTop)
        return atTop;
    return std::max(current, std::min(valueThatEndsWith(row), atTop));
}

int LadderScroll::step(int value) const
{
    const double height = layout.height(topRow(value));
    return height > room ? std::max(1, int(room / height * unitsPerRow / 2)) : unitsPerRow;
}
