// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "colors.h"

#include <QPalette>

#include <algorithm>
#include <cmath>

namespace {

const Colors light{
    .quietText = QColor(0x5a, 0x5f, 0x66),
    .placeholder = QColor(0x67, 0x6c, 0x73),
    .line = QColor(0x80, 0x86, 0x8c),
    .accent = QColor(0x1a, 0x5f, 0xb4),
    .onAccent = QColor(0xff, 0xff, 0xff),
    .tint = QColor(0xdb, 0xe8, 0xf8),
    .warning = QColor(0x8a, 0x5a, 0x00),
    .error = QColor(0xb3, 0x26, 0x1e),
};

const Colors dark{
    .quietText = QColor(0xa9, 0xae, 0xb4),
    .placeholder = QColor(0x9b, 0xa0, 0xa6),
    .line = QColor(0x7f, 0x84, 0x8a),
    .accent = QColor(0x78, 0xae, 0xed),
    .onAccent = QColor(0x0c, 0x1e, 0x36),
    .tint = QColor(0x28, 0x40, 0x60),
    .warning = QColor(0xf0, 0xb9, 0x5b),
    .error = QColor(0xff, 0x8a, 0x80),
};

/// See WCAG 2, "relative luminance".
double luminance(const QColor &color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

bool Colors::isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Base)) < luminance(palette.color(QPalette::Text));
}

const Colors &Colors::of(const QPalette &palette)
{
    return isDark(palette) ? dark : light;
}

QColor Colors::mix(const QColor &a, const QColor &b, double share)
{
    const auto channel = [share](float x, float y) { return float(x + (y - x) * share); };
    return QColor::fromRgbF(channel(a.redF(), b.redF()), channel(a.greenF(), b.greenF()),
                            channel(a.blueF(), b.blueF()));
}

double Colors::contrast(const QColor &a, const QColor &b)
{
    const double one = luminance(a);
    const double other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}
