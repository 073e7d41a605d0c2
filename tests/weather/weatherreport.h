// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QMap>
#include <QStringList>

/// What a comparison has found.
struct WeatherReport {
    static constexpr qsizetype maxFaults = 20;

    QStringList faults;        ///< sentences; the first ones
    QMap<QString, int> counts; ///< of faults, by their kind, and of what is only counted

    void fault(const QString &kind, const QString &sentence)
    {
        if (faults.size() < maxFaults)
            faults.append(kind + QStringLiteral(": ") + sentence);
        ++counts[kind];
    }
    void count(const QString &what) { ++counts[what]; }
};
