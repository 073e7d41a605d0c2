// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "figures.h"

#include <algorithm>

using namespace Qt::StringLiterals;

QJsonObject Figure::toJson() const
{
    return {{u"name"_s, name},     {u"value"_s, value},
            {u"unit"_s, unit},     {bound == Bound::AtMost ? u"at_most"_s : u"at_least"_s, limit},
            {u"kept"_s, isKept()}, {u"how"_s, how}};
}

Figure Figure::fromJson(const QJsonObject &object)
{
    const bool isAtMost = object.contains(u"at_most"_s);
    return {.name = object.value(u"name"_s).toString(),
            .value = object.value(u"value"_s).toDouble(),
            .unit = object.value(u"unit"_s).toString(),
            .bound = isAtMost ? Bound::AtMost : Bound::AtLeast,
            .limit = object.value(isAtMost ? u"at_most"_s : u"at_least"_s).toDouble(),
            .how = object.value(u"how"_s).toString()};
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

Ratio ratioOf(const Scale &scale, const QString &unit, const std::function<double()> &measured,
              const std::function<double()> &reference)
{
    std::vector<double> first;
    std::vector<double> second;
    std::vector<double> ratios;
    for (int round = 0; round < scale.rounds(); ++round) {
        first.push_back(measured());
        second.push_back(reference());
        ratios.push_back(first.back() / second.back());
    }
    const auto number = [](double value) { return QString::number(value, 'f', value < 100 ? 1 : 0); };
    return {median(ratios), QStringLiteral("%1 to %2 %3").arg(number(median(first)), number(median(second)), unit)};
}
