// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <memory>
#include <vector>

class QTemporaryFile;

/// The captures that are installed with the programs (resources/captures).
namespace ExampleCaptures {

struct Example {
    QString name;    ///< the file name without ".pcap"
    QString title;   ///< as shown in a menu
    QString toolTip; ///< one line that says what the capture shows
};

std::vector<Example> all();

/// Copies the capture to a temporary file, because libpcap reads files only. The file is removed with the object.
/// Returns null if the copy could not be written.
std::unique_ptr<QTemporaryFile> copyOf(const Example &example);

} // namespace ExampleCaptures
