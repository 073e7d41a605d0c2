// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/rownumber.h"

/// A segment's place in its Flow.
using FlowRow = RowNumber<struct FlowRowTag>;
