// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

/// What a RST did, as far as the capture shows. A plain value.
struct ResetEffect {
    bool closesSender = false;   ///< its sender has no connection any more
    bool closesReceiver = false; ///< its receiver accepted it

    bool isIgnored() const { return !closesSender && !closesReceiver; }
    bool operator==(const ResetEffect &) const = default;
};
