// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderrow.h"

#include "steps/steptext.h"

#include <algorithm>

LadderStep LadderStep::inferred(Side side, StepKind kind, int number, StepRow origin, Step step)
{
    step.kind = kind;
    step.number = number;
    return {.side = side, .step = origin, .isInferred = true, .text = StepText::line(step, LadderRow::shownCharacters)};
}

void LadderRow::addStep(LadderStep step)
{
    const auto isSameEnd = [&step](const LadderStep &other) { return other.side == step.side; };
    if (std::count_if(steps.cbegin(), steps.cend(), isSameEnd) < maxSteps)
        steps.push_back(std::move(step));
    else
        ++hiddenSteps[size_t(step.side)];
}
