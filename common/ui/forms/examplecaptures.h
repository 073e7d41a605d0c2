// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <memory>
#include <vector>

class QTemporaryFile;

/// The captures that come with the programs (resources/captures).
namespace ExampleCaptures {

struct Example {
    QString name;    ///< of its file, without ".pcap"
    QString title;   ///< as in a menu
    QString toolTip; ///< one line that says what to see
};

std::vector<Example> all();

/// libpcap reads files: a copy that goes with the object. Null where none could be written.
std::unique_ptr<QTemporaryFile> copyOf(const Example &example);

} // namespace ExampleCaptures
