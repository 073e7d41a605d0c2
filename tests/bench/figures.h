// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QString>

#include <functional>
#include <vector>

/// How much to measure. A short run only shows that everything works.
struct Scale {
    bool isShort = false;
    int repeated = 1;                                         ///< more for quick measurements that vary a lot
    int rounds() const { return isShort ? 1 : 5 * repeated; } ///< the median of these rounds counts
    int of(int whole) const { return isShort ? std::max(1, whole / 500) : whole; }
};

inline const QString ratioUnit = QStringLiteral("×");

/// One line of the table.
struct Figure {
    enum class Bound { AtMost, AtLeast };

    QString name;
    double value = 0;
    QString unit; ///< ratioUnit, "MiB", "ms", …
    Bound bound = Bound::AtMost;
    double limit = 0;
    QString how; ///< the two measurements of a ratio, or another explanation of the value

    QJsonObject toJson() const;
    static Figure fromJson(const QJsonObject &object);
    bool isKept() const { return bound == Bound::AtMost ? value <= limit : value >= limit; }
};

/// A row of the bench measures something and yields one or more figures.
struct BenchRow {
    QString key; ///< for --only
    std::function<std::vector<Figure>(const Scale &)> measure;
    bool isInner = false; ///< only runs on request: another row runs it
};

std::vector<BenchRow> conversationRows();
std::vector<BenchRow> windowRows();
std::vector<BenchRow> wireRows();
std::vector<BenchRow> stepRows();
std::vector<BenchRow> burstRows();
std::vector<BenchRow> sendingRows();
std::vector<BenchRow> linkRows();

double median(std::vector<double> values);

/// Measures two things alternately, as often as the scale says, so that both see the same noise. Yields the median
/// ratio of the first to the second, and their medians as "12.3 to 10.1 µs".
struct Ratio {
    double value = 0;
    QString how;
};
Ratio ratioOf(const Scale &scale, const QString &unit, const std::function<double()> &measured,
              const std::function<double()> &reference);
