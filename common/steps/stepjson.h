// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "step.h"

/// One line of a session file and of --output jsonl: a Step as a JSON object, its fields in a fixed order, without a
/// newline. Pure functions; any thread.
namespace StepJson {

/// Writes at most keptBytes of the payload; if that is less than the message, "kept" says how many.
QByteArray toLine(const Step &step, qsizetype keptBytes = Step::keptBytes);
/// Appends the same to line.
void appendLine(QByteArray &line, const Step &step, qsizetype keptBytes = Step::keptBytes);

/// False if line is not a step or event; then step is unchanged.
bool fromLine(QByteArrayView line, Step &step);

/// "2026-11-22T12:54:05.871752Z"; microseconds since 1970-01-01T00:00:00Z.
void appendTime(QByteArray &to, qint64 wallUs);

} // namespace StepJson
