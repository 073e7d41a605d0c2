// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "plainfile.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

struct PlainFileStrings {
    Q_DECLARE_TR_FUNCTIONS(PlainFile)
};

/// Returns an empty string for a regular file.
QString kindOf(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return {};
    case S_IFIFO:
        return PlainFileStrings::tr("it is a FIFO (named pipe), not a file");
    case S_IFSOCK:
        return PlainFileStrings::tr("it is a socket, not a file");
    case S_IFDIR:
        return PlainFileStrings::tr("it is a folder, not a file");
    case S_IFCHR:
    case S_IFBLK:
        return PlainFileStrings::tr("it is a device, not a file");
    default:
        return PlainFileStrings::tr("it is not a file");
    }
}

} // namespace

int PlainFile::openDescriptor(const QString &path, QString &reason)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat status {
    };
    // The kind is checked before opening, because opening a device may have side effects and a socket cannot be
    // opened at all. It is checked again after opening, because the path may name another file by then.
    if (stat(name.constData(), &status) == 0)
        reason = kindOf(status.st_mode);
    if (!reason.isEmpty())
        return -1;
    const int descriptor = ::open(name.constData(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0 || fstat(descriptor, &status) != 0)
        reason = qt_error_string(errno);
    else
        reason = kindOf(status.st_mode);
    if (reason.isEmpty())
        return descriptor;
    if (descriptor >= 0)
        ::close(descriptor);
    return -1;
}

QString PlainFile::open(QFile &file)
{
    QString reason;
    const int descriptor = openDescriptor(file.fileName(), reason);
    if (descriptor >= 0 && !file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle)) {
        reason = file.errorString();
        ::close(descriptor);
    }
    return reason;
}

QString PlainFile::obstacle(const QString &path)
{
    struct stat status {
    };
    return stat(QFile::encodeName(path).constData(), &status) == 0 ? kindOf(status.st_mode) : QString();
}

bool PlainFile::isDevice(const QString &path)
{
    struct stat status {
    };
    return stat(QFile::encodeName(path).constData(), &status) == 0 &&
           (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode));
}
