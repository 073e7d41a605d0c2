// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "wirerow.h"

#include "ladder/hangingindent.h"
#include "ladder/wirespans.h"
#include "picture/colors.h"

#include <QPainter>
#include <QPalette>

#include <algorithm>

namespace {

/// The fonts and colours of the parts of a row.
struct Inks {
    QFont plainFont;
    QFont flagsFont;
    QColor plain;
    QColor flags;
    QColor quiet;

    void use(QPainter &painter, WireSpan::Look look) const
    {
        painter.setFont(look == WireSpan::Look::Flags ? flagsFont : plainFont);
        painter.setPen(look == WireSpan::Look::Flags ? flags : look == WireSpan::Look::Quiet ? quiet : plain);
    }
};

Inks inksOf(const QFont &font, const WireRowLook &look, const QPalette &palette)
{
    const Colors &colors = Colors::of(palette);
    const auto group = look.hasFocus ? QPalette::Active : QPalette::Inactive;
    Inks inks{font, font, palette.color(QPalette::Text), colors.accent, colors.quietText};
    if (look.isSelected)
        inks.plain = inks.flags = inks.quiet = palette.color(group, QPalette::HighlightedText);
    else if (look.kind == WireLines::Kind::Fold)
        inks.plain = colors.quietText;
    inks.plainFont.setBold(look.kind == WireLines::Kind::Heading);
    inks.plainFont.setItalic(look.kind == WireLines::Kind::Fold);
    inks.flagsFont.setBold(true);
    return inks;
}

} // namespace

void paintWireRow(QPainter &painter, const QRect &rect, const QString &text, int columns, const WireRowLook &look,
                  const QPalette &palette)
{
    painter.save();
    const QFontMetrics metrics = painter.fontMetrics();
    const double column = QFontMetricsF(painter.font()).horizontalAdvance(u'0');
    const Inks inks = inksOf(painter.font(), look, palette);
    if (look.isSelected)
        painter.fillRect(rect,
                         palette.color(look.hasFocus ? QPalette::Active : QPalette::Inactive, QPalette::Highlight));
    const std::vector<WireSpan> spans =
        look.kind == WireLines::Kind::Segment ? wireSpans(text) : std::vector<WireSpan>{{text}};

    double baseline = rect.top() + metrics.ascent();
    inks.use(painter, WireSpan::Look::Plain);
    painter.drawText(QPointF(column / 2, baseline), look.mark);
    double left = WireRowLook::marginColumns * column;
    for (const QStringView piece : HangingIndent::pieces(text, columns)) {
        for (const WireSpan &span : spans) {
            const QChar *from = std::max(piece.begin(), span.text.begin());
            const QChar *to = std::min(piece.end(), span.text.end());
            if (from >= to)
                continue;
            inks.use(painter, span.look); // each starts at its column, since a bold font may be wider
            painter.drawText(QPointF(left + double(from - piece.begin()) * column, baseline), QString(from, to - from));
        }
        left = (WireRowLook::marginColumns + HangingIndent::columns) * column;
        baseline += metrics.height();
    }
    if (look.isCurrent && look.hasFocus) {
        painter.setPen(QPen(inks.plain, 1, Qt::DotLine));
        painter.drawRect(rect.adjusted(0, 0, -1, -1));
    }
    painter.restore();
}
