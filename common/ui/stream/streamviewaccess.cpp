// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// The rows of a StreamView for assistive technology.

#include "streamview.h"

#include <algorithm>

qsizetype StreamView::accessibleCount() const
{
    return m_reader.count();
}

/// The arrow in words, then what is painted.
QString StreamView::accessibleText(qsizetype row) const
{
    const StreamPart part = m_reader.row(StreamRow(row));
    if (part.size() == 0)
        return {};
    const bool isClient = m_reader.runAt(part.place).sender == Side::Client;
    return (isClient ? tr("Client: %1") : tr("Server: %1")).arg(rowText(StreamRow(row)));
}

QString StreamView::accessibleDetails(qsizetype row) const
{
    Q_UNUSED(row)
    return {}; // the text is complete
}

QRect StreamView::accessibleRect(qsizetype row) const
{
    const int height = fontMetrics().height();
    const qsizetype below = row - topRow().value();
    if (below < 0 || below > rowsShown())
        return {};
    return QRect(0, int(below) * height, viewport()->width(), height) & viewport()->rect();
}

qsizetype StreamView::accessibleRowAt(QPoint place) const
{
    return rowAt(place.y()).value();
}

qsizetype StreamView::accessibleCurrent() const
{
    return std::min(m_current, StreamRow(m_reader.count() - 1)).value();
}

bool StreamView::isAccessibleSelected(qsizetype row) const
{
    return m_current.isValid() && StreamRow(row) >= std::min(m_current, m_anchor) &&
           StreamRow(row) <= std::max(m_current, m_anchor);
}

void StreamView::goToAccessible(qsizetype row)
{
    select(StreamRow(row), false);
}
