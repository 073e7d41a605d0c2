// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "wirelayout.h"

#include "ladder/hangingindent.h"
#include "ladder/wirelines.h"

#include <algorithm>

int WireLayout::gapAbove(qsizetype row) const
{
    return row > 0 && lines.rowAt(row).kind == WireLines::Kind::Heading ? lineHeight / 2 : 0;
}

int WireLayout::height(qsizetype row) const
{
    return int(HangingIndent::pieces(lines.textOfRow(row), columns).size()) * lineHeight + gapAbove(row);
}

QRect WireLayout::rect(qsizetype row, qsizetype topRow) const
{
    int y = 0;
    for (qsizetype shown = topRow; shown <= row && shown < lines.count() && y < view.height(); ++shown) {
        const int rowHeight = height(shown);
        if (shown == row)
            return {0, y, view.width(), rowHeight};
        y += rowHeight;
    }
    return {};
}

qsizetype WireLayout::rowAt(int y, qsizetype topRow) const
{
    if (y < 0)
        return std::min(std::max<qsizetype>(0, topRow - 1), lines.count() - 1);
    int bottom = 0;
    qsizetype row = topRow;
    for (; row < lines.count() && bottom < view.height(); ++row) {
        bottom += height(row);
        if (y < bottom)
            return row;
    }
    return std::min(row, lines.count() - 1);
}

qsizetype WireLayout::topRowThatEndsWith(qsizetype row) const
{
    int room = view.height() - height(row);
    for (; row > 0; --row) {
        room -= height(row - 1);
        if (room < 0)
            break;
    }
    return row;
}
