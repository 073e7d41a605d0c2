// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steptext.h"

namespace StepText {

/// An event, short enough for a row of the log: "FIN received", "Connected", "Refused"; else the first sentence of
/// line(), or the first clauses of a long sentence. For a step, its line. maxCharacters as in line(). A pure
/// function; any thread.
Escaped shortLine(const Step &step, qsizetype maxCharacters = -1);

/// What a step or an event means in TCP, in a sentence or two; empty if its line says it all.
QString meaning(const Step &step);
/// What an attempt that failed means if a capture shows what answered: the name of an ICMP error, and the address of
/// who sent it; or a RST if the name is empty.
QString meaningOfRefusal(const QString &icmpError, const QString &reporter);

} // namespace StepText
