// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// Writes the session file `from` to `to`, in the kind that the suffix of `to` names: .txt (the original's lines), .jsonl, .csv.
/// Reads and writes line by line; any thread but the network's, it may take long. Empty, or a sentence that says why not.
QString exportSession(const QString &from, const QString &to);
