// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "temporaryfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLocale>

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace {

struct TemporaryFileStrings {
    Q_DECLARE_TR_FUNCTIONS(TemporaryFile)
};

} // namespace

TemporaryFile::~TemporaryFile()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

bool TemporaryFile::create()
{
    QByteArray path = QFile::encodeName(QDir::tempPath() + "/tcp-steps-XXXXXX");
    m_descriptor = mkostemp(path.data(), O_CLOEXEC);
    if (m_descriptor < 0) {
        m_sentence =
            TemporaryFileStrings::tr("Cannot create a file in %1: %2").arg(QDir::tempPath(), qt_error_string(errno));
        return false;
    }
    unlink(path.constData());
    struct statvfs space = {};
    if (m_limit < 0 && fstatvfs(m_descriptor, &space) == 0)
        m_limit = qMin(maxBytes, qint64(space.f_bavail) * qint64(space.f_frsize) / 2);
    return true;
}

bool TemporaryFile::append(const char *bytes, qsizetype count)
{
    if (m_descriptor < 0 && !create())
        return false;
    if (m_limit >= 0 && m_size + count > m_limit) {
        m_sentence = TemporaryFileStrings::tr("The capture is longer than the %1 that may be used in %2")
                         .arg(QLocale().formattedDataSize(m_limit), QDir::tempPath());
        return false;
    }
    while (count > 0) {
        const ssize_t written = write(m_descriptor, bytes, size_t(count));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            m_sentence =
                TemporaryFileStrings::tr("Cannot write to %1: %2").arg(QDir::tempPath(), qt_error_string(errno));
            return false;
        }
        bytes += written;
        count -= written;
        m_size += written;
    }
    return true;
}

int TemporaryFile::openAgain()
{
    if (m_descriptor < 0 && !create())
        return -1;
    // With a position of its own; a duplicate would share it.
    const QByteArray path = "/proc/self/fd/" + QByteArray::number(m_descriptor);
    return open(path.constData(), O_RDONLY | O_CLOEXEC);
}
