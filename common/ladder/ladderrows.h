// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"

class LadderModel;

/// Makes the rows that are drawn. Pure; on the model's thread.
namespace LadderRows {

/// The minimum time between two rows to show: shorter than the 40 ms of a delayed acknowledgement.
constexpr qint64 minGapUs = 30'000;

LadderRow make(const LadderModel &model, LadderIndex row);

/// The step that a row shows, or whose segment it is, or that it acknowledges; invalid: there is none.
StepRow stepThatGoesWith(const LadderModel &model, LadderIndex row);

} // namespace LadderRows
