// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "exportsource.h"

/// Writes the bytes of one connection to `to`, as they are: of source.side, or of both ends in turns, in the order in
/// which they were received. Leaves out bytes that were not captured; the note of the outcome counts them. Part of
/// exportFile(), on its thread.
ExportOutcome exportStream(const ExportSource &source, const QString &to, ExportProgress &progress);
