// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/rownumber.h"

/// A step's place in a Recording: 0, 1, 2, … in the order in which its steps were added. In a conversation's window
/// it is also the row in the session file; in an opened session it is not.
using StepRow = RowNumber<struct StepRowTag>;
