// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"

class LadderModel;

/// Arrows that no capture has, inferred from steps. Pure; on the model's thread.
namespace LadderGuess {

/// Makes the row of this step an arrow, if the step shows that there was a segment. What this end received was
/// certainly sent; what it sent is drawn unless a running capture or the kernel contradicts.
void addArrow(LadderRow &row, const LadderModel &model, LadderIndex at, StepRow index, const Step &step);

} // namespace LadderGuess
