// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderscene.h"
#include "textmetrics.h"

/// Appends a legend to a scene: the marks that occur in it, side by side, wrapped if they do not fit. Pure.
void addLadderLegend(LadderScene &scene, const TextMetrics &metrics);

/// The legend of all marks, in at most maxLines. For the screen, where it does not change while the ladder scrolls.
/// Pure.
LadderScene wholeLadderLegend(const TextMetrics &metrics, double width, int maxLines);
