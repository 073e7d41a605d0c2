// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "icons.h"

class QAbstractButton;

/// The look of the button for the most useful next step. A window has at most one.
namespace PrimaryButton {

/// Fills the button with the accent colour if isPrimary is true. The button shows the shape in either case.
void paint(QAbstractButton &button, Icons::Shape shape, bool isPrimary);

} // namespace PrimaryButton
