// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "exportkind.h"
#include "exportsource.h"

/// Writes the two captures of `source` together (JointCapture): as Text tcpdump's lines of both files under the
/// headings of each connection, in the order of their times; as Csv and JsonLines a row for each segment with its
/// departure, arrival and fate, in the order of departure; as Pcapng the packets of both files with their own
/// interfaces, in the order of their times, which stay those of each file's clock; as a ladder or bytes one connection.
/// Part of exportFile(), on its thread.
ExportOutcome exportJoint(const ExportSource &source, const QString &to, ExportKind kind, const LadderSaver &saveLadder,
                          ExportProgress &progress);
