// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderscene.h"
#include "textmetrics.h"

/// Appends to a scene what its marks mean: those that are in it, side by side, wrapped where they do not fit. Pure.
void addLadderLegend(LadderScene &scene, const TextMetrics &metrics);

/// What all marks mean, in at most so many lines. For the screen, where it stays the same while the ladder scrolls.
/// Pure.
LadderScene wholeLadderLegend(const TextMetrics &metrics, double width, int mostLines);
