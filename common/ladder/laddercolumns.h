// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/step.h"
#include "textmetrics.h"

/// How a width is divided: from left to right the client's steps, its lifeline, the arrows, the server's lifeline and
/// its steps. Where that does not fit, steps and states stand between the lifelines, above and below their arrow. A
/// plain value.
struct LadderColumns {
    /// What there is to show. Without steps the room beside the lifelines is for states only, and the arrows have the
    /// rest; without segments the texts of the arrows are short.
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
    double slant() const { return 1.1 * line; } ///< how far down an arrow goes; constant, for nobody measured it
    /// From the first tail of two arrows that cross to the second.
    double crossing() const { return 0.4 * line; }
    /// Where a text of that end starts that is so wide.
    double textLeft(Side side, double ownWidth) const;

    /// Narrower than this nothing can be drawn.
    static double leastWidth(const TextMetrics &metrics) { return 10 * metrics.lineHeight; }
    /// Of the longest name of a state, with its mark.
    static double stateWidth(const TextMetrics &metrics);
};
