// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "export.h"

/// Makes the ladder that source asks for on this thread, from its files and what it says of the shown one, and saves it. A part of
/// exportFile(). Keeps no messages: 8 bytes for each step that the ladder has, and the segments.
ExportOutcome exportLadder(const ExportSource &source, const QString &to, const LadderSaver &saveLadder,
                           ExportProgress &progress);
