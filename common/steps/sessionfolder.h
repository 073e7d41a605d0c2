// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "step.h"

/// Where runs keep their session files. Functions for the window's thread.
namespace SessionFolder {

/// The folder itself, which both programs share; it need not exist.
QString path();

/// A path for this run's session file, in the user's data folder, which is created (mode 0700) if it is missing.
/// Where that cannot be done, neither can the file be made.
QString newFile(Side side);

/// Removes the oldest session files of folder until the newest 20, and 1 GiB of them, are left, the newest in any case.
/// A file that some process has open as its session is never removed and not counted; nor is one that does not have a
/// session's name.
void removeOld(const QString &folder);

} // namespace SessionFolder
