// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "textmetrics.h"

namespace {

constexpr QChar ellipsis(u'…');

} // namespace

std::array<float, 95> TextMetrics::uniform(float advance)
{
    std::array<float, 95> advances;
    advances.fill(advance);
    return advances;
}

double TextMetrics::width(QStringView text, bool bold) const
{
    const std::array<float, 95> &known = bold ? boldAdvances : advances;
    double width = 0;
    for (const QChar character : text) {
        const char16_t code = character.unicode();
        width += double(code >= 0x20 && code <= 0x7e ? known[size_t(code - 0x20)] : otherAdvance);
    }
    return width;
}

QString TextMetrics::elided(const QString &text, double width, bool bold) const
{
    double used = 0;
    const double room = width - this->width(QStringView(&ellipsis, 1), bold);
    qsizetype fits = 0; // characters that leave room for the ellipsis
    for (qsizetype i = 0; i < text.size(); ++i) {
        used += this->width(QStringView(text).mid(i, 1), bold);
        if (used <= room)
            fits = i + 1;
        if (used > width) {
            if (room < 0)
                return {};
            if (fits > 0 && text[fits - 1].isHighSurrogate())
                --fits;
            while (fits > 0 && text[fits - 1] == u' ')
                --fits;
            return text.first(fits) + ellipsis;
        }
    }
    return text;
}
