// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/segment.h"

#include <string_view>

/// Formats the options of a TCP header as tcpdump 4.99 prints them. Pure.
namespace TcpdumpOptions {

struct Result {
    bool isComplete = true;               ///< false: an option is invalid or cut off, and tcpdump stops printing
    std::string_view cutMark = " [|tcp]"; ///< how tcpdump marks a cut-off from here on
};

/// Appends ", options […]" for a sound segment with headerBytes > 20. Subtracts sackOrigin from the edges of SACK
/// blocks.
Result append(const Segment &segment, quint32 sackOrigin, std::string &to);

} // namespace TcpdumpOptions
