// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "export.h"

/// Writes the session of `from` to `to` as Text, JsonLines or Csv, a line a step. Reads and writes line by line; any thread but
/// the network's, it may take long.
ExportOutcome exportSession(const ExportSource &from, const QString &to, ExportKind kind, ExportProgress &progress);
