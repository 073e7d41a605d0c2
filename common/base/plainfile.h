// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QFile;

/// Opens regular files only, and nothing else that a path may name: opening a FIFO blocks until the other end opens
/// it, and reading a terminal blocks until someone types. Nothing here blocks, unless the file system itself is dead
/// (see Errand). Any thread.
namespace PlainFile {

/// Opens a file for reading. Returns an empty string, or the reason why it failed: "it is a FIFO (named pipe), not a
/// file". An open file has no fileName(), because QFile forgets it.
QString open(QFile &file);
/// Opens a path that is not part of a QFile. Returns its descriptor, or -1.
int openDescriptor(const QString &path, QString &reason);

/// Returns why path cannot be written as a file: it names something that is not a file. Returns an empty string if
/// path names a file or nothing.
QString obstacle(const QString &path);

/// Returns whether path names a device, such as /dev/full. A device can be written, but not replaced.
bool isDevice(const QString &path);

} // namespace PlainFile
