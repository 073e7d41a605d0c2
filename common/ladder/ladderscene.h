// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"

#include <QRectF>

/// A text at its place, in one line or several. What does not fit was elided; nothing else is where rect is.
struct LadderLabel {
    enum class Kind : quint8 {
        EndName,
        Address,
        StateAtTop, ///< of the header: in which state an end is at the top of what is seen
        State,
        Step,
        InferredStep,
        Event,
        Segment,
        Notes,
        Gap,
        Heading,
        More,   ///< "and 5 more"
        Legend, ///< what marks mean
    };

    static constexpr double stateMark = 0.85; ///< in lines: before a state's name there is room for a mark

    Kind kind = Kind::Segment;
    QRectF rect;         ///< of what is drawn, box and padding included
    QPointF start;       ///< where the text begins: the left end of its first line's middle
    QString text;        ///< its lines, apart by U+000A
    qsizetype row = -1;  ///< -1: of the header
    qsizetype step = -1; ///< of Step, Event, InferredStep; as LadderStep::step
    Side side = Side::Client;
    LadderState::Source source = LadderState::Source::Unknown; ///< of State, StateAtTop and Legend
};

struct LadderArrow {
    QPointF tail;
    QPointF head;      ///< half-way, where nothing is known to have arrived
    quint16 flags = 0; ///< of Segment::Flag
    LadderRow::Arrival arrival = LadderRow::Arrival::Arrived;
    bool isDashed = false;
    bool carriesBytes = false;
    qsizetype row = -1;
};

/// A piece of a lifeline, during which its end is in one state.
struct LadderBand {
    Side side = Side::Client;
    double x = 0;
    double top = 0;
    double bottom = 0;
    LadderState state;
    bool isGap = false; ///< time that is not drawn to scale
};

/// A heading's line, across all.
struct LadderRule {
    double left = 0;
    double right = 0;
    double y = 0;
};

/// Where one row is.
struct LadderRowPlace {
    qsizetype row = 0;
    double top = 0;
    double bottom = 0;
};

/// What is drawn, in pixels, from top to bottom. Plain numbers.
struct LadderScene {
    double width = 0;
    double bottom = 0; ///< behind the last row that was laid out
    double unit = 16;  ///< a line's height: of this, sizes of arrow heads and the like are made
    std::vector<LadderRowPlace> rows;
    std::vector<LadderBand> bands;
    std::vector<LadderRule> rules;
    std::vector<LadderArrow> arrows;
    std::vector<LadderLabel> labels;

    struct Hit {
        qsizetype row = -1;
        qsizetype step = -1;
        const LadderLabel *label = nullptr;
    };
    /// What is at a point: a label, else the nearest arrow within half a line, else the row. row is -1 where there is
    /// none.
    Hit hitTest(QPointF point) const;
};
