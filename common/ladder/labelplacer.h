// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderscene.h"
#include "textmetrics.h"

/// Wraps, cuts and places the labels of a ladder. A plain value.
struct LabelPlacer {
    static constexpr double boxHeight = 1.2; ///< the height of a one-line label with its box, in lines

    TextMetrics metrics;
    double line = 0; ///< a line's height

    /// The longest of the texts that fits; if none fits, the last one, elided.
    QString fitting(const std::array<QString, 4> &texts, double width, bool bold) const;
    /// The text in as few lines as possible, at most maxLines, all of about the same length.
    QStringList evenLines(const QString &text, double width, int maxLines,
                          TextMetrics::Break where = TextMetrics::Break::AtSpaces) const;
    /// Wraps or elides the text so that the label fits into width. Returns the label's width.
    double fit(LadderLabel &label, double width) const;
    /// Adds a label of this height whose box begins at left.
    void add(LadderScene &scene, LadderLabel label, double left, double y, double height) const;

private:
    double widthOf(const LadderLabel &label) const;
};
