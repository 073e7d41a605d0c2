// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "recording.h"

#include <optional>

/// Which ladder a window shows, and of it what only the window knows: for an export that makes it again on a thread of
/// its own, from the session. A plain value; to copy a million segments takes some 50 ms.
struct ShownLadder {
    int connection = 0;            ///< whose steps; 0: of none
    std::optional<Flow> flow = {}; ///< its segments so far
    std::vector<Recording::KernelState> states = {};
    bool isAbsolute = false;

    bool isNothing() const { return connection == 0 && !flow; }
};
