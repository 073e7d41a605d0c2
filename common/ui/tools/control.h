// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// The state that a button should have.
struct Control {
    QString text;
    QString toolTip; ///< what the button does, or why it is disabled
    bool enabled = false;
};
