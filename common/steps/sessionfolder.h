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

/// Alone it makes no session worth keeping: that a server listened, that something was captured.
bool saysLittle(const Step &step);

/// A session file, by its name, that has no connection and no attempt to open one. One that just begins is empty too. Reads a
/// small file.
bool isEmpty(const QString &path);

/// Removes what is empty of folder, and the oldest session files until the newest 20, and 1 GiB of them, are left, the newest in
/// any case.
/// A file that some process has open as its session is never removed and not counted; nor is one that does not have a
/// session's name.
void removeOld(const QString &folder);

} // namespace SessionFolder
