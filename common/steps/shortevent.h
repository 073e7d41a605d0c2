// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steptext.h"

namespace StepText {

/// An event as a row of the log has room for it: "FIN received", "Connected", "Refused"; else the first sentence of
/// line(), or its first clauses where it is long. For a step, its line. maxCharacters as in line(). A pure function; any
/// thread.
Escaped shortLine(const Step &step, qsizetype maxCharacters = -1);

/// What a step or an event means in TCP, in a sentence or two; nothing where its line says it all.
QString meaning(const Step &step);

} // namespace StepText
