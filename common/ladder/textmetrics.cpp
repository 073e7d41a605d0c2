// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "textmetrics.h"

#include <algorithm>

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

qsizetype TextMetrics::fittingCharacters(QStringView text, double width, bool bold) const
{
    double used = 0;
    qsizetype fits = 0;
    for (; fits < text.size(); ++fits) {
        used += this->width(text.mid(fits, 1), bold);
        if (used > width)
            break;
    }
    return fits > 0 && fits < text.size() && text[fits - 1].isHighSurrogate() ? fits - 1 : fits;
}

QString TextMetrics::elided(const QString &text, double width, bool bold) const
{
    if (this->width(text, bold) <= width)
        return text;
    const double room = width - this->width(QStringView(&ellipsis, 1), bold);
    if (room < 0)
        return {};
    qsizetype fits = fittingCharacters(text, room, bold);
    while (fits > 0 && text[fits - 1] == u' ')
        --fits;
    return text.first(fits) + ellipsis;
}

QString TextMetrics::elidedInTheMiddle(const QString &text, double width, bool bold) const
{
    if (this->width(text, bold) <= width)
        return text;
    const double room = width - this->width(QStringView(&ellipsis, 1), bold);
    if (room < 0)
        return {};
    const qsizetype first = fittingCharacters(text, room / 2, bold);
    const double left = room - this->width(QStringView(text).first(first), bold);
    qsizetype last = text.size();
    while (last > first && this->width(QStringView(text).sliced(last - 1), bold) <= left)
        --last;
    return text.first(first) + ellipsis + text.sliced(last);
}

QStringList TextMetrics::wrapped(const QString &text, double width, int maxLines, Break where) const
{
    const auto isBreak = [where](QStringView line, qsizetype at) {
        const bool isPunctuated = at > 0 && (line[at - 1] == u',' || line[at - 1] == u':');
        return at > 0 && line[at] == u' ' && (where == Break::AtSpaces || isPunctuated);
    };
    QStringList lines;
    for (QStringView rest = text; !rest.isEmpty();) {
        const qsizetype fits = fittingCharacters(rest, width, false);
        if (fits == rest.size() || lines.size() + 1 == maxLines) {
            lines.append(elided(rest.toString(), width));
            break;
        }
        qsizetype end = fits; // a space that follows need not fit
        while (end > 0 && !isBreak(rest, end))
            --end;
        if (end == 0)
            end = std::max<qsizetype>(rest[0].isHighSurrogate() && rest.size() > 1 ? 2 : 1, fits);
        lines.append(rest.first(end).trimmed().toString());
        rest = rest.sliced(end).trimmed();
    }
    return lines;
}
