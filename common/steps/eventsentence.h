// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "step.h"

/// The sentences about events, for StepText. Pure; any thread.
namespace EventSentence {

QString of(const Step &step); ///< of an event that has no detail of its own

QString bytesPhrase(qint64 bytes); ///< "1 byte", "24 bytes"

/// "NUL", "newline", "marker 03": what a message ends with, as in a sentence.
QString terminatorName(const Framing &framing);

} // namespace EventSentence
