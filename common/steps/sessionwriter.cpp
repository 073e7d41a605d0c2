// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionwriter.h"

#include "base/filelock.h"
#include "base/plainfile.h"
#include "lineindex.h"
#include "sessionbytes.h"
#include "sessionfolder.h"
#include "stepjson.h"

#include <QFileInfo>

#include <chrono>

namespace {

using namespace std::chrono_literals;

constexpr auto writeDelay = 100ms;
constexpr qsizetype maxTail = 1024 * 1024; ///< more is written at once

} // namespace

SessionWriter::SessionWriter(SessionBytes &bytes, qint64 maxInMemory)
    : m_bytes(bytes)
    , m_maxInMemory(maxInMemory)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SessionWriter::flush);
}

bool SessionWriter::create(const QString &path, bool keepsUnused)
{
    QFile &file = m_bytes.file;
    file.setFileName(path);
    // Opening and writing a FIFO would wait for a reader. A device (/dev/full) is taken as it is.
    if (const QString obstacle = PlainFile::obstacle(path); !obstacle.isEmpty() && !PlainFile::isDevice(path)) {
        fail(obstacle);
        return false;
    }
    constexpr auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    constexpr auto mode = QIODevice::ReadWrite | QIODevice::Unbuffered;
    // SessionFolder::removeOld() may hold the lock of a new file for a moment, and nobody else.
    if (file.open(mode | QIODevice::NewOnly, onlyOwner)) {
        m_isSaving = true;
        m_isUnused = !keepsUnused;
        return FileLock::take(file, FileLock::Mode::Wait);
    }
    if (!file.open(mode | QIODevice::ExistingOnly)) {
        fail(file.errorString());
        return false;
    }
    m_isSaving = lockAndEmpty();
    return m_isSaving;
}

/// Makes an existing file this session's own.
bool SessionWriter::lockAndEmpty()
{
    QFile &file = m_bytes.file;
    if (!QFileInfo(file).isFile())
        return true;
    QString reason;
    if (!FileLock::take(file, FileLock::Mode::Exclusive))
        reason = tr("%1 is the session of another program that is running").arg(file.fileName());
    else if (file.size() > 0 && file.peek(1) != "{")
        reason = tr("it exists and is not a session");
    else if (!file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) || !file.resize(0))
        reason = file.errorString();
    if (reason.isEmpty())
        return true;
    file.close();
    fail(reason);
    return false;
}

void SessionWriter::close()
{
    flush();
    m_timer.stop();
    if (m_isSaving && m_isUnused && !m_bytes.isRemoved())
        QFile::remove(m_bytes.file.fileName());
    m_isSaving = m_isUnused = false;
}

qsizetype SessionWriter::append(const Step &step, qsizetype maxPayload)
{
    m_isUnused = m_isUnused && SessionFolder::saysLittle(step);
    const qsizetype before = m_bytes.tail.size();
    StepJson::appendLine(m_bytes.tail, step, maxPayload);
    m_bytes.tail.append('\n');
    return m_bytes.tail.size() - before;
}

void SessionWriter::settle(const LineIndex &lines)
{
    if (!m_isSaving)
        trimMemory(lines);
    else if (m_bytes.tail.size() >= maxTail)
        flush();
    else if (!m_timer.isActive())
        m_timer.start(writeDelay);
}

void SessionWriter::flush()
{
    if (!m_isSaving || m_bytes.tail.isEmpty())
        return;
    m_timer.stop();
    if (m_bytes.isRemoved()) {
        fail(tr("it was removed"));
        return;
    }
    QFile &file = m_bytes.file;
    QByteArray &tail = m_bytes.tail;
    if (!file.isSequential())
        file.seek(m_bytes.onDisk);
    qsizetype done = 0;
    while (done < tail.size()) {
        const qint64 written = file.write(tail.constData() + done, tail.size() - done);
        if (written <= 0)
            break;
        done += written;
    }
    m_bytes.onDisk += done;
    m_bytes.tailStart = m_bytes.onDisk;
    if (done == tail.size()) {
        tail.resize(0); // keeps its memory for the next lines
        return;
    }
    tail.remove(0, done);
    fail(file.errorString());
}

/// The next steps stay in memory. The file stays open: what is in it can be read.
void SessionWriter::fail(const QString &reason)
{
    m_isSaving = false;
    emit failed(tr("The session file %1 cannot be written: %2. New steps are kept in memory only.")
                    .arg(m_bytes.file.fileName(), reason));
}

/// Drops whole blocks of the oldest lines, a quarter of them at once so that it costs nothing for each line.
void SessionWriter::trimMemory(const LineIndex &lines)
{
    if (m_bytes.tail.size() <= m_maxInMemory)
        return;
    const qint64 from = lines.blockStartFrom(lines.end() - m_maxInMemory / 4 * 3);
    if (from <= m_bytes.tailStart)
        return;
    m_bytes.tail = m_bytes.tail.sliced(from - m_bytes.tailStart);
    m_bytes.tailStart = from;
}

#include "moc_sessionwriter.cpp"
