// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QFile;

/// Opens regular files, and nothing else that a path may name: a FIFO keeps whoever opens it waiting until the other end comes,
/// a terminal whoever reads it. Nothing here waits, unless the file system itself is dead (see Errand). Any thread.
namespace PlainFile {

/// Opens a file for reading. What is returned is empty, or says why not: "it is a FIFO (named pipe), not a file". An open
/// file has no fileName(): QFile forgets it.
QString open(QFile &file);
/// The same for a path that stands alone: its descriptor, or -1.
int openDescriptor(const QString &path, QString &reason);

/// What keeps path from being written as a file: something is there that is none. Empty: nothing, or a file.
QString obstacle(const QString &path);

/// Whether a device is there, as /dev/full: what cannot be replaced, but may be written.
bool isDevice(const QString &path);

} // namespace PlainFile
