// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderview.h"

#include "ladder/ladderlegend.h"
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "ladder/selection.h"
#include "picture/fontmetrics.h"
#include "ui/tools/uitools.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace {

constexpr int minZoom = -5;
constexpr int maxZoom = 12;
constexpr double zoomStep = 1.1;
constexpr double maxLegendShare = 0.2; ///< of the view's height
constexpr double minRowLines = 10;     ///< that a legend must leave for the rows: a round trip, for example

} // namespace

LadderView::LadderView(LadderModel &model, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_model(model)
    , m_follower(verticalScrollBar(), this)
{
    UiTools::describe(this, "ladderView", tr("Sequence"));
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Base);
    createActions();
    connect(&m_follower, &NewestFollower::followingChanged, this, &LadderView::followingChanged);
    connect(&model, &LadderModel::reset, this, &LadderView::modelReset);
    connect(&model, &LadderModel::changed, this, &LadderView::rowsChanged);
    setUpLayout();
}

void LadderView::setFollowsNewest(bool follows)
{
    m_follower.setFollowsNewest(follows);
    updateRange();
}

void LadderView::setLegendShown(bool shown)
{
    if (std::exchange(m_isLegendShown, shown) != shown)
        setUpLayout();
}

void LadderView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    setAccessibleDescription(text);
    viewport()->update();
}

QFont LadderView::zoomedFont() const
{
    QFont scaled = font();
    const double factor = std::pow(zoomStep, m_zoom);
    if (scaled.pointSizeF() > 0)
        scaled.setPointSizeF(scaled.pointSizeF() * factor);
    else
        scaled.setPixelSize(std::max(1, int(std::lround(scaled.pixelSize() * factor))));
    return scaled;
}

void LadderView::setUpLayout()
{
    LadderLayout::Source source{.count = m_model.count(),
                                .row = [this](LadderIndex row) { return LadderRows::make(m_model, row); },
                                .addresses = {m_model.address(Side::Client), m_model.address(Side::Server)},
                                .content = content(),
                                .legend = m_model.legend()};
    const QFont font = zoomedFont();
    if (isVisible() && m_measuredFont != font) {
        m_metrics = textMetricsOf(font, this);
        m_measuredFont = font;
    }
    m_layout.emplace(std::move(source), m_metrics, viewport()->width());
    m_painter.emplace(font, palette());
    m_legend.reset();
    if (m_isLegendShown) {
        const int lines = std::max(1, int(viewport()->height() * maxLegendShare / m_metrics.lineHeight));
        m_legend = wholeLadderLegend(m_metrics, viewport()->width(), lines);
        if (legendTop() - m_layout->headerHeight() < minRowLines * m_metrics.lineHeight)
            m_legend.reset();
    }
    updateRange();
}

LadderColumns::Content LadderView::content() const
{
    return {.hasSteps = m_model.recording().stepCount() > 0, .hasSegments = m_model.flow() != nullptr};
}

void LadderView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    if (m_measuredFont != zoomedFont())
        setUpLayout();
    else if (m_rangeIsOld)
        fitRange();
}

void LadderView::setZoom(int zoom)
{
    const int bounded = std::clamp(zoom, minZoom, maxZoom);
    if (std::exchange(m_zoom, bounded) != bounded)
        setUpLayout();
}

void LadderView::modelReset()
{
    updateSwapEnds();
    const std::pair shown(m_model.connection(), m_model.flowIndex());
    if (std::exchange(m_shown, shown) == shown) { // with other sequence numbers
        rowsChanged(LadderIndex(0));
        return;
    }
    const StepRow step = m_marks.step;
    m_marks = {.hasFocus = hasFocus()};
    m_currentSegment = {};
    m_follower.restart();
    setUpLayout();
    setSelectedStep(step);
}

void LadderView::rowsChanged(LadderIndex fromRow)
{
    updateSwapEnds();
    // New rows move the marked ones that are after them.
    const LadderIndex last =
        std::max({m_marks.current, m_marks.ackRow, m_marks.rows.empty() ? LadderIndex() : m_marks.rows.back()});
    if (m_marks.step.isValid())
        markStep(m_marks.step);
    if (m_currentSegment.isValid())
        m_marks.current = m_model.rowOfSegment(m_currentSegment);
    else if (fromRow <= last && m_marks.step.isValid() && !m_marks.rows.empty())
        m_marks.current = m_marks.rows.front();
    m_marks.current =
        std::min(m_marks.current, LadderIndex(m_model.count() - 1)); // a state's row may have been removed
    m_marks.hovered = {};
    m_layout->setSource(m_model.count(), {m_model.address(Side::Client), m_model.address(Side::Server)});
    if (m_layout->content() != content() || m_layout->legend() != m_model.legend())
        setUpLayout();
    else
        updateRange();
}

double LadderView::legendTop() const
{
    return viewport()->height() - (m_legend ? m_legend->bottom : 0);
}

bool LadderView::isAmongRows(double y) const
{
    return y >= m_layout->headerHeight() && y < legendTop();
}

LadderScroll LadderView::scroll() const
{
    return {*m_layout, m_model.count(), std::max(0.0, legendTop() - m_layout->headerHeight())};
}

/// The range depends on the layout of the last rows, so it is not computed for a hidden ladder.
void LadderView::updateRange()
{
    forgetScene();
    m_rangeIsOld = !isVisible();
    if (!m_rangeIsOld)
        fitRange();
}

void LadderView::fitRange()
{
    m_rangeIsOld = false;
    const int max = scroll().max();
    verticalScrollBar()->setSingleStep(LadderScroll::unitsPerRow);
    const int pageStep = std::max(LadderScroll::unitsPerRow, int(m_model.count()) * LadderScroll::unitsPerRow - max);
    m_follower.setRange(max, pageStep, verticalScrollBar()->value());
    viewport()->update();
}

void LadderView::scrollContentsBy(int dx, int dy)
{
    Q_UNUSED(dx)
    Q_UNUSED(dy)
    forgetScene();
    viewport()->update();
}

LadderIndex LadderView::topRow() const
{
    return LadderScroll::topRow(verticalScrollBar()->value());
}

void LadderView::forgetScene()
{
    m_scene.reset();
}

const LadderScene &LadderView::scene() const
{
    if (m_scene)
        return *m_scene;
    if (m_model.count() == 0)
        return m_scene.emplace();
    const double above = scroll().hiddenAbove(verticalScrollBar()->value());
    return m_scene.emplace(m_layout->scene(topRow(), m_layout->headerHeight() - above, legendTop()));
}

void LadderView::ensureVisible(LadderIndex row)
{
    if (m_rangeIsOld)
        fitRange();
    verticalScrollBar()->setValue(scroll().valueThatShows(row, verticalScrollBar()->value()));
}

void LadderView::jumpToNewest()
{
    m_follower.jumpToNewest();
}

void LadderView::markStep(StepRow step)
{
    m_marks.step = step;
    m_marks.rows = step.isValid() ? m_model.rowsOfStep(step) : std::vector<LadderIndex>();
    m_marks.ackRow = step.isValid() ? m_model.ackRowOfStep(step) : LadderIndex();
}

void LadderView::follow(Selection &selection)
{
    connect(this, &LadderView::rowSelected, &selection, [this, &selection](LadderIndex, FlowRow segment, StepRow step) {
        selection.selectRow(segment, step, this);
    });
    connect(&selection, &Selection::changed, this, [this, &selection](const QObject *by) {
        if (by == this)
            return;
        if (selection.segment().isValid())
            select(m_model.rowOfSegment(selection.segment()), selection.step());
        else
            setSelectedStep(selection.step());
    });
}

void LadderView::setSelectedStep(StepRow step)
{
    std::vector<LadderIndex> rows;
    if (step.isValid() && step.value() < m_model.recording().stepCount())
        rows = m_model.rowsOfStep(step);
    select(rows.empty() ? LadderIndex() : rows.front(), rows.empty() ? StepRow() : step);
}

void LadderView::setCurrentRow(LadderIndex row)
{
    if (row.isValid() && row.value() < m_model.count())
        selectAndTell(row, LadderRows::stepThatGoesWith(m_model, row));
}

void LadderView::select(LadderIndex row, StepRow step)
{
    m_marks.current = row;
    m_currentSegment = row.isValid() ? m_model.itemAt(row).segment : FlowRow();
    markStep(step);
    viewport()->update();
    if (row.isValid())
        ensureVisible(row);
    tellCurrentRow(*this);
    emit currentRowChanged();
}

void LadderView::selectAndTell(LadderIndex row, StepRow step)
{
    select(row, step);
    emit rowSelected(row, m_model.itemAt(row).segment, step);
}

void LadderView::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_painter->background());
    if (m_model.count() == 0) {
        UiTools::paintEmptyText(painter, viewport()->rect(), *this, m_emptyText);
        return;
    }
    const double header = m_layout->headerHeight();
    const double legend = legendTop();
    painter.save();
    painter.setClipRect(QRectF(0, header, viewport()->width(), legend - header));
    m_painter->paint(painter, scene(), m_marks);
    painter.restore();
    m_painter->paint(painter, m_layout->header(m_model.statesBefore(topRow())));
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(QPointF(0, header - 0.5), QPointF(viewport()->width(), header - 0.5));
    if (!m_legend)
        return;
    painter.drawLine(QPointF(0, legend + 0.5), QPointF(viewport()->width(), legend + 0.5));
    painter.translate(0, legend);
    m_painter->paint(painter, *m_legend);
}

void LadderView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    setUpLayout();
}

void LadderView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange ||
        event->type() == QEvent::StyleChange)
        setUpLayout();
}

#include "moc_ladderview.cpp"
