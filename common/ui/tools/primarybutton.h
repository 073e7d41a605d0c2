// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "icons.h"

class QAbstractButton;

/// The look of the button of the next useful step, of which a window has at most one.
namespace PrimaryButton {

/// Fills the button with the accent colour, or not. The shape stands on it in either case.
void paint(QAbstractButton &button, Icons::Shape shape, bool isPrimary);

} // namespace PrimaryButton
