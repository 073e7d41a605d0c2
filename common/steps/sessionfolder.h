// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "step.h"

/// The folder of the session files. For the window's thread.
namespace SessionFolder {

/// The folder itself, which both programs share; it need not exist.
QString path();

/// A path for this run's session file, in the user's data folder, which is created (mode 0700) if it is missing.
/// If that fails, the file cannot be created either.
QString newFile(Side side);

/// A session of only such steps is not worth keeping: a server listened, something was captured.
bool saysLittle(const Step &step);

/// Whether path is a session file (by its name) without a connection or an attempt to open one. Reads the file, if it
/// is small.
bool isEmpty(const QString &path);

/// Removes empty session files from the folder, and the oldest ones until at most 20 files and 1 GiB remain; keeps
/// the newest in any case. Ignores files that a process has open as its session, and files without a session's name.
void removeOld(const QString &folder);

} // namespace SessionFolder
