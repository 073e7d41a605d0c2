// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

#include <array>

/// The size of text in a font, in pixels, as numbers for a layout. Widths are upper bounds: what fits here also fits
/// when it is painted. A plain value; the picture room makes it from a font.
struct TextMetrics {
    double lineHeight = 16; ///< from one line of text to the next
    /// Of the characters from U+0020 to U+007E.
    std::array<float, 95> advances = uniform(8);
    std::array<float, 95> boldAdvances = uniform(9);
    float otherAdvance = 16; ///< of any other UTF-16 unit

    double width(QStringView text, bool bold = false) const;
    /// The part of text that fits into width, ending with "…" if it is not complete; empty if not even that fits.
    QString elided(const QString &text, double width, bool bold = false) const;
    /// The same, but elided in the middle, so that the beginning and the port of an address stay.
    QString elidedInTheMiddle(const QString &text, double width, bool bold = false) const;

    enum class Break { AtSpaces, AfterPunctuation }; ///< AfterPunctuation: only at spaces after a comma or a colon
    /// The text in lines that fit into width: broken at spaces, which are dropped, and within longer words. The last of
    /// maxLines ends with "…" if the text is not complete.
    QStringList wrapped(const QString &text, double width, int maxLines, Break where = Break::AtSpaces) const;

    static std::array<float, 95> uniform(float advance);

private:
    qsizetype fittingCharacters(QStringView text, double width, bool bold) const; ///< does not split surrogate pairs
};
