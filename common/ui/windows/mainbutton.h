// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/status/controls.h"
#include "ui/tools/icons.h"

class QPushButton;

/// What the main button of a conversation's window looks like: Start, Stop, Connect, Cancel or Send. Owned by a
/// ConversationWindow.
class MainButton
{
public:
    explicit MainButton(QPushButton &button); ///< outlives this object

    void apply(const Controls &controls);

private:
    QPushButton &m_button;
    std::pair<Icons::Shape, bool> m_look; ///< its icon, and whether it is the primary one
};
