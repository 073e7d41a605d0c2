// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "wirelayout.h"

#include "ladder/hangingindent.h"

#include <algorithm>

int WireLayout::gapAbove(WireRow row) const
{
    return row.value() > 0 && lines.rowAt(row).kind == WireLines::Kind::Heading ? lineHeight / 2 : 0;
}

int WireLayout::height(WireRow row) const
{
    return int(HangingIndent::pieces(lines.textOfRow(row), columns).size()) * lineHeight + gapAbove(row);
}

QRect WireLayout::rect(WireRow row, WireRow topRow) const
{
    int y = 0;
    for (WireRow shown = topRow; shown <= row && shown.value() < lines.count() && y < view.height(); ++shown) {
        const int rowHeight = height(shown);
        if (shown == row)
            return {0, y, view.width(), rowHeight};
        y += rowHeight;
    }
    return {};
}

WireRow WireLayout::rowAt(int y, WireRow topRow) const
{
    const WireRow last(lines.count() - 1);
    if (y < 0)
        return std::min(std::max(WireRow(0), topRow - 1), last);
    int bottom = 0;
    WireRow row = topRow;
    for (; row <= last && bottom < view.height(); ++row) {
        bottom += height(row);
        if (y < bottom)
            return row;
    }
    return std::min(row, last);
}

WireRow WireLayout::topRowThatEndsWith(WireRow row) const
{
    int room = view.height() - height(row);
    for (; row.value() > 0; row = row - 1) {
        room -= height(row - 1);
        if (room < 0)
            break;
    }
    return row;
}
