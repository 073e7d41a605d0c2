// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "savedfile.h"

#include "plainfile.h"

#include <QFileInfo>
#include <QRandomGenerator>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr int tries = 100;
constexpr qsizetype bufferBytes = 64 * 1024;

} // namespace

SavedFile::SavedFile(const QString &path)
    : m_path(path)
{
}

SavedFile::~SavedFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    if (!m_part.isEmpty())
        ::unlink(m_part.constData());
}

bool SavedFile::begin()
{
    if (const QString obstacle = PlainFile::obstacle(m_path); !obstacle.isEmpty())
        return fail(obstacle);
    const QFileInfo info(m_path);
    // The file may be read-only even if its folder is writable.
    if (info.exists() && !info.isWritable())
        return fail(qt_error_string(EACCES));
    m_target = QFile::encodeName(info.isSymLink() && info.exists() ? info.canonicalFilePath() : m_path);
    errno = EEXIST;
    for (int i = 0; i < tries && m_descriptor < 0 && errno == EEXIST; ++i) {
        m_part = m_target + '.' + QByteArray::number(QRandomGenerator::global()->generate(), 16) + ".part";
        m_descriptor = ::open(m_part.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    if (m_descriptor < 0) {
        m_part.clear();
        return fail(qt_error_string(errno));
    }
    return open(WriteOnly | Unbuffered);
}

bool SavedFile::finish()
{
    flush();
    m_buffer.clear();
    QIODevice::close();
    // Some file systems report only now that the disk is full.
    if (m_descriptor >= 0 && ::close(std::exchange(m_descriptor, -1)) != 0)
        fail(qt_error_string(errno));
    return !hasFailed();
}

bool SavedFile::publish()
{
    if (hasFailed())
        return false;
    if (std::rename(m_part.constData(), m_target.constData()) != 0)
        return fail(qt_error_string(errno));
    m_part.clear();
    return true;
}

QString SavedFile::sentence() const
{
    return hasFailed() ? tr("Cannot write %1: %2.").arg(m_path, m_reason) : QString();
}

qint64 SavedFile::readData(char *, qint64)
{
    return -1;
}

/// Writes nothing more after a failure.
qint64 SavedFile::writeData(const char *data, qint64 size)
{
    m_buffer.append(data, qsizetype(size));
    if (hasFailed() || (m_buffer.size() >= bufferBytes && !flush()))
        return -1;
    return size;
}

bool SavedFile::flush()
{
    for (qsizetype done = 0; done < m_buffer.size() && !hasFailed();) {
        const ssize_t written = ::write(m_descriptor, m_buffer.constData() + done, size_t(m_buffer.size() - done));
        if (written >= 0)
            done += written;
        else if (errno != EINTR)
            fail(qt_error_string(errno));
    }
    // Keeps the allocated memory for the next data.
    m_buffer.resize(0);
    return !hasFailed();
}

bool SavedFile::fail(const QString &reason)
{
    if (m_reason.isEmpty())
        m_reason = reason;
    return false;
}

#include "moc_savedfile.cpp"
