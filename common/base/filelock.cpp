// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "filelock.h"

#include <QFileDevice>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <sys/file.h>
#endif

bool FileLock::take(const QFileDevice &file, Mode mode)
{
#ifdef Q_OS_UNIX
    const int operation = mode == Mode::Shared      ? LOCK_SH | LOCK_NB
                          : mode == Mode::Exclusive ? LOCK_EX | LOCK_NB
                                                    : LOCK_EX;
    int result = 0;
    do {
        result = ::flock(file.handle(), operation);
    } while (result != 0 && errno == EINTR);
    return result == 0 || errno != EWOULDBLOCK;
#else
    Q_UNUSED(file)
    Q_UNUSED(mode)
    return true;
#endif
}
