// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "figures.h"

#include <algorithm>

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
