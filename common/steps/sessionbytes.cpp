// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionbytes.h"

#include <algorithm>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

void SessionBytes::close()
{
    file.close();
    tail.clear();
    onDisk = tailStart = 0;
}

QByteArray SessionBytes::read(qint64 from, qint64 to) const
{
    QByteArray bytes;
    const qint64 diskEnd = std::min(to, onDisk);
    if (from < diskEnd && file.isOpen() && !file.isSequential() && file.seek(from))
        bytes = file.read(diskEnd - from);
    const qint64 tailFrom = from + bytes.size();
    if (tailFrom < to && tailFrom >= tailStart)
        bytes.append(QByteArrayView(tail).sliced(tailFrom - tailStart, to - tailFrom));
    return bytes;
}

bool SessionBytes::isRemoved() const
{
#ifdef Q_OS_UNIX
    struct stat status {
    };
    return file.isOpen() && fstat(file.handle(), &status) == 0 && status.st_nlink == 0;
#else
    return false;
#endif
}
