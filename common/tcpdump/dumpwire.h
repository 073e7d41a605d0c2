// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tcpdumppages.h"

#include <cstdio>

class ExportProgress;

/// The result of dumpWire(). The sentences are empty if there is nothing to say.
struct WireDump {
    QString error;   ///< why the capture cannot be read or printed, or where it broke off after what was printed
    QString leftOut; ///< which packets are missing from what was printed
};

/// Prints the TCP conversations of the capture in path, in the order of their first segment, with a blank line
/// between them: each segment as tcpdump -S -n prints it (with isRelative, as tcpdump -n does), under the headings of
/// its Flow. connection: prints only this one, by its place from 1; 0: all. Reads the whole capture into memory; any
/// thread.
WireDump dumpWire(const QString &path, bool isRelative, int connection, const TcpdumpPages::Write &write,
                  const ExportProgress *progress = nullptr);
WireDump dumpWire(const QString &path, bool isRelative, int connection, std::FILE *to);
