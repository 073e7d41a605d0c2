// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

class QFileDevice;

/// Tells other processes that a session file is in use: with flock on Unix, not at all elsewhere. The lock is
/// released when the file's descriptor is closed.
namespace FileLock {

enum class Mode {
    Shared,    ///< other readers may hold it too
    Exclusive, ///< no one else may hold it
    Wait,      ///< like Exclusive, but waits until the others release it
};

/// Returns false only if another descriptor's lock is in the way. A file system without locks counts as free.
bool take(const QFileDevice &file, Mode mode);

} // namespace FileLock
