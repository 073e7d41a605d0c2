// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "step.h"

/// One line of a session file and of --output jsonl: a Step as a JSON object, its fields in a fixed order, without a
/// newline. Pure functions; any thread.
namespace StepJson {

/// At most keptBytes of the payload are written; "kept" says how many where that is less than the message.
QByteArray toLine(const Step &step, qsizetype keptBytes = Step::keptBytes);
/// The same, behind what line holds.
void appendLine(QByteArray &line, const Step &step, qsizetype keptBytes = Step::keptBytes);

/// False where line is not a step or event; then step is untouched.
bool fromLine(QByteArrayView line, Step &step);

/// "2026-11-22T12:54:05.871752Z"; microseconds since 1970-01-01T00:00:00Z.
void appendTime(QByteArray &to, qint64 wallUs);

} // namespace StepJson
