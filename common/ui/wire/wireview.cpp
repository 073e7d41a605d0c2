// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "wireview.h"

#include "ladder/selection.h"
#include "ui/tools/uitools.h"

#include <QAction>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLocale>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace {

constexpr QChar stepMark(0x25b8); ///< ▸
constexpr QChar ackMark(0x2713);  ///< ✓

} // namespace

WireView::WireView(WireLines &lines, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_lines(lines)
    , m_follower(verticalScrollBar(), this)
{
    UiTools::describe(this, "wireView", tr("Segments as tcpdump prints them"));
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    viewport()->setBackgroundRole(QPalette::Base);
    createActions();
    connect(&m_follower, &NewestFollower::followingChanged, this, &WireView::followingChanged);
    connect(&lines, &WireLines::reset, this, &WireView::linesReset);
    connect(&lines, &WireLines::changed, this, &WireView::rowsChanged);
    updateRange();
}

void WireView::updateActions()
{
    m_copy->setEnabled(!m_selection.isEmpty());
    m_copyAll->setEnabled(m_lines.count() > 0);
    m_save->setEnabled(m_lines.count() > 0);
}

void WireView::setFollowsNewest(bool follows)
{
    m_follower.setFollowsNewest(follows);
    updateRange();
}

void WireView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    setAccessibleDescription(text);
    viewport()->update();
}

WireLayout WireView::rows() const
{
    const double column = std::max(1.0, QFontMetricsF(font()).horizontalAdvance(u'0'));
    return {.lines = m_lines,
            .view = viewport()->size(),
            .lineHeight = fontMetrics().height(),
            .columns = int(viewport()->width() / column) - WireRowLook::marginColumns - 1};
}

QRect WireView::rowRect(WireRow row) const
{
    return rows().rect(row, topRow());
}

WireRow WireView::topRow() const
{
    return WireRow(verticalScrollBar()->value());
}

void WireView::linesReset()
{
    m_selection.clear();
    m_current = m_anchor = {};
    m_marked.clear();
    m_markedAck = {};
    m_topLine = WireLine(0);
    m_follower.restart();
    rowsChanged();
}

void WireView::rowsChanged()
{
    updateRange();
    updateActions();
}

void WireView::updateRange()
{
    const qsizetype max = m_lines.count() == 0 ? 0 : rows().topRowThatEndsWith(WireRow(m_lines.count() - 1)).value();
    const qsizetype top = m_lines.lineCount() == 0
                              ? 0
                              : m_lines.rowOfLine(std::min(m_topLine, WireLine(m_lines.lineCount() - 1))).value();
    m_follower.setRange(int(max), int(std::max<qsizetype>(1, m_lines.count() - max - 1)), int(top));
    viewport()->update();
}

void WireView::scrollContentsBy(int dx, int dy)
{
    Q_UNUSED(dx)
    Q_UNUSED(dy)
    if (!m_follower.isMoving())
        m_topLine = m_lines.count() > 0 ? m_lines.rowAt(topRow()).firstLine : WireLine(0);
    viewport()->update();
}

void WireView::ensureVisible(WireRow row)
{
    const WireRow top = row < topRow() ? row : std::max(topRow(), rows().topRowThatEndsWith(row));
    verticalScrollBar()->setValue(int(top.value()));
}

void WireView::jumpToNewest()
{
    m_follower.jumpToNewest();
}

LineSelection::Range WireView::rangeOf(WireRow row) const
{
    const WireLines::Row shown = m_lines.rowAt(row);
    return {shown.firstLine.value(), shown.firstLine.value() + shown.lines - 1};
}

void WireView::select(WireRow row, Extend extend)
{
    const LineSelection::Range range = rangeOf(row);
    const bool deselects = extend == Extend::Toggle && m_selection.contains(range);
    if (extend != Extend::Toggle)
        m_selection.clear();
    if (deselects) {
        m_selection.remove(range);
    } else if (extend == Extend::Range && m_anchor.isValid()) {
        const LineSelection::Range anchor = rangeOf(m_lines.rowOfLine(m_anchor));
        m_selection.add({std::min(range.first, anchor.first), std::max(range.last, anchor.last)});
    } else {
        m_selection.add(range);
    }
    if (extend != Extend::Range || !m_anchor.isValid())
        m_anchor = WireLine(range.first);
    m_marked.clear();
    m_markedAck = {};
    setCurrent(WireLine(range.first));
    const FlowRow segment = m_lines.segmentOfLine(WireLine(range.first));
    if (!deselects && m_lines.rowAt(row).kind == WireLines::Kind::Segment && segment.isValid())
        emit segmentSelected(segment);
}

void WireView::setCurrent(WireLine line)
{
    m_current = line;
    const WireRow row = m_lines.rowOfLine(line);
    ensureVisible(row);
    updateActions();
    viewport()->update();
    tellCurrentRow(*this);
}

/// Selects the line because of a selection elsewhere.
void WireView::goTo(WireLine line)
{
    m_lines.unfold(line);
    m_selection.clear();
    m_selection.add({line.value(), line.value()});
    m_anchor = line;
    setCurrent(line);
}

void WireView::setSelectedSegment(FlowRow segment)
{
    const WireLine line = m_lines.lineOfSegment(segment);
    if (line.isValid() && line != m_current && line.value() < m_lines.lineCount())
        goTo(line);
}

void WireView::follow(Selection &selection)
{
    connect(this, &WireView::segmentSelected, &selection,
            [this, &selection](FlowRow segment) { selection.selectSegment(segment, this); });
    connect(&selection, &Selection::changed, this, [this, &selection] { // also by this view: the step has more segments
        if (selection.segment().isValid())
            setSelectedSegment(selection.segment());
        setSelectedStep(selection.step());
    });
}

void WireView::setSelectedStep(StepRow step)
{
    const Recording &recording = m_lines.recording();
    StepSegments segments;
    if (step.isValid() && step.value() < recording.stepCount())
        segments = recording.match().segmentsOf(step);
    const bool isHere = segments.flow >= 0 && segments.flow == m_lines.flow();
    m_marked = isHere ? std::move(segments.rows) : std::vector<FlowRow>();
    m_markedAck = isHere ? segments.ackRow : FlowRow();
    viewport()->update();
    if (m_marked.empty())
        return;
    const FlowRow current = m_current.isValid() ? m_lines.segmentOfLine(m_current) : FlowRow();
    const bool isThere = current.isValid() &&
                         (current == m_markedAck || std::binary_search(m_marked.cbegin(), m_marked.cend(), current));
    if (!isThere)
        setSelectedSegment(m_marked.front());
}

void WireView::selectAll()
{
    if (m_lines.lineCount() == 0)
        return;
    m_selection.clear();
    m_selection.add({0, m_lines.lineCount() - 1});
    updateActions();
    viewport()->update();
}

void WireView::copy()
{
    copyRanges(m_selection.ranges());
}

void WireView::copyRanges(const std::vector<LineSelection::Range> &ranges)
{
    QString text;
    qsizetype lines = 0;
    qsizetype wanted = 0;
    for (const LineSelection::Range &range : ranges) {
        wanted += range.last - range.first + 1;
        for (qsizetype line = range.first; line <= range.last && lines < copyLimit; ++line, ++lines)
            text += m_lines.textOfLine(WireLine(line)) + u'\n';
    }
    if (lines == 0)
        return;
    QGuiApplication::clipboard()->setText(text);
    if (lines < wanted)
        emit noted(tr("The first %1 of %2 lines were copied. Save… writes them all.")
                       .arg(QLocale().toString(lines), QLocale().toString(wanted)));
}

QChar WireView::markOf(LineSelection::Range range) const
{
    const FlowRow first = m_lines.segmentOfLine(WireLine(range.first));
    if (!first.isValid())
        return u' ';
    const FlowRow last = first + (range.last - range.first);
    const auto marked = std::lower_bound(m_marked.cbegin(), m_marked.cend(), first);
    if (marked != m_marked.cend() && *marked <= last)
        return stepMark;
    return m_markedAck >= first && m_markedAck <= last ? ackMark : QChar(u' ');
}

void WireView::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().base());
    if (m_lines.count() == 0) {
        painter.setFont(parentWidget() ? parentWidget()->font() : font());
        UiTools::paintEmptyText(painter, viewport()->rect(), *this, m_emptyText);
        return;
    }
    const WireLayout rows = this->rows();
    painter.setFont(font());
    QRect rect(0, 0, viewport()->width(), 0);
    for (WireRow row = topRow(); row.value() < m_lines.count() && rect.top() < viewport()->height(); ++row) {
        rect.setHeight(rows.height(row));
        const QRect text = rect.adjusted(0, rows.gapAbove(row), 0, 0);
        paintWireRow(painter, text, m_lines.textOfRow(row), rows.columns, lookOf(row), palette());
        rect.moveTop(rect.bottom() + 1);
    }
}

WireRowLook WireView::lookOf(WireRow row) const
{
    const LineSelection::Range range = rangeOf(row);
    return {.kind = m_lines.rowAt(row).kind,
            .mark = markOf(range),
            .isSelected = m_selection.touches(range),
            .isCurrent = m_current >= WireLine(range.first) && m_current <= WireLine(range.last),
            .hasFocus = hasFocus()};
}

void WireView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateRange();
}

void WireView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateRange();
}

void WireView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
    tellFocus(*this);
}

void WireView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

#include "moc_wireview.cpp"
