// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QMouseEvent>
#include <QPushButton>

/// A button whose meaning changes when it is pressed (Start Server, Stop Server). It ignores the second press of a
/// double click, so that a double click does not undo the action of its first press.
class SteadyButton : public QPushButton
{
    Q_OBJECT
public:
    using QPushButton::QPushButton;

protected:
    void mouseDoubleClickEvent(QMouseEvent *event) override;
};
