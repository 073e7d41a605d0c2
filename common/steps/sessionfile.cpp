// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionfile.h"

#include "base/filelock.h"
#include "base/plainfile.h"
#include "sessionfolder.h"
#include "stepjson.h"

#include <QFileInfo>

#include <algorithm>
#include <chrono>
#include <cstring>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace {

using namespace std::chrono_literals;

constexpr auto writeDelay = 100ms;
constexpr qsizetype blockLines = 64;
constexpr qint64 blockBytes = 256 * 1024;
constexpr size_t lineHead = 512;               ///< bytes of a line that have all fields before a message's text
constexpr qsizetype longestTail = 1024 * 1024; ///< is written at once
constexpr qsizetype cachedBytes = 8 * 1024 * 1024;

QString cutOffText(qint64 bytes)
{
    return bytes == 1
               ? SessionFile::tr("The last line is broken: the program that wrote it was ended. Its only byte is "
                                 "left out.")
               : SessionFile::tr("The last line is broken: the program that wrote it was ended. Its %1 bytes are "
                                 "left out.")
                     .arg(bytes);
}

Step errorEvent(const QString &sentence)
{
    Step step;
    step.kind = StepKind::Error;
    step.detail = sentence;
    return step;
}

} // namespace

SessionFile::SessionFile(QObject *parent, const SessionLimits &limits)
    : QObject(parent)
    , m_limits(limits)
    , m_blockCache(cachedBytes)
    , m_stepCache(cachedBytes)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { m_indexing ? indexSlice() : flush(); });
}

SessionFile::~SessionFile()
{
    clear();
}

bool SessionFile::create(const QString &path, Keep keep)
{
    clear();
    m_path = path;
    m_file.setFileName(path);
    // Opening and writing a FIFO would wait for a reader. A device (/dev/full) is taken as it is.
    if (const QString obstacle = PlainFile::obstacle(path); !obstacle.isEmpty() && !PlainFile::isDevice(path)) {
        fail(obstacle);
        return false;
    }
    constexpr auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    constexpr auto mode = QIODevice::ReadWrite | QIODevice::Unbuffered;
    // A file that is new can be locked for a moment only, by SessionFolder::removeOld().
    if (m_file.open(mode | QIODevice::NewOnly, onlyOwner)) {
        m_saving = true;
        m_isDropped = keep == Keep::IfUsed;
        return FileLock::take(m_file, FileLock::Mode::Wait);
    }
    if (!m_file.open(mode | QIODevice::ExistingOnly)) {
        fail(m_file.errorString());
        return false;
    }
    m_saving = lockAndEmpty();
    return m_saving;
}

/// Makes an existing file this session's own.
bool SessionFile::lockAndEmpty()
{
    if (!QFileInfo(m_file).isFile())
        return true;
    if (!FileLock::take(m_file, FileLock::Mode::Exclusive)) {
        m_file.close();
        fail(tr("%1 is the session of another program that is running").arg(m_path));
        return false;
    }
    if (m_file.size() > 0 && m_file.peek(1) != "{") {
        m_file.close();
        fail(tr("it exists and is not a session"));
        return false;
    }
    if (!m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) || !m_file.resize(0)) {
        const QString reason = m_file.errorString();
        m_file.close();
        fail(reason);
        return false;
    }
    return true;
}

bool SessionFile::open(const QString &path)
{
    QString reason;
    const int descriptor = PlainFile::openDescriptor(path, reason);
    if (descriptor >= 0)
        return open(path, descriptor);
    clear();
    m_path = path;
    m_file.setFileName(path);
    m_error = tr("Cannot open %1: %2.").arg(path, reason);
    return false;
}

bool SessionFile::open(const QString &path, int descriptor)
{
    clear();
    m_path = path;
    m_file.setFileName(path);
    if (!m_file.open(descriptor, QIODevice::ReadOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle)) {
        m_error = tr("Cannot open %1: %2.").arg(path, m_file.errorString());
        return false;
    }
    m_onDisk = m_file.size();
    // What /proc holds has no size, and yet a content.
    m_file.seek(0);
    if (const QByteArray first = m_file.read(1); !first.isEmpty() && first != "{") {
        m_file.close();
        m_onDisk = 0;
        m_error = tr("Cannot open %1: it is not a session.").arg(path);
        return false;
    }
    // Where this fails, the program that writes the file has locked it: nobody removes it either way.
    m_isWritten = !FileLock::take(m_file, FileLock::Mode::Shared);
    m_indexing = true;
    m_timer.start(0);
    return true;
}

void SessionFile::clear()
{
    flush();
    m_timer.stop();
    if (m_saving && m_isDropped && !isRemoved())
        QFile::remove(path());
    m_file.close();
    m_error.clear();
    m_tail.clear();
    m_tailStart = m_onDisk = m_indexed = m_end = 0;
    m_connectionAt = 0;
    m_count = 0;
    m_blocks.clear();
    m_blockCache.clear();
    m_stepCache.clear();
    m_indexing = m_saving = m_shortened = m_isWritten = m_isDropped = m_hasSeveral = false;
}

Step SessionFile::at(qsizetype row) const
{
    if (const Step *step = m_stepCache.object(row))
        return *step;
    const QByteArray text = line(row);
    if (text.isNull())
        return errorEvent(tr("This step was not kept"));
    const Step step = stepOf(text, row);
    m_stepCache.insert(row, new Step(step), qsizetype(sizeof(Step)) + text.size());
    return step;
}

Step SessionFile::stepOf(QByteArrayView line, qsizetype row)
{
    Step step;
    if (!StepJson::fromLine(line, step))
        return errorEvent(tr("Line %1 of the session file is not a step").arg(row + 1));
    return step;
}

bool SessionFile::isEvent(qsizetype row) const
{
    const QByteArray text = line(row);
    return isSurelyEvent(text) || (!text.contains(",\"kind\":\"") && at(row).isEvent());
}

bool SessionFile::isSurelyEvent(QByteArrayView line)
{
    // Inside a JSON string there would be a backslash before the quotes.
    return line.contains(",\"event\":\"");
}

SessionFile::Part SessionFile::savedPart(qsizetype row) const
{
    if (row >= m_count || isRemoved() || m_file.isSequential())
        return {};
    const Block &block = m_blocks[blockOf(row)];
    return {path(), block.offset, std::min(m_end, m_onDisk), block.row, row};
}

void SessionFile::append(const Step &step)
{
    if (!m_shortened && m_end > m_limits.wholePayloads) {
        m_shortened = true;
        emit shortened(
            tr("The session file is large: from now on the first %1 bytes of a message are kept.").arg(shortPayload));
    }
    m_hasSeveral = m_hasSeveral || step.connection > 1;
    m_isDropped = m_isDropped && SessionFolder::saysLittle(step);
    forgetLastBlock();
    const qsizetype before = m_tail.size();
    StepJson::appendLine(m_tail, step, m_shortened ? shortPayload : Step::keptBytes);
    m_tail.append('\n');
    addLine(m_end + m_tail.size() - before);
    if (!m_saving)
        trimMemory();
    else if (m_tail.size() >= longestTail)
        flush();
    else if (!m_timer.isActive())
        m_timer.start(writeDelay);
    emit grown();
}

void SessionFile::flush()
{
    if (!m_saving || m_tail.isEmpty())
        return;
    m_timer.stop();
    if (isRemoved()) {
        fail(tr("it was removed"));
        return;
    }
    if (!m_file.isSequential())
        m_file.seek(m_onDisk);
    qsizetype done = 0;
    while (done < m_tail.size()) {
        const qint64 written = m_file.write(m_tail.constData() + done, m_tail.size() - done);
        if (written <= 0)
            break;
        done += written;
    }
    const bool all = done == m_tail.size();
    m_onDisk += done;
    m_tailStart = m_onDisk;
    if (all)
        m_tail.resize(0); // keeps its memory for the next lines
    else
        m_tail.remove(0, done);
    if (!all)
        fail(m_file.errorString());
}

/// Nobody finds the file any more; what it holds goes when it is closed.
bool SessionFile::isRemoved() const
{
#ifdef Q_OS_UNIX
    struct stat status {
    };
    return m_file.isOpen() && fstat(m_file.handle(), &status) == 0 && status.st_nlink == 0;
#else
    return false;
#endif
}

/// Steps go on in memory. The file stays open: what it has can be read.
void SessionFile::fail(const QString &reason)
{
    m_saving = false;
    m_error =
        tr("The session file %1 cannot be written: %2. Steps go on, but are kept in memory only.").arg(path(), reason);
    emit failed(m_error);
}

/// Drops whole blocks of the oldest lines in memory, a quarter of them at once so that it costs nothing for each line.
void SessionFile::trimMemory()
{
    if (m_tail.size() <= m_limits.inMemory)
        return;
    const qint64 wanted = m_end - m_limits.inMemory / 4 * 3;
    const auto next = std::lower_bound(m_blocks.begin(), m_blocks.end(), wanted,
                                       [](const Block &block, qint64 offset) { return block.offset < offset; });
    const qint64 from = next == m_blocks.end() ? m_blocks.back().offset : next->offset;
    if (from <= m_tailStart)
        return;
    m_tail = m_tail.sliced(from - m_tailStart);
    m_tailStart = from;
}

/// What is cached of the last block will not be all of it.
void SessionFile::forgetLastBlock()
{
    if (!m_blocks.empty())
        m_blockCache.remove(m_blocks.size() - 1);
}

void SessionFile::addLine(qint64 end)
{
    if (m_blocks.empty() || m_count - m_blocks.back().row >= blockLines || m_end - m_blocks.back().offset >= blockBytes)
        m_blocks.push_back({m_end, m_count});
    m_end = end;
    ++m_count;
}

/// A quick look at a line: it names a connection after #1. Inside a JSON string there would be a backslash before the
/// quotes.
bool SessionFile::isOfLaterConnection(std::string_view line)
{
    constexpr std::string_view name = ",\"connection\":";
    size_t at = m_connectionAt; // most lines have it where the line before has it
    if (line.size() < at || !line.substr(at).starts_with(name))
        at = line.substr(0, lineHead).find(name);
    if (at == std::string_view::npos)
        return false;
    m_connectionAt = at;
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const std::string_view number = line.substr(at + name.size(), 2);
    return number.size() == 2 && number[0] >= '1' && number[0] <= '9' && (number[0] > '1' || isDigit(number[1]));
}

/// What there is of the bytes between two offsets: less if a part of them has been dropped or cannot be read.
QByteArray SessionFile::read(qint64 from, qint64 to) const
{
    QByteArray bytes;
    const qint64 diskEnd = std::min(to, m_onDisk);
    if (from < diskEnd && m_file.isOpen() && !m_file.isSequential() && m_file.seek(from))
        bytes = m_file.read(diskEnd - from);
    const qint64 tailFrom = from + bytes.size();
    if (tailFrom < to && tailFrom >= m_tailStart)
        bytes.append(QByteArrayView(m_tail).sliced(tailFrom - m_tailStart, to - tailFrom));
    return bytes;
}

/// A block's lines; of one that a damaged file makes very long, enough to see its first lines, and that the last is
/// long.
QByteArray SessionFile::block(size_t index) const
{
    if (const QByteArray *cached = m_blockCache.object(index))
        return *cached;
    const qint64 from = m_blocks[index].offset;
    const qint64 to = index + 1 < m_blocks.size() ? m_blocks[index + 1].offset : m_end;
    const QByteArray bytes = read(from, std::min(to, from + blockBytes + longestLine + 1));
    m_blockCache.insert(index, new QByteArray(bytes), bytes.size());
    return bytes;
}

/// Where a row's line is, 0 ≤ row < count().
size_t SessionFile::blockOf(qsizetype row) const
{
    const auto behind = std::upper_bound(m_blocks.begin(), m_blocks.end(), row,
                                         [](qsizetype wanted, const Block &block) { return wanted < block.row; });
    return size_t(behind - m_blocks.begin()) - 1;
}

/// A line without its newline; null if it is not there.
QByteArray SessionFile::line(qsizetype row) const
{
    if (row < 0 || row >= m_count)
        return {};
    const size_t index = blockOf(row);
    const QByteArray bytes = block(index);
    qsizetype start = 0;
    for (qsizetype skip = row - m_blocks[index].row; skip > 0; --skip) {
        const qsizetype newline = bytes.indexOf('\n', start);
        if (newline < 0)
            return {};
        start = newline + 1;
    }
    const qsizetype end = bytes.indexOf('\n', start);
    if (end < 0 && bytes.size() - start <= longestLine)
        return {};
    return bytes.sliced(start, (end < 0 ? bytes.size() : end) - start);
}

void SessionFile::indexSlice()
{
    const QByteArray bytes = read(m_indexed, std::min(m_indexed + m_limits.indexSlice, m_onDisk));
    const char *const begin = bytes.constData();
    const char *const end = begin + bytes.size();
    forgetLastBlock();
    for (const char *from = begin; from < end;) {
        const auto *newline = static_cast<const char *>(std::memchr(from, '\n', size_t(end - from)));
        if (!newline)
            break;
        m_hasSeveral = m_hasSeveral || isOfLaterConnection({from, size_t(newline - from)});
        from = newline + 1;
        addLine(m_indexed + (from - begin));
    }
    m_indexed += bytes.size();
    m_indexing = !bytes.isEmpty() && m_indexed < m_onDisk;
    if (m_indexing)
        m_timer.start(0);
    emit grown();
    if (!m_indexing && m_end < m_onDisk && !m_isWritten)
        emit cutOff(cutOffText(m_onDisk - m_end));
}

#include "moc_sessionfile.cpp"
