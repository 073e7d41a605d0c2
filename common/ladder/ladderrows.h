// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"

class LadderModel;

/// Makes what is drawn of one row. Pure; the model's thread.
namespace LadderRows {

/// Time from one row to the next that is shown: shorter than the 40 ms by which Linux delays an acknowledgement.
constexpr qint64 leastGapUs = 30'000;
/// How much of a message a row keeps.
constexpr qsizetype shownCharacters = 200;

LadderRow make(const LadderModel &model, qsizetype row);

} // namespace LadderRows
