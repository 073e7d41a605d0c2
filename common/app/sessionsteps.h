// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/step.h"

#include <QFile>

#include <vector>

/// Reading a session file from its beginning, without a SessionFile. Any one thread.
namespace SessionSteps {

/// The next step or event; false at the end. Lines that are neither are passed over.
bool readNext(QFile &session, Step &step);

/// All of them. Of a message, what a line of text shows is kept.
std::vector<Step> readAll(QFile &session);

} // namespace SessionSteps
