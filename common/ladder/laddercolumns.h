// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/step.h"
#include "textmetrics.h"

/// Divides a width into columns: from left to right the client's steps, its lifeline, the arrows, the server's
/// lifeline and its steps. If they do not fit, steps and states are between the lifelines, above and below their
/// arrow. A plain value.
struct LadderColumns {
    /// What there is to show. Without steps, the space beside the lifelines is for states only; without segments, the
    /// texts of the arrows are short.
    struct Content {
        bool hasSteps = true;
        bool hasSegments = true;
        bool operator==(const Content &) const = default;
    };

    double width = 0;
    double line = 0; ///< a line's height
    double clientX = 0;
    double serverX = 0;
    double textWidth = 0; ///< of a state or step
    bool isNarrow = false;

    LadderColumns(const TextMetrics &metrics, double allWidth, Content content);

    double x(Side side) const { return side == Side::Client ? clientX : serverX; }
    double laneWidth() const { return serverX - clientX; }
    double slant() const { return 1.1 * line; } ///< how far an arrow descends; constant, since the delay is unknown
    /// The distance between the tails of two arrows that cross.
    double crossing() const { return 0.4 * line; }
    /// The left edge of a text of this end with this width.
    double textLeft(Side side, double ownWidth) const;

    /// The minimum width for drawing anything.
    static double minWidth(const TextMetrics &metrics) { return 10 * metrics.lineHeight; }
    /// The width of the longest state name, with its mark.
    static double stateWidth(const TextMetrics &metrics);
};
