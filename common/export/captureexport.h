// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capture/pcapngwriter.h"
#include "export.h"
#include "exportkind.h"

/// Writes the capture of `from` to `to`: as Text what --dump-wire prints, as Csv and JsonLines a row a segment (time, from, to, flags,
/// seq, ack, length; what a cut header does not tell is left out), as Pcapng its packets, with comments. Any thread but the
/// network's, it may take long. Where the capture breaks off after what was written, the outcome's error says so.
ExportOutcome exportCapture(const ExportSource &from, const QString &to, ExportKind kind, const CommentsOf &comments,
                            ExportProgress &progress);
