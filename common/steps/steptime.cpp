// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steptime.h"

#include "steptext.h"

#include <QDateTime>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 second = 1'000'000;                        ///< in microseconds
constexpr qint64 maxMicroseconds = qint64(10'000) * second; ///< a longer time is shown in milliseconds

constexpr std::array timeModeWords = {"clock"_L1, "since-connection"_L1, "since-previous"_L1}; ///< by TimeMode

} // namespace

QString StepTimeText::clock(const StepTime &time)
{
    return time.wallUs == 0 ? QString() : StepText::clock(time).chopped(3);
}

QString StepTimeText::full(const StepTime &time)
{
    if (time.wallUs == 0)
        return {};
    const QDateTime dateTime = QDateTime::fromMSecsSinceEpoch(time.wallUs / 1000);
    return dateTime.date().toString(Qt::ISODate) + u' ' + StepText::clock(time);
}

QString StepTimeText::difference(const StepTime &from, const StepTime &to)
{
    if (from.wallUs == 0 || to.wallUs == 0)
        return {};
    const bool isMonotonic = from.monotonicUs != 0 && to.monotonicUs != 0;
    const qint64 us = isMonotonic ? to.monotonicUs - from.monotonicUs : to.wallUs - from.wallUs;
    const qint64 size = qAbs(us);
    const QString fraction = QString::number(size % second).rightJustified(6, u'0');
    return (us < 0 ? u'−' : u'+') + QString::number(size / second) + u'.' +
           (size < maxMicroseconds ? fraction : fraction.first(3));
}

QLatin1StringView StepTimeText::word(TimeMode mode)
{
    return timeModeWords[size_t(mode)];
}

TimeMode StepTimeText::fromWord(QStringView word)
{
    const auto found = std::find(timeModeWords.begin(), timeModeWords.end(), word);
    return found == timeModeWords.end() ? TimeMode::Clock : TimeMode(found - timeModeWords.begin());
}
