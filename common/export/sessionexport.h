// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "exportkind.h"
#include "exportsource.h"

/// Writes the session of `from` to `to` as Text, JsonLines or Csv, a line for each step. Works line by line. May take
/// long; any thread but the network's.
ExportOutcome exportSession(const ExportSource &from, const QString &to, ExportKind kind, ExportProgress &progress);
