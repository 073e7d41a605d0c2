// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tcpdumppages.h"

#include <cstdio>

class ExportProgress;

/// Prints the TCP conversations of the capture in path, in the order of their first segment, a blank line between them: each segment as
/// tcpdump -S -n prints it (isRelative: as tcpdump -n does), under the headings of its Flow. Empty, or a sentence that says where the capture
/// broke off, after all before it has been printed, or why it cannot be read or printed. Reads the whole capture into memory; any thread.
QString dumpWire(const QString &path, bool isRelative, const TcpdumpPages::Write &write,
                 const ExportProgress *progress = nullptr);
QString dumpWire(const QString &path, bool isRelative, std::FILE *to);
