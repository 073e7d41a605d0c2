// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "exportkind.h"

/// Writes the session file `from` to `to` as Text, JsonLines or Csv, a line a step. Reads and writes line by line; any thread but
/// the network's, it may take long. Empty, or a sentence that says why not.
QString exportSession(const QString &from, const QString &to, ExportKind kind);
