// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// The rows of a LadderView for assistive technology.

#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "ladder/laddertext.h"
#include "ladder/spokentext.h"
#include "ladderview.h"

#include <algorithm>

qsizetype LadderView::accessibleCount() const
{
    return m_model.count();
}

QString LadderView::accessibleText(qsizetype row) const
{
    return SpokenText::row(m_model, LadderIndex(row));
}

QString LadderView::accessibleDetails(qsizetype row) const
{
    return LadderText::described(LadderRows::make(m_model, LadderIndex(row)));
}

QRect LadderView::accessibleRect(qsizetype row) const
{
    const std::vector<LadderRowPlace> &rows = scene().rows;
    const auto place = std::ranges::find(rows, LadderIndex(row), &LadderRowPlace::row);
    if (place == rows.end())
        return {};
    const double top = std::max(place->top, m_layout->headerHeight());
    const double bottom = std::min(place->bottom, legendTop());
    return top < bottom ? QRectF(0, top, viewport()->width(), bottom - top).toAlignedRect() : QRect();
}

qsizetype LadderView::accessibleRowAt(QPoint place) const
{
    return isAmongRows(place.y()) ? scene().hitTest(place).row.value() : -1;
}

qsizetype LadderView::accessibleCurrent() const
{
    return m_marks.current.value();
}

bool LadderView::isAccessibleSelected(qsizetype row) const
{
    return m_marks.current == LadderIndex(row);
}

void LadderView::goToAccessible(qsizetype row)
{
    setCurrentRow(LadderIndex(row));
}
