// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderlayout.h"

#include "laddertext.h"
#include "ladderunit.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

struct LadderLayoutStrings {
    Q_DECLARE_TR_FUNCTIONS(LadderLayout)
};

constexpr double boxHeight = LabelPlacer::boxHeight;
constexpr double gapToLifeline = 0.7; ///< of texts between the lifelines, in lines
constexpr int maxArrowLines = 3;
constexpr int maxHeadingLines = 3;

bool isDifferent(const LadderState &a, const LadderState &b)
{
    return b.source != LadderState::Source::Unknown && (a.state != b.state || a.source == LadderState::Source::Unknown);
}

} // namespace

LadderLayout::LadderLayout(Source source, const TextMetrics &metrics, double width)
    : m_source(std::move(source))
    , m_columns(metrics, width, m_source.content)
    , m_labels{metrics, metrics.lineHeight}
{
}

void LadderLayout::setSource(qsizetype count, const std::array<QString, 2> &addresses)
{
    m_source.count = count;
    m_source.addresses = addresses;
}

LadderUnit LadderLayout::unitAt(LadderIndex row) const
{
    LadderUnit unit;
    unit.first = row;
    unit.rows.push_back(m_source.row(row));
    if (row.value() + 1 < m_source.count && unit.rows.front().hasArrow()) {
        LadderRow next = m_source.row(row + 1);
        if (next.crossesPrevious)
            unit.rows.push_back(std::move(next));
    }
    return unit;
}

double LadderLayout::height(LadderIndex row) const
{
    if (isSecond(row))
        return 0;
    LadderScene scratch;
    return layOut(unitAt(row), 0, scratch);
}

LadderScene LadderLayout::scene(LadderIndex row, double y, double bottom, LadderIndex fromAbove) const
{
    LadderScene scene;
    scene.width = m_columns.width;
    scene.unit = m_columns.line;
    if (row.value() < m_source.count && isSecond(row))
        row = row - 1;
    LadderWays ways{.begin = row};
    const double top = y;
    while (row.value() < m_source.count && y < bottom) {
        const LadderUnit unit = unitAt(row);
        y = layOut(unit, y, scene, &ways);
        row = row + qsizetype(unit.rows.size());
    }
    ways.end = row;
    ways.bottom = y;
    addWays(ways, top, fromAbove.isValid() ? fromAbove : ways.begin, scene);
    scene.bottom = y;
    return scene;
}

double LadderLayout::layOut(const LadderUnit &unit, double top, LadderScene &scene, LadderWays *ways) const
{
    LadderUnit placed = unit;
    double y = layOutLead(unit, top, scene);
    placed.gapBottom = y;
    placed.gapTop = unit.rows.front().gapUs > 0 ? y - 1.3 * m_columns.line : y;
    y += 0.15 * m_columns.line;
    if (unit.rows.front().transit)
        y = layOutTransits(placed, y, scene, ways);
    else
        y = m_columns.isNarrow ? layOutNarrow(placed, y, scene) : layOutWide(placed, y, scene);
    y += 0.25 * m_columns.line;
    placed.addBands(m_columns, top, y, scene);
    scene.rows.push_back({unit.first, top, y});
    if (unit.crosses())
        scene.rows.push_back({unit.first + 1, y, y});
    return y;
}

/// What is above the arrows: initial states, headings, elapsed time. Returns the bottom of it.
double LadderLayout::layOutLead(const LadderUnit &unit, double top, LadderScene &scene) const
{
    const double line = m_columns.line;
    double y = top;
    for (const LadderRow &row : unit.rows) {
        for (const QString &heading : row.headings) {
            y += 0.3 * line;
            // Between the lifelines, to hide neither of them.
            const double gap = gapToLifeline * line;
            for (const QString &text : m_labels.evenLines(heading, m_columns.laneWidth() - 2 * gap, maxHeadingLines)) {
                m_labels.add(scene,
                             {.kind = LadderLabel::Kind::Heading,
                              .text = text,
                              .row = unit.first,
                              .hidesLines = unit.rows.front().transit.has_value()},
                             m_columns.clientX + gap, y, line);
                y += line;
            }
            y += 0.1 * line;
            scene.rules.push_back({0.5 * line, m_columns.width - 0.5 * line, y});
            y += 0.3 * line;
        }
    }
    if (unit.first.value() == 0)
        y = layOutInitialStates(unit, y, scene);
    const qint64 gap = unit.rows.front().gapUs;
    if (gap > 0) {
        const QString text = m_labels.metrics.elided(LadderText::duration(gap), m_columns.laneWidth() - line);
        const double left = m_columns.clientX + (m_columns.laneWidth() - m_labels.metrics.width(text)) / 2;
        m_labels.add(scene, {.kind = LadderLabel::Kind::Gap, .text = text, .row = unit.first}, left, y + 0.15 * line,
                     line);
        y += 1.3 * line;
    }
    return y;
}

double LadderLayout::layOutInitialStates(const LadderUnit &unit, double y, LadderScene &scene) const
{
    double bottom = y;
    double used = 0; // of the space between the lifelines, if states are there
    for (const Side side : {Side::Client, Side::Server}) {
        LadderRow initial;
        initial.sender = side;
        initial.tail = unit.rows.front().before[size_t(side)];
        LadderLabel label{.kind = LadderLabel::Kind::State, .text = tcpStateName(initial.tail.state)};
        used += m_labels.fit(label, m_columns.textWidth);
        const bool isBelow = m_columns.isNarrow && used > m_columns.textWidth;
        bottom = std::max(bottom, addStack(initial, unit.first, side, true, isBelow ? bottom : y, scene));
    }
    return bottom;
}

/// Steps and states beside the lifelines, at the height of their end of the arrow.
double LadderLayout::layOutWide(LadderUnit &unit, double y, LadderScene &scene) const
{
    const double line = m_columns.line;
    double arrowTop = y + 0.5 * line;
    for (size_t i = 0; i < unit.rows.size(); ++i) {
        if (unit.rows[i].hasArrow())
            arrowTop = std::max(arrowTop, addArrowLabels(unit, i, y, scene));
    }
    // From top to bottom: on the second sender's side, its own arrow starts before the first one arrives.
    struct Anchor {
        size_t row = 0;
        bool isTail = true;
        double y = 0;
    };
    std::vector<Anchor> anchors{{0, true, arrowTop}};
    if (unit.crosses())
        anchors.push_back({1, true, arrowTop + m_columns.crossing()});
    anchors.push_back({0, false, arrowTop + m_columns.slant()});
    if (unit.crosses())
        anchors.push_back({1, false, arrowTop + m_columns.crossing() + m_columns.slant()});
    std::array<double, 2> free{y, y};
    double bottom = arrowTop;
    for (const Anchor &anchor : anchors) {
        const LadderRow &row = unit.rows[anchor.row];
        if (!anchor.isTail && !row.hasArrow())
            continue;
        const Side side = anchor.isTail ? row.sender : row.receiver();
        double &next = free[size_t(side)];
        next = addStack(row, unit.first + qsizetype(anchor.row), side, anchor.isTail,
                        std::max(next, anchor.y - boxHeight / 2 * line), scene);
        unit.changes.push_back({side, anchor.y, anchor.isTail ? row.tail : row.head});
        if (anchor.isTail && row.hasArrow())
            addArrow(unit, anchor.row, anchor.y, scene);
        bottom = std::max({bottom, next, anchor.y + (row.hasArrow() ? 0.3 * line : 0)});
    }
    return bottom;
}

/// Steps and states of the tail are above the arrow, those of the head below it.
double LadderLayout::layOutNarrow(LadderUnit &unit, double y, LadderScene &scene) const
{
    const double line = m_columns.line;
    const size_t count = unit.rows.size();
    for (size_t i = 0; i < count; ++i) {
        const LadderRow &row = unit.rows[i];
        unit.changes.push_back({row.sender, y + line / 2, row.tail});
        y = addStack(row, unit.first + qsizetype(i), row.sender, true, y, scene);
    }
    if (!unit.rows.front().hasArrow())
        return y;
    double arrowTop = y + 0.2 * line;
    for (size_t i = 0; i < count; ++i)
        arrowTop = std::max(arrowTop, addArrowLabels(unit, i, y, scene));
    y = arrowTop + m_columns.slant() + (unit.crosses() ? m_columns.crossing() : 0) + 0.2 * line;
    for (size_t i = 0; i < count; ++i) {
        const LadderRow &row = unit.rows[i];
        addArrow(unit, i, arrowTop + double(i) * m_columns.crossing(), scene);
        unit.changes.push_back({row.receiver(), y + line / 2, row.head});
        y = addStack(row, unit.first + qsizetype(i), row.receiver(), false, y, scene);
    }
    return y;
}

/// A state, if it is new, and the steps of one end, one below the other. Returns the bottom of them.
double LadderLayout::addStack(const LadderRow &row, LadderIndex index, Side side, bool isTail, double y,
                              LadderScene &scene) const
{
    const double line = m_columns.line;
    const auto add = [&](LadderLabel label) {
        label.side = side;
        label.row = index;
        const double left = m_columns.textLeft(side, m_labels.fit(label, m_columns.textWidth));
        const double height = (boxHeight + double(label.text.count(u'\n'))) * line;
        m_labels.add(scene, label, left, y, height);
        y += height + 0.1 * line;
    };
    if (row.transit) {
        const QString &time = isTail ? row.transit->departure : row.transit->arrival;
        if (!time.isEmpty())
            add({.kind = LadderLabel::Kind::Time, .text = m_labels.metrics.elided(time, m_columns.textWidth)});
    }
    const LadderState &state = isTail ? row.tail : row.head;
    if (isDifferent(row.before[size_t(side)], state))
        add({.kind = LadderLabel::Kind::State,
             .text = m_labels.fitting(LadderText::stateNames(state),
                                      m_columns.textWidth - LadderLabel::stateMark * line, true),
             .source = state.source});
    for (const LadderStep &step : row.steps) {
        if (step.side != side)
            continue;
        const auto kind = step.isInferred ? LadderLabel::Kind::InferredStep
                          : step.isEvent  ? LadderLabel::Kind::Event
                                          : LadderLabel::Kind::Step;
        add({.kind = kind, .text = step.text, .step = step.step});
    }
    if (const int hidden = row.hiddenSteps[size_t(side)])
        add({.kind = LadderLabel::Kind::More, .text = LadderLayoutStrings::tr("and %1 more").arg(hidden)});
    return y;
}

/// The arrow's text: the longest that fits into a few lines.
QStringList LadderLayout::arrowLines(const LadderRow &row, double room) const
{
    for (const QString &text : row.labels) {
        const QStringList lines = m_labels.evenLines(text, room, maxArrowLines, TextMetrics::Break::AfterPunctuation);
        if (lines.join(u' ') == text) // nothing was elided, and no number was broken
            return lines;
    }
    return {m_labels.metrics.elided(row.labels.back(), room)};
}

/// Puts the text of one arrow of the unit above it. Returns the minimum y for the arrow.
double LadderLayout::addArrowLabels(const LadderUnit &unit, size_t which, double y, LadderScene &scene) const
{
    const LadderRow &row = unit.rows[which];
    const double line = m_columns.line;
    const double gap = gapToLifeline * line;
    const bool isHalf = unit.crosses() || row.transit; // other arrows may pass
    const double room = (isHalf ? m_columns.laneWidth() / 2 : m_columns.laneWidth()) - 2 * gap;
    const auto add = [&](LadderLabel::Kind kind, const QString &text) {
        if (text.isEmpty())
            return;
        const double width = m_labels.metrics.width(text);
        double left = m_columns.clientX + (m_columns.laneWidth() - width) / 2;
        if (isHalf) // each text in the half in which its arrow starts
            left = row.sender == Side::Client ? m_columns.clientX + gap : m_columns.serverX - gap - width;
        m_labels.add(
            scene,
            {.kind = kind, .text = text, .row = unit.first + qsizetype(which), .hidesLines = row.transit.has_value()},
            left, y, line);
        y += line;
    };
    for (const QString &text : arrowLines(row, room))
        add(LadderLabel::Kind::Segment, text);
    for (const QString &text : m_labels.metrics.wrapped(row.notes, room, maxArrowLines))
        add(LadderLabel::Kind::Notes, text);
    return y + 0.1 * line;
}

void LadderLayout::addArrow(const LadderUnit &unit, size_t which, double y, LadderScene &scene) const
{
    const LadderRow &row = unit.rows[which];
    const QPointF tail(m_columns.x(row.sender), y);
    const QPointF other(m_columns.x(row.receiver()), y + m_columns.slant());
    scene.arrows.push_back({.tail = row.isFromRouter ? (tail + other) / 2 : tail,
                            .head = row.arrival == LadderRow::Arrival::Arrived ? other : (tail + other) / 2,
                            .flags = row.flags,
                            .arrival = row.arrival,
                            .isDashed = row.kind == LadderRow::Kind::Guess,
                            .isError = row.kind == LadderRow::Kind::Error,
                            .carriesBytes = row.carriesBytes,
                            .row = unit.first + qsizetype(which)});
}
