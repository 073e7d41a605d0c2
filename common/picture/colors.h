// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>

class QPalette;

/// The colours that the platform's palette lacks: one set for light backgrounds, one for dark ones. Everything that
/// is painted takes its colours from here or from the platform's palette. A plain value; any thread.
///
/// The contrasts are those of WCAG 2 against the palette's Base, and hold for usual palettes (see tst_colors).
struct Colors {
    QColor quietText;   ///< events, time gaps, addresses; at least 4.5:1
    QColor placeholder; ///< in empty fields and views; at least 4.5:1
    QColor line;        ///< lifelines, borders of inferred items; at least 3:1
    QColor accent;      ///< the primary button, the current row, flags on the wire; at least 4.5:1
    QColor onAccent;    ///< text on accent; at least 4.5:1 against accent
    QColor tint;        ///< behind escapes, steps' boxes; text on it has at least 4.5:1
    QColor warning;     ///< text and marks; at least 4.5:1
    QColor error;       ///< text, marks and ICMP errors; at least 4.5:1

    static const Colors &of(const QPalette &palette); ///< the set that suits the palette's Base
    static bool isDark(const QPalette &palette);

    /// Mixes a and b: share is the share of b, from 0 to 1.
    static QColor mix(const QColor &a, const QColor &b, double share);
    /// The contrast of two colours, from 1 to 21 (WCAG 2, "contrast ratio").
    static double contrast(const QColor &a, const QColor &b);
};
