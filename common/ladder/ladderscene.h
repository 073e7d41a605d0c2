// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"

#include <QRectF>

/// A text and its place, in one or more lines. The text was elided if it did not fit. Labels do not overlap.
struct LadderLabel {
    enum class Kind : quint8 {
        EndName,
        Address,
        StateAtTop, ///< in the header: the state of an end at the top of the visible rows
        State,
        Step,
        InferredStep,
        Event,
        Segment,
        Notes,
        Gap,
        Heading,
        More,   ///< "and 5 more"
        Legend, ///< the meaning of a mark, or what a picture of two captures assumes
        Time,   ///< when a segment left or arrived
    };

    static constexpr double stateMark = 0.85; ///< in lines: the space for a mark before a state's name

    Kind kind = Kind::Segment;
    QRectF rect;     ///< with the box and its padding
    QPointF start;   ///< of the text: the middle of the first line's left edge
    QString text;    ///< its lines, separated by U+000A
    LadderIndex row; ///< invalid: in the header
    StepRow step;    ///< of Step, Event, InferredStep; as LadderStep::step
    Side side = Side::Client;
    bool hidesLines = false;                                   ///< arrows may pass behind it
    LadderState::Source source = LadderState::Source::Unknown; ///< of State, StateAtTop and Legend
};

struct LadderArrow {
    QPointF tail;      ///< half-way if a router sent it, or the departure is unknown
    QPointF head;      ///< half-way if the arrival is unknown
    quint16 flags = 0; ///< of Segment::Flag
    LadderRow::Arrival arrival = LadderRow::Arrival::Arrived;
    bool isDashed = false;
    bool isError = false; ///< an ICMP error
    bool carriesBytes = false;
    bool isDuplicate = false; ///< a copy that the network made
    LadderIndex row;
    bool isCut = false; ///< it ends elsewhere
};

/// A part of a lifeline during which its end is in one state.
struct LadderBand {
    Side side = Side::Client;
    double x = 0;
    double top = 0;
    double bottom = 0;
    LadderState state;
    bool isGap = false; ///< time that is not drawn to scale
};

/// The line below a heading, across the whole width.
struct LadderRule {
    double left = 0;
    double right = 0;
    double y = 0;
};

/// The place of one row.
struct LadderRowPlace {
    LadderIndex row;
    double top = 0;
    double bottom = 0;
};

/// Everything that is drawn, in pixels, from top to bottom. A plain value.
struct LadderScene {
    double width = 0;
    double bottom = 0; ///< of the last row that was laid out
    double unit = 16;  ///< a line's height, the unit for sizes such as that of arrow heads
    std::vector<LadderRowPlace> rows;
    std::vector<LadderBand> bands;
    std::vector<LadderRule> rules;
    std::vector<LadderArrow> arrows;
    std::vector<LadderLabel> labels;

    struct Hit {
        LadderIndex row;
        StepRow step;
        const LadderLabel *label = nullptr;
    };
    /// What is at a point: a label, otherwise the nearest arrow within half a line, otherwise the row. row is invalid
    /// if there is none.
    Hit hitTest(QPointF point) const;
};
