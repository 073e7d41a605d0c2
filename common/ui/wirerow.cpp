// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "wirerow.h"

#include "ladder/hangingindent.h"
#include "uitools.h"

#include <QPainter>

void paintWireRow(QPainter &painter, const QRect &rect, const QString &text, int columns, const WireRowLook &look,
                  const QPalette &palette)
{
    painter.save();
    const QFontMetrics metrics = painter.fontMetrics();
    const double column = QFontMetricsF(painter.font()).horizontalAdvance(u'0');
    const auto group = look.hasFocus ? QPalette::Active : QPalette::Inactive;
    const bool isFold = look.kind == WireLines::Kind::Fold;
    QColor colour = isFold ? UiTools::quietText(palette) : palette.color(QPalette::Text);
    if (look.isSelected) {
        painter.fillRect(rect, palette.color(group, QPalette::Highlight));
        colour = palette.color(group, QPalette::HighlightedText);
    }
    QFont font = painter.font();
    font.setBold(look.kind == WireLines::Kind::Heading);
    font.setItalic(isFold);
    painter.setFont(font);
    painter.setPen(colour);

    double baseline = rect.top() + metrics.ascent();
    painter.drawText(QPointF(column / 2, baseline), look.mark);
    double left = WireRowLook::marginColumns * column;
    for (const QStringView piece : HangingIndent::pieces(text, columns)) {
        painter.drawText(QPointF(left, baseline), piece.toString());
        left = (WireRowLook::marginColumns + HangingIndent::columns) * column;
        baseline += metrics.height();
    }
    if (look.isCurrent && look.hasFocus) {
        painter.setPen(QPen(colour, 1, Qt::DotLine));
        painter.drawRect(rect.adjusted(0, 0, -1, -1));
    }
    painter.restore();
}
