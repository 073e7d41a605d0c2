// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

#include <array>

/// What a layout has to know of a font, in numbers: how wide and how high text is, in pixels. Widths are upper bounds,
/// so that what fits by these numbers fits when it is painted. A plain value; made by who knows fonts.
struct TextMetrics {
    double lineHeight = 16; ///< from one line of text to the next
    /// Of the characters from U+0020 to U+007E.
    std::array<float, 95> advances = uniform(8);
    std::array<float, 95> boldAdvances = uniform(9);
    float otherAdvance = 16; ///< of any other UTF-16 unit

    double width(QStringView text, bool bold = false) const;
    /// As much of text as fits into width, ending with "…" where that is not all of it; nothing where not even that
    /// fits.
    QString elided(const QString &text, double width, bool bold = false) const;
    /// Likewise, but what is left out is the middle: of an address, both its beginning and its port stay.
    QString elidedInTheMiddle(const QString &text, double width, bool bold = false) const;

    enum class Break { AtSpaces, AfterPunctuation }; ///< AfterPunctuation: at spaces behind a comma or a colon only
    /// The text in lines that each fit into width: broken at spaces, which are left out, and within what has none. The
    /// last of mostLines ends with "…" where that is not all.
    QStringList wrapped(const QString &text, double width, int mostLines, Break where = Break::AtSpaces) const;

    static std::array<float, 95> uniform(float advance);

private:
    qsizetype fittingCharacters(QStringView text, double width, bool bold) const; ///< pairs of surrogates stay whole
};
