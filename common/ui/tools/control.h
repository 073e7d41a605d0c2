// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// A button as it should be.
struct Control {
    QString text;
    QString toolTip; ///< what it does, or why it is disabled
    bool enabled = false;
};
