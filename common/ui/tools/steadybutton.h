// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QMouseEvent>
#include <QPushButton>

/// A button whose meaning changes when it is pressed (Start Server, Stop Server): the second press of a double click
/// does nothing, so that who double-clicks does not undo what was begun.
class SteadyButton : public QPushButton
{
    Q_OBJECT
public:
    using QPushButton::QPushButton;

protected:
    void mouseDoubleClickEvent(QMouseEvent *event) override { event->accept(); }
};
