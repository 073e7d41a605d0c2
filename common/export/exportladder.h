// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "exportsource.h"

/// Builds the ladder that source describes, from its files and from what the window shows, and saves it. Part of
/// exportFile(), on its thread. Keeps the segments and 8 bytes for each step in memory, but no messages.
ExportOutcome exportLadder(const ExportSource &source, const QString &to, const LadderSaver &saveLadder,
                           ExportProgress &progress);
