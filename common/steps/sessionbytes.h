// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QFile>

/// The bytes of a session: those in its file, and after them those in memory. A SessionFile owns them; its writer
/// adds to them, and its reader reads them.
struct SessionBytes {
    mutable QFile file;   ///< has no name if it was opened by a descriptor
    qint64 onDisk = 0;    ///< bytes that can be read from the file
    QByteArray tail;      ///< lines that are not on disk (yet)
    qint64 tailStart = 0; ///< the offset of the tail's first byte

    void close();
    /// The bytes between two offsets; fewer if a part of them has been dropped or cannot be read.
    QByteArray read(qint64 from, qint64 to) const;
    bool isRemoved() const; ///< nobody finds the file any more; its content goes when it is closed
};
