// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "fontmetrics.h"

#include <QFontMetricsF>

#include <algorithm>

TextMetrics textMetricsOf(const QFont &font, const QPaintDevice *device)
{
    TextMetrics metrics;
    metrics.advances.fill(0);
    metrics.boldAdvances.fill(0);
    metrics.otherAdvance = 0;
    metrics.lineHeight = 0;
    for (const bool bold : {false, true}) {
        std::array<float, 95> &advances = bold ? metrics.boldAdvances : metrics.advances;
        for (const bool italic : {false, true}) {
            QFont styled = font;
            styled.setBold(bold);
            styled.setItalic(italic);
            const QFontMetricsF style = device ? QFontMetricsF(styled, device) : QFontMetricsF(styled);
            for (size_t i = 0; i < advances.size(); ++i)
                advances[i] = std::max(advances[i], float(style.horizontalAdvance(QChar(char16_t(0x20 + i)))));
            // An ideograph is as wide as the font is high. Measuring one would search all fonts for it, which takes
            // as long as everything else in the window.
            metrics.otherAdvance =
                std::max({metrics.otherAdvance, float(style.horizontalAdvance(u'…')), float(style.height())});
            metrics.lineHeight = std::max(metrics.lineHeight, style.height());
        }
    }
    return metrics;
}
