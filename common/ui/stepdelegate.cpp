// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepdelegate.h"

#include "steps/stepmodel.h"
#include "steps/steptext.h"
#include "uitools.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

namespace {

using Ranges = QList<StepText::Range>;

QList<QTextLayout::FormatRange> tints(const Ranges &escapes, qsizetype shownLength, const QStyleOptionViewItem &option)
{
    QTextCharFormat format;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (!selected)
        format.setBackground(UiTools::escapeBackground(option.palette));
    format.setUnderlineStyle(QTextCharFormat::DotLine);
    QList<QTextLayout::FormatRange> formats;
    for (const StepText::Range &range : escapes) {
        const qsizetype length = qMin(range.length, shownLength - range.start);
        if (length > 0)
            formats.append({int(range.start), int(length), format});
    }
    return formats;
}

/// One line, laid out once where it fits.
void paintText(QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect, Qt::Alignment alignment,
               const QString &text, const Ranges &escapes)
{
    // A peer's right-to-left letters must not turn the line around.
    QTextOption direction;
    direction.setTextDirection(Qt::LeftToRight);
    direction.setWrapMode(QTextOption::NoWrap);
    QTextLayout layout(text, option.font);
    layout.setTextOption(direction);
    const auto lineOf = [&layout](const QList<QTextLayout::FormatRange> &formats) {
        layout.setFormats(formats);
        layout.beginLayout();
        const QTextLine line = layout.createLine();
        layout.endLayout();
        return line;
    };
    QTextLine line = lineOf(tints(escapes, text.size(), option));
    if (line.isValid() && line.naturalTextWidth() > rect.width()) {
        layout.setText(option.fontMetrics.elidedText(text, Qt::ElideRight, rect.width()));
        line = lineOf(tints(escapes, layout.text().size() - 1, option));
    }
    if (!line.isValid())
        return;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const auto group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    painter->setPen(option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text));
    const double room = rect.width() - line.naturalTextWidth();
    layout.draw(painter, QPointF(rect.x() + (alignment.testFlag(Qt::AlignRight) ? room : 0),
                                 rect.y() + (rect.height() - line.height()) / 2));
}

} // namespace

/// Not by way of QStyledItemDelegate, which asks for more, and lays a text out several times: this is most of what a log costs
/// while much happens.
void StepDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    item.index = index;
    if (index.data(StepModel::EventRole).toBool()) {
        item.font.setItalic(true);
        item.fontMetrics = QFontMetrics(item.font);
        item.palette.setColor(QPalette::Text, UiTools::quietText(item.palette));
    }
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    if (item.state & (QStyle::State_Selected | QStyle::State_HasFocus | QStyle::State_MouseOver))
        style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &item, item.widget) + 1;
    painter->save();
    painter->setClipRect(item.rect);
    paintText(painter, item, item.rect.adjusted(margin, 0, -margin, 0),
              Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()), index.data().toString(),
              index.data(StepModel::EscapesRole).value<Ranges>());
    painter->restore();
}
