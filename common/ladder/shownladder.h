// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "recording.h"

#include <optional>

/// The ladder that a window shows, with what only the window knows. An export makes it again on a thread of its own,
/// from the session. A plain value; copying a million segments takes about 50 ms.
struct ShownLadder {
    int connection = 0;            ///< of the steps; 0: none
    std::optional<Flow> flow = {}; ///< its segments so far
    std::vector<Recording::KernelState> states = {};
    bool isAbsolute = false;
    QStringList legend = {}; ///< as Recording::legend()

    bool isNothing() const { return connection == 0 && !flow; }
};
