// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "exportkind.h"
#include "wire/pcapngwriter.h"

/// Writes the capture `from` to `to`: as Text what --dump-wire prints, as Csv and JsonLines a row a segment (time, from, to, flags,
/// seq, ack, length; what a cut header does not tell is left out), as Pcapng its packets, with comments. Any thread but the
/// network's, it may take long. Empty, or a sentence: why nothing was written, or where the capture breaks off after what was.
QString exportCapture(const QString &from, const QString &to, ExportKind kind, const PacketComments &comments = {});
