// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "step.h"

/// The times that a column of the log can show.
enum class TimeMode : quint8 {
    Clock,           ///< local time
    SinceConnection, ///< since the first row of the step's connection
    SincePrevious,   ///< since the row before
};

/// Times as short texts. Pure functions; any thread.
namespace StepTimeText {

/// "12:54:05.871"; empty for a line that is not a step.
QString clock(const StepTime &time);
/// "2026-11-22 12:54:05.871752"; empty for a line that is not a step.
QString full(const StepTime &time);
/// "+1.000752", in seconds; after 10,000 s in milliseconds, so that it has 12 characters for a year. By the monotonic
/// clock if both times have it. Empty if one is not a time.
QString difference(const StepTime &from, const StepTime &to);

QLatin1StringView word(TimeMode mode); ///< "clock", "since-connection", "since-previous": for settings
TimeMode fromWord(QStringView word);   ///< Clock for any other word

} // namespace StepTimeText
