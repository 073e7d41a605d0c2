// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steadybutton.h"

void SteadyButton::mouseDoubleClickEvent(QMouseEvent *event)
{
    event->accept();
}

#include "moc_steadybutton.cpp"
