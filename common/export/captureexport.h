// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capture/pcapngwriter.h"
#include "exportkind.h"
#include "exportsource.h"

/// Writes the capture of `from` to `to`: as Text what --dump-wire prints, as Csv and JsonLines a row for each segment
/// (time, from, to, flags, seq, ack, length, without what a truncated header does not contain), as Pcapng its packets
/// with comments. May take long; any thread but the network's. If the capture is damaged, the outcome's error says
/// where the export ends. If packets are left out, its note says so, and so do the last line of Text and the first of
/// Csv.
ExportOutcome exportCapture(const ExportSource &from, const QString &to, ExportKind kind, const CommentsOf &comments,
                            ExportProgress &progress);
