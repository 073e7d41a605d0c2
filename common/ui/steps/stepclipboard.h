// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/stepcopy.h"

#include <QString>

class StepModel;
class StepView;

/// Copies the selected rows of a log. Functions for the window's thread.
namespace StepClipboard {

/// These return a sentence about what was not copied, or nothing.
QString copyRows(const StepView &view); ///< the columns as text, separated by tabs
QString copySteps(const StepView &view, const StepModel &model, StepCopy::Form form);

} // namespace StepClipboard
