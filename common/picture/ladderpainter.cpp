// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderpainter.h"

#include "colors.h"
#include "packets/segment.h"

#include <QPainter>
#include <QPainterPath>
#include <QStringTokenizer>

#include <algorithm>
#include <cmath>

namespace {

using Kind = LadderLabel::Kind;

} // namespace

LadderPainter::LadderPainter(const QFont &font, const QPalette &palette)
    : m_font(font)
    , m_base(palette.color(QPalette::Base))
    , m_text(palette.color(QPalette::Text))
    , m_quiet(Colors::of(palette).quietText)
    , m_line(Colors::of(palette).line)
    , m_accent(palette.color(QPalette::Highlight))
    , m_error(Colors::of(palette).error)
    , m_box(Colors::mix(m_base, m_accent, 0.14))
{
}

std::vector<std::pair<QColor, QColor>> LadderPainter::textOnBackground() const
{
    const QColor selected = Colors::mix(m_base, m_accent, 0.28);
    return {{m_text, m_base},
            {m_text, m_box},
            {m_quiet, m_base},
            {m_text, selected},
            {m_quiet, Colors::mix(m_base, m_accent, 0.12)}};
}

LadderPainter::Mark LadderPainter::markOf(LadderIndex row, const LadderMarks &marks)
{
    if (!row.isValid())
        return Mark::None;
    if (row == marks.current)
        return Mark::Current;
    if (std::binary_search(marks.rows.cbegin(), marks.rows.cend(), row))
        return Mark::Step;
    if (row == marks.ackRow)
        return Mark::Ack;
    return row == marks.hovered ? Mark::Hovered : Mark::None;
}

void LadderPainter::paint(QPainter &painter, const LadderScene &scene, const LadderMarks &marks) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    paintRows(painter, scene, marks);
    painter.setPen(QPen(Colors::mix(m_base, m_text, 0.25), 1));
    for (const LadderRule &rule : scene.rules)
        painter.drawLine(QPointF(rule.left, rule.y), QPointF(rule.right, rule.y));
    for (const LadderBand &band : scene.bands)
        paintBand(painter, band, scene.unit);
    paintTicks(painter, scene);
    for (const LadderArrow &arrow : scene.arrows)
        paintArrow(painter, arrow, scene.unit, markOf(arrow.row, marks));
    for (const LadderLabel &label : scene.labels)
        paintLabel(painter, label, scene.unit, marks);
    painter.restore();
}

void LadderPainter::paintRows(QPainter &painter, const LadderScene &scene, const LadderMarks &marks) const
{
    for (const LadderRowPlace &place : scene.rows) {
        const Mark mark = markOf(place.row, marks);
        if (mark == Mark::None || place.bottom <= place.top)
            continue;
        const QRectF rect(0.5, place.top + 0.5, scene.width - 1, place.bottom - place.top - 1);
        painter.fillRect(rect, backgroundOf(mark));
        if (mark == Mark::Hovered)
            continue;
        // Not only the colour distinguishes the selected row, the step's segments and the acknowledgement: a line at
        // the edge does so too.
        const Qt::PenStyle style = mark == Mark::Ack ? Qt::DotLine : Qt::SolidLine;
        painter.setPen(QPen(m_accent, mark == Mark::Current ? 4 : 2, style, Qt::FlatCap));
        painter.drawLine(QPointF(2, rect.top()), QPointF(2, rect.bottom()));
        if (mark == Mark::Current && marks.hasFocus) {
            painter.setPen(QPen(m_text, 1, Qt::DotLine));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(rect);
        }
    }
}

QColor LadderPainter::backgroundOf(Mark mark) const
{
    if (mark == Mark::None)
        return m_base;
    const double share = mark == Mark::Current ? 0.28 : mark == Mark::Step ? 0.2 : mark == Mark::Ack ? 0.12 : 0.07;
    return Colors::mix(m_base, m_accent, share);
}

QColor LadderPainter::bandColor(TcpState state) const
{
    switch (state) {
    case TcpState::Established:
        return Colors::mix(m_base, m_accent, 0.75);
    case TcpState::TimeWait:
        return m_base;
    case TcpState::SynSent:
    case TcpState::SynReceived:
        return Colors::mix(m_base, m_accent, 0.25);
    default:
        return Colors::mix(m_base, m_accent, 0.45);
    }
}

void LadderPainter::paintBand(QPainter &painter, const LadderBand &band, double unit) const
{
    const QPointF top(band.x, band.top);
    const QPointF bottom(band.x, band.bottom);
    const bool isKnown = band.state.source != LadderState::Source::Unknown;
    if (band.isGap) {
        painter.setPen(QPen(m_line, 1.5, Qt::DotLine, Qt::FlatCap));
        painter.drawLine(top, bottom);
        return;
    }
    if (!isKnown || band.state.state == TcpState::Closed) {
        painter.setPen(QPen(m_line, 1, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(top, bottom);
        return;
    }
    const double half = 0.18 * unit;
    if (band.state.state == TcpState::Listen) { // the state of the listening socket, not of the connection
        painter.setPen(QPen(m_line, 1, Qt::DashLine, Qt::FlatCap));
        painter.drawLine(top - QPointF(half, 0), bottom - QPointF(half, 0));
        painter.drawLine(top + QPointF(half, 0), bottom + QPointF(half, 0));
        return;
    }
    painter.fillRect(QRectF(top.x() - half, top.y(), 2 * half, bottom.y() - top.y()), bandColor(band.state.state));
    painter.setPen(QPen(m_line, 1, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(top - QPointF(half, 0), bottom - QPointF(half, 0));
    painter.drawLine(top + QPointF(half, 0), bottom + QPointF(half, 0));
}

/// Paints a short line where a state begins.
void LadderPainter::paintTicks(QPainter &painter, const LadderScene &scene) const
{
    painter.setPen(QPen(m_text, 1.2, Qt::SolidLine, Qt::FlatCap));
    std::array<const LadderBand *, 2> previous{};
    for (const LadderBand &band : scene.bands) {
        const LadderBand *&before = previous[size_t(band.side)];
        if (before && before->state.state != band.state.state)
            painter.drawLine(QPointF(band.x - 0.35 * scene.unit, band.top),
                             QPointF(band.x + 0.35 * scene.unit, band.top));
        before = &band;
    }
}

void LadderPainter::paintArrow(QPainter &painter, const LadderArrow &arrow, double unit, Mark mark) const
{
    const QPointF whole = arrow.head - arrow.tail;
    const QPointF along = whole / std::hypot(whole.x(), whole.y());
    const bool isStrong =
        arrow.carriesBytes || arrow.isError || (arrow.flags & (Segment::Syn | Segment::Fin | Segment::Rst)) != 0;
    QPen pen(arrow.isError ? m_error : m_text, (isStrong ? 1.8 : 1.1) + (mark >= Mark::Ack ? 0.8 : 0), Qt::SolidLine,
             Qt::FlatCap);
    if (arrow.isDashed)
        pen.setDashPattern({5, 3});
    else if (arrow.isError)
        pen.setDashPattern({1.5, 2});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    // The line ends inside the arrowhead, so that the point stays sharp.
    const bool hasCross = (arrow.flags & Segment::Rst) || arrow.arrival == LadderRow::Arrival::Lost;
    const double back = 0.2 * unit + (hasCross ? 0.35 * unit : 0);
    painter.drawLine(arrow.tail + along * 0.2 * unit, arrow.head - along * (back + 0.1 * unit));
    pen.setStyle(Qt::SolidLine);
    painter.setPen(pen);
    paintTail(painter, arrow, along, unit);
    paintHead(painter, arrow, along, unit);
}

void LadderPainter::paintTail(QPainter &painter, const LadderArrow &arrow, QPointF along, double unit) const
{
    const QPointF across(-along.y(), along.x());
    if (arrow.isDuplicate) { // a fork
        for (const double side : {-0.28, 0.28})
            painter.drawLine(arrow.tail + along * 0.5 * unit, arrow.tail + across * side * unit);
    }
    if (arrow.flags & Segment::Syn) {
        painter.setBrush(m_base);
        painter.drawEllipse(arrow.tail + along * 0.5 * unit, 0.2 * unit, 0.2 * unit);
    }
    if (arrow.flags & Segment::Fin) {
        for (const double at : {0.45, 0.65}) {
            const QPointF middle = arrow.tail + along * at * unit;
            painter.drawLine(middle - across * 0.25 * unit, middle + across * 0.25 * unit);
        }
    }
}

void LadderPainter::paintHead(QPainter &painter, const LadderArrow &arrow, QPointF along, double unit) const
{
    const QPointF across(-along.y(), along.x());
    const QPointF tip = arrow.head - along * 0.2 * unit;
    if (arrow.arrival == LadderRow::Arrival::Awaited || arrow.arrival == LadderRow::Arrival::NotSeen || arrow.isCut)
        return;
    if (arrow.arrival == LadderRow::Arrival::OnItsWay || arrow.arrival == LadderRow::Arrival::Held) { // a dot
        painter.setBrush(m_text);
        painter.drawEllipse(tip, 0.25 * unit, 0.25 * unit);
        return;
    }
    if ((arrow.flags & Segment::Rst) || arrow.arrival == LadderRow::Arrival::Lost) {
        const QPointF middle = tip - along * 0.3 * unit;
        const QPointF one = (along + across) * 0.26 * unit;
        const QPointF other = (along - across) * 0.26 * unit;
        painter.drawLine(middle - one, middle + one);
        painter.drawLine(middle - other, middle + other);
        return;
    }
    const QPointF left = tip - along * 0.6 * unit + across * 0.24 * unit;
    const QPointF right = tip - along * 0.6 * unit - across * 0.24 * unit;
    const bool isOpen = !arrow.carriesBytes && (arrow.flags & (Segment::Syn | Segment::Fin)) == 0;
    QPainterPath head(left);
    head.lineTo(tip);
    head.lineTo(right);
    if (!isOpen)
        head.closeSubpath();
    painter.setBrush(isOpen ? QBrush(Qt::NoBrush) : QBrush(m_text));
    painter.drawPath(head);
}

QFont LadderPainter::fontOf(const LadderLabel &label) const
{
    QFont font = m_font;
    font.setBold(label.kind == Kind::EndName || label.kind == Kind::State);
    font.setItalic(label.kind == Kind::Notes || label.kind == Kind::Heading);
    return font;
}

void LadderPainter::paintLabel(QPainter &painter, const LadderLabel &label, double unit, const LadderMarks &marks) const
{
    if (label.hidesLines)
        painter.fillRect(label.rect, backgroundOf(markOf(label.row, marks)));
    painter.setPen(QPen(m_text, 1));
    if (label.kind == Kind::Step || label.kind == Kind::InferredStep) {
        const bool isSelected = label.step.isValid() && label.step == marks.step && label.kind == Kind::Step;
        QPen border(label.kind == Kind::InferredStep ? m_line : m_accent, isSelected ? 2.2 : 1);
        if (label.kind == Kind::InferredStep)
            border.setDashPattern({3, 3});
        painter.setPen(border);
        painter.setBrush(label.kind == Kind::InferredStep ? QBrush(Qt::NoBrush) : QBrush(m_box));
        painter.drawRoundedRect(label.rect.adjusted(0.5, 0.5, -0.5, -0.5), 0.25 * unit, 0.25 * unit);
    }
    const bool isQuiet = label.kind == Kind::Event || label.kind == Kind::Gap || label.kind == Kind::Heading ||
                         label.kind == Kind::InferredStep || label.kind == Kind::More || label.kind == Kind::Legend ||
                         label.kind == Kind::Address || label.kind == Kind::Time || label.kind == Kind::StateAtTop;
    // Quiet text would be hard to read on the background of a selected row or step.
    const QColor color = isQuiet && markOf(label.row, marks) < Mark::Step ? m_quiet : m_text;
    if (label.source != LadderState::Source::Unknown) { // filled: the kernel reported it; hollow: inferred
        painter.setPen(QPen(color, 1.2));
        painter.setBrush(label.source == LadderState::Source::Kernel ? QBrush(color) : QBrush(Qt::NoBrush));
        painter.drawEllipse(QPointF(label.rect.left() + 0.35 * unit, label.start.y()), 0.2 * unit, 0.2 * unit);
    }
    painter.setPen(color);
    const QFont font = fontOf(label);
    painter.setFont(font);
    const QFontMetricsF metrics(font, painter.device());
    QPointF baseline = label.start + QPointF(0, (metrics.ascent() - metrics.descent()) / 2);
    for (const QStringView line : QStringTokenizer(label.text, u'\n')) {
        painter.drawText(baseline, line.toString());
        baseline.ry() += unit;
    }
}
