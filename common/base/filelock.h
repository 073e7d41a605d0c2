// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

class QFileDevice;

/// Says to other processes that a session file is in use: flock on Unix, nothing elsewhere. The lock goes with the
/// file's descriptor.
namespace FileLock {

enum class Mode {
    Shared,    ///< other readers may have it too
    Exclusive, ///< nobody else
    Wait,      ///< nobody else; waits for whoever has it
};

/// False only where another descriptor's lock is in the way: a file system without locks counts as free.
bool take(const QFileDevice &file, Mode mode);

} // namespace FileLock
