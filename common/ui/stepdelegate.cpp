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

void paintText(QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect, const Ranges &escapes)
{
    const QString shown = option.fontMetrics.elidedText(option.text, Qt::ElideRight, rect.width());
    // A peer's right-to-left letters must not turn the line around.
    QTextOption direction;
    direction.setTextDirection(Qt::LeftToRight);
    direction.setWrapMode(QTextOption::NoWrap);
    QTextLayout layout(shown, option.font);
    layout.setTextOption(direction);
    const bool wasCut = shown != option.text;
    layout.setFormats(tints(escapes, shown.size() - (wasCut ? 1 : 0), option));
    layout.beginLayout();
    QTextLine line = layout.createLine();
    layout.endLayout();
    if (!line.isValid())
        return;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const auto group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    painter->setPen(option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text));
    layout.draw(painter, QPointF(rect.x(), rect.y() + (rect.height() - line.height()) / 2));
}

} // namespace

void StepDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (!index.data(StepModel::EventRole).toBool())
        return;
    option->font.setItalic(true);
    option->fontMetrics = QFontMetrics(option->font);
    option->palette.setColor(QPalette::Text, UiTools::quietText(option->palette));
}

void StepDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (index.column() != StepModel::TextColumn) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    QStyleOptionViewItem background = item;
    background.text.clear();
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, item.widget);
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &item, item.widget) + 1;
    painter->save();
    painter->setClipRect(item.rect);
    paintText(painter, item, item.rect.adjusted(margin, 0, -margin, 0),
              index.data(StepModel::EscapesRole).value<Ranges>());
    painter->restore();
}
