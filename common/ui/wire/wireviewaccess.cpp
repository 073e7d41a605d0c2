// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// The rows of a WireView for assistive technology.

#include "ladder/spokentext.h"
#include "wireview.h"

qsizetype WireView::accessibleCount() const
{
    return m_lines.count();
}

/// In words: what tcpdump prints is in the details. An ICMP error and a heading are sentences already.
QString WireView::accessibleText(qsizetype row) const
{
    const WireLines::Row shown = m_lines.rowAt(WireRow(row));
    if (shown.kind != WireLines::Kind::Segment)
        return m_lines.textOfRow(WireRow(row));
    const Recording &recording = m_lines.recording();
    const FlowRow segment = m_lines.segmentOfLine(shown.firstLine);
    return recording.flows().at(m_lines.flow()).error(segment.value())
               ? m_lines.textOfRow(WireRow(row))
               : SpokenText::segment(recording, m_lines.flow(), segment, !m_lines.isRelative());
}

QString WireView::accessibleDetails(qsizetype row) const
{
    switch (m_lines.rowAt(WireRow(row)).kind) {
    case WireLines::Kind::Heading:
        return {};
    case WireLines::Kind::Fold:
        return tr("Press Enter to show these segments.");
    case WireLines::Kind::Segment:
        break;
    }
    return m_lines.textOfRow(WireRow(row));
}

QRect WireView::accessibleRect(qsizetype row) const
{
    return rowRect(WireRow(row)) & viewport()->rect();
}

qsizetype WireView::accessibleRowAt(QPoint place) const
{
    return rows().rowAt(place.y(), topRow()).value();
}

qsizetype WireView::accessibleCurrent() const
{
    return m_current.isValid() ? m_lines.rowOfLine(m_current).value() : -1;
}

bool WireView::isAccessibleSelected(qsizetype row) const
{
    return m_selection.touches(rangeOf(WireRow(row)));
}

void WireView::goToAccessible(qsizetype row)
{
    select(WireRow(row), Extend::No);
}
