// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tcpdumppages.h"

#include <cstdio>

class ExportProgress;

/// Prints the TCP conversations of the capture in path, in the order of their first segment, with a blank line
/// between them: each segment as tcpdump -S -n prints it (with isRelative, as tcpdump -n does), under the headings of
/// its Flow. Returns an empty string, or a sentence. The sentence says why the capture cannot be read or printed, or
/// where it broke off after everything before that was printed. Reads the whole capture into memory; any thread.
QString dumpWire(const QString &path, bool isRelative, const TcpdumpPages::Write &write,
                 const ExportProgress *progress = nullptr);
QString dumpWire(const QString &path, bool isRelative, std::FILE *to);
