// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionfile.h"

#include "base/filelock.h"
#include "base/plainfile.h"

#include <QScopedValueRollback>

#include <algorithm>

namespace {

QString cutOffText(qint64 bytes)
{
    return bytes == 1
               ? SessionFile::tr("The last line is broken: the program that wrote it was ended. Its only byte is "
                                 "left out.")
               : SessionFile::tr("The last line is broken: the program that wrote it was ended. Its %1 bytes are "
                                 "left out.")
                     .arg(bytes);
}

} // namespace

SessionFile::SessionFile(QObject *parent, const SessionLimits &limits)
    : QObject(parent)
    , m_limits(limits)
    , m_writer(m_bytes, limits.inMemory)
    , m_reader(m_bytes, m_lines)
    , m_indexTimer(this)
{
    m_indexTimer.setSingleShot(true);
    connect(&m_indexTimer, &QTimer::timeout, this, &SessionFile::indexSlice);
    connect(&m_writer, &SessionWriter::failed, this, [this](const QString &reason) {
        m_error = reason;
        emit failed(reason);
    });
}

SessionFile::~SessionFile()
{
    clear();
}

bool SessionFile::create(const QString &path, Keep keep)
{
    clear();
    m_path = path;
    return m_writer.create(path, keep == Keep::Always);
}

bool SessionFile::open(const QString &path)
{
    QString reason;
    const int descriptor = PlainFile::openDescriptor(path, reason);
    if (descriptor >= 0)
        return open(path, descriptor);
    clear();
    m_path = path;
    m_error = tr("Cannot open %1: %2.").arg(path, reason);
    return false;
}

bool SessionFile::open(const QString &path, int descriptor)
{
    clear();
    m_path = path;
    QFile &file = m_bytes.file;
    if (!file.open(descriptor, QIODevice::ReadOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle)) {
        m_error = tr("Cannot open %1: %2.").arg(path, file.errorString());
        return false;
    }
    m_bytes.onDisk = file.size();
    // Files in /proc have content, but no size.
    file.seek(0);
    if (const QByteArray first = file.read(1); !first.isEmpty() && first != "{") {
        m_bytes.close();
        m_error = tr("Cannot open %1: it is not a session.").arg(path);
        return false;
    }
    // If this fails, the program that writes the file has locked it: nobody removes it either way.
    m_isWrittenElsewhere = !FileLock::take(file, FileLock::Mode::Shared);
    m_isIndexing = true;
    m_indexTimer.start(0);
    return true;
}

void SessionFile::clear()
{
    m_writer.close();
    m_indexTimer.stop();
    m_bytes.close();
    m_lines.clear();
    m_reader.clear();
    m_indexed = {};
    m_indexedTo = 0;
    m_finder = {};
    m_error.clear();
    m_isIndexing = m_isWrittenElsewhere = m_isShortened = false;
}

SessionPart SessionFile::savedPart(qsizetype row) const
{
    if (row >= count() || m_bytes.isRemoved() || m_bytes.file.isSequential())
        return {};
    const LineIndex::Block &block = m_lines.block(m_lines.blockOf(row));
    return {path(), block.offset, std::min(m_lines.end(), m_bytes.onDisk), block.row, row};
}

SessionPart SessionFile::savedPart(qsizetype first, qsizetype end) const
{
    SessionPart part = savedPart(first);
    if (end < count())
        part.to = std::min(part.to, m_lines.blockEnd(m_lines.blockOf(std::max(first, end - 1))));
    return part;
}

void SessionFile::append(const Step &step)
{
    Q_ASSERT(!m_isAppending);
    const QScopedValueRollback appending(m_isAppending, true);
    m_reader.forgetLastBlock();
    const qsizetype length = m_writer.append(step, m_isShortened ? shortPayload : Step::keptBytes);
    m_lines.addLine(m_lines.end() + length, step.connection);
    m_writer.settle(m_lines);
    emit grown();
    if (m_isShortened || m_lines.end() <= m_limits.wholePayloads)
        return;
    m_isShortened = true;
    emit shortened(
        tr("The session file is large: from now on the first %1 bytes of a message are kept.").arg(shortPayload));
}

void SessionFile::indexSlice()
{
    const QByteArray bytes = m_bytes.read(m_indexedTo, std::min(m_indexedTo + m_limits.indexSlice, m_bytes.onDisk));
    m_reader.forgetLastBlock();
    m_indexed.feed(bytes);
    for (QByteArrayView line; m_indexed.next(line);) {
        const int connection = m_finder.connectionOf(line);
        m_lines.addLine(m_indexed.offset(), connection);
    }
    m_indexedTo += bytes.size();
    m_isIndexing = !bytes.isEmpty() && m_indexedTo < m_bytes.onDisk;
    if (m_isIndexing)
        m_indexTimer.start(0);
    else
        m_indexed = {}; // holds the last slice
    emit grown();
    if (!m_isIndexing && m_lines.end() < m_bytes.onDisk && !m_isWrittenElsewhere)
        emit cutOff(cutOffText(m_bytes.onDisk - m_lines.end()));
}

#include "moc_sessionfile.cpp"
