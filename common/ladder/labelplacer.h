// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderscene.h"
#include "textmetrics.h"

/// Wraps, cuts and places the labels of a ladder. A plain value.
struct LabelPlacer {
    static constexpr double boxHeight = 1.2; ///< of a label of one line in a box, in lines

    TextMetrics metrics;
    double line = 0; ///< a line's height

    /// Of the texts the longest that fits, the last one cut if none does.
    QString fitting(const std::array<QString, 4> &texts, double width, bool bold) const;
    /// The text in as few lines as it takes, at most so many, each about as long as the others.
    QStringList evenLines(const QString &text, double width, int mostLines,
                          TextMetrics::Break where = TextMetrics::Break::AtSpaces) const;
    /// Wraps or cuts the text so that all of the label fits into width. Returns the label's width.
    double fit(LadderLabel &label, double width) const;
    /// Adds a label of that height, its box from left on.
    void add(LadderScene &scene, LadderLabel label, double left, double y, double height) const;

private:
    double widthOf(const LadderLabel &label) const;
};
