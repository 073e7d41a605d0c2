// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "exportsource.h"

/// Writes source to `to`, as the kind that its suffix names. Leaves out what the source does not have; if nothing
/// remains, that is an error. Where a kind has only one of them, steps take precedence over segments. If source does
/// not say which of several connections a ladder shows, it is the first. May take long; any thread but the network's,
/// for pictures one on which saveLadder may paint.
ExportOutcome exportFile(const ExportSource &source, const QString &to, const LadderSaver &saveLadder,
                         ExportProgress &progress);
