// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepdelegate.h"

#include "steps/stepmodel.h"
#include "ui/tools/uitools.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

namespace {

using Formats = QList<QTextLayout::FormatRange>;

/// The look of a line of text.
struct Look {
    QFont font;
    QFontMetrics metrics;
    QFont noteFont;
    QColor color;
    QColor noteColor;
    QColor tint; ///< background of escapes; invalid: none
};

/// The formats of the cell's text up to textEnd, and of its note from noteStart on.
Formats formatsOf(const StepModel::Cell &cell, qsizetype textEnd, qsizetype noteStart, const Look &look)
{
    QTextCharFormat escape;
    if (look.tint.isValid())
        escape.setBackground(look.tint);
    escape.setUnderlineStyle(QTextCharFormat::DotLine);
    Formats formats;
    for (const StepText::Range &range : cell.escapes) {
        const qsizetype length = qMin(range.length, textEnd - range.start);
        if (length > 0)
            formats.append({int(range.start), int(length), escape});
    }
    if (!cell.note.isEmpty()) {
        QTextCharFormat note;
        note.setFont(look.noteFont);
        note.setForeground(look.noteColor);
        formats.append({int(noteStart), int(cell.note.size()) + 1, note});
    }
    return formats;
}

/// Paints one line. Lays it out only once if it fits.
void paintText(QPainter *painter, const QRect &rect, bool toTheRight, const StepModel::Cell &cell, const Look &look)
{
    // A peer's right-to-left letters must not reverse the line.
    QTextOption direction;
    direction.setTextDirection(Qt::LeftToRight);
    direction.setWrapMode(QTextOption::NoWrap);
    const QString note = cell.note.isEmpty() || cell.text.endsWith(u' ') ? cell.note : u' ' + cell.note;
    QTextLayout layout(cell.text + note, look.font);
    layout.setTextOption(direction);
    const auto lineOf = [&layout](const Formats &formats) {
        layout.setFormats(formats);
        layout.beginLayout();
        const QTextLine line = layout.createLine();
        layout.endLayout();
        return line;
    };
    QTextLine line = lineOf(formatsOf(cell, cell.text.size(), cell.text.size(), look));
    if (line.isValid() && line.naturalTextWidth() > rect.width()) {
        const int room = rect.width() - (note.isEmpty() ? 0 : look.metrics.horizontalAdvance(note));
        const QString shown = look.metrics.elidedText(cell.text, Qt::ElideRight, room);
        layout.setText(shown + note);
        line = lineOf(formatsOf(cell, shown.size() - 1, shown.size(), look));
    }
    if (!line.isValid())
        return;
    painter->setPen(look.color);
    const double room = rect.width() - line.naturalTextWidth();
    layout.draw(painter, QPointF(rect.x() + (toTheRight ? room : 0), rect.y() + (rect.height() - line.height()) / 2));
}

/// Paints → for sent messages and ← for received ones. They are painted because not every font has both in the same
/// size.
void paintArrow(QPainter *painter, const QRectF &room, bool isSent, const QColor &color, double width)
{
    const double head = room.width() * 0.3;
    const QPointF tip(isSent ? room.right() : room.left(), room.center().y());
    const QPointF tail(isSent ? room.left() : room.right(), tip.y());
    const double back = isSent ? -head : head;
    const QPointF barbs[] = {tip + QPointF(back, -head), tip, tip + QPointF(back, head)};
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawLine(tail, tip);
    painter->drawPolyline(barbs, 3);
}

} // namespace

StepDelegate::StepDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
    setFont(QApplication::font());
}

void StepDelegate::setFont(const QFont &font)
{
    QFont step = font;
    step.setWeight(QFont::DemiBold);
    const QFont figures = UiTools::figuresFont(font);
    m_text = {font, QFontMetrics(font)};
    m_step = {step, QFontMetrics(step)};
    m_figures = {figures, QFontMetrics(figures)};
    m_arrowRoom = m_text.metrics.height() * 3 / 2;
}

/// Bypasses QStyledItemDelegate, which requests more data and lays out a text several times. Painting is most of the
/// cost of a log while many things happen.
void StepDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto cell = index.data(StepModel::CellRole).value<StepModel::Cell>();
    QStyleOptionViewItem item = option;
    item.index = index;
    item.state &= ~QStyle::State_HasFocus; // the view paints a frame around the row
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    if (item.state & (QStyle::State_Selected | QStyle::State_MouseOver))
        style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const bool isText = index.column() == StepModel::TextColumn;
    const Face &face = !isText ? m_figures : cell.isEvent ? m_text : m_step;
    const bool isSelected = item.state.testFlag(QStyle::State_Selected);
    const auto group = item.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    const QColor quiet = UiTools::quietText(item.palette);
    const bool isQuiet = cell.isEvent || index.column() == StepModel::TimeColumn;
    Look look{face.font,   face.metrics,
              m_text.font, isQuiet ? quiet : item.palette.color(group, QPalette::Text),
              quiet,       UiTools::escapeBackground(item.palette)};
    if (isSelected) {
        look.color = look.noteColor = item.palette.color(group, QPalette::HighlightedText);
        look.tint = QColor();
    }
    // The same margin as in the header.
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &item, item.widget) + 1;
    QRect room = item.rect.adjusted(margin, 0, -margin, 0);
    painter->save();
    painter->setClipRect(item.rect);
    if (isText) {
        const int gap = m_arrowRoom / 6;
        if (cell.kind == StepKind::Send || cell.kind == StepKind::Recv)
            paintArrow(painter, QRectF(room.x() + gap, room.y(), m_arrowRoom - 3 * gap, room.height()),
                       cell.kind == StepKind::Send, look.color, qMax(1.4, m_text.metrics.height() / 10.0));
        room.setLeft(room.left() + m_arrowRoom);
    }
    paintText(painter, room, index.column() == StepModel::BytesColumn, cell, look);
    painter->restore();
}

#include "moc_stepdelegate.cpp"
