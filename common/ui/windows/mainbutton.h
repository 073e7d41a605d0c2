// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/status/controls.h"

class PrimaryLook;
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
    PrimaryLook *m_look; ///< owned by the button
};
