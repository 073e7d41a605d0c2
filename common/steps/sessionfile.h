// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "step.h"

#include <QCache>
#include <QFile>
#include <QObject>
#include <QTimer>

#include <string_view>
#include <vector>

/// How large things may get, in bytes. Others than the defaults are for tests.
struct SessionLimits {
    qint64 wholePayloads = qint64(256) * 1024 * 1024; ///< a longer session keeps only the beginning of its messages
    qint64 inMemory = qint64(64) * 1024 * 1024;       ///< of the newest lines, where they cannot be saved
    qint64 indexSlice = qint64(4) * 1024 * 1024;      ///< looked at in one turn of the event loop
};

/// Steps on disk, as they happen: JSON Lines, one object a step or event (README, "Session files"). Only the offset of
/// every 64th line, or of every 256 KiB of lines, is kept in memory, so ten million steps need little of it. Owned by a
/// window or a headless run; lives on that thread.
///
/// Appended lines are written at the latest 0.1 s later. A file that cannot be created or written, or was removed, makes failed()
/// speak once; from then on the newest lines are kept in memory (64 MiB of them) and the program goes on.
class SessionFile : public QObject
{
    Q_OBJECT
public:
    explicit SessionFile(QObject *parent = nullptr, const SessionLimits &limits = {});
    ~SessionFile() override; ///< flushes

    enum class Keep {
        Always,
        IfUsed, ///< the file goes with this object where nothing happened beyond what SessionFolder::saysLittle()
    };
    /// Creates path (mode 0600, locked so that SessionFolder leaves it alone). An existing file is replaced, unless
    /// another process has it open. Where that fails, steps are kept in memory.
    bool create(const QString &path, Keep keep = Keep::Always);
    /// Opens path for reading; its lines are found a slice at a time from the event loop: grown() tells. False: not a
    /// session file that can be read; errorString() says why. A last line that was cut by a crash is left out.
    bool open(const QString &path);
    /// The same of a file that was opened before (PlainFile::openDescriptor()); takes the descriptor. path: its name.
    bool open(const QString &path, int descriptor);

    QString path() const { return m_path; }
    QString errorString() const { return m_error; }
    bool isComplete() const { return !m_indexing; } ///< of an opened file: all lines are found

    /// Lines of the file that follow each other, for another thread to read.
    struct Part {
        QString path;
        qint64 from = 0;        ///< offset of the first line
        qint64 to = 0;          ///< all lines before this offset are on disk; not behind from: there is nothing to read
        qsizetype firstRow = 0; ///< the first line's
        qsizetype wantedRow = 0; ///< of one of the first lines: what was asked for
    };
    /// What is on disk from a row on.
    Part savedPart(qsizetype row) const;
    /// The step that a line holds; an Error event if it holds none.
    static Step stepOf(QByteArrayView line, qsizetype row);
    /// A quick look at a line: if true, its step is an event.
    static bool isSurelyEvent(QByteArrayView line);
    static constexpr qsizetype shortPayload = 256; ///< of a message, kept once the session is shortened()
    static constexpr qsizetype longestLine = qsizetype(1024) * 1024; ///< a step's is shorter

    qsizetype count() const { return m_count; }
    /// Of the steps that are counted, one is of a connection after the first.
    bool hasSeveralConnections() const { return m_hasSeveral; }
    /// The row-th step, 0 ≤ row < count(). A line that is no step (a corrupt file) or is no longer there is an Error
    /// event that says so.
    Step at(qsizetype row) const;
    /// As at(row).isEvent(), but without reading all of the step. Of a line that others wrote or that is damaged it may
    /// say the other thing.
    bool isEvent(qsizetype row) const;
    void append(const Step &step); ///< not for a file that was opened
    void flush();

signals:
    void grown();                       ///< count() is larger than before, or isComplete() has become true
    void failed(const QString &reason); ///< a sentence: steps are no longer saved
    /// A sentence: an opened file ends with a broken line, which is left out.
    void cutOff(const QString &reason);
    /// A sentence: over 256 MiB, from the next line on 256 bytes of a message are kept. The slot may append that line.
    void shortened(const QString &reason);

private:
    /// Some lines that follow each other.
    struct Block {
        qint64 offset = 0;
        qsizetype row = 0; ///< of its first line
    };

    void clear();
    bool lockAndEmpty();
    size_t blockOf(qsizetype row) const;
    bool isRemoved() const;
    void forgetLastBlock();
    void addLine(qint64 end);
    bool isOfLaterConnection(std::string_view line);
    QByteArray read(qint64 from, qint64 to) const;
    QByteArray block(size_t index) const;
    QByteArray line(qsizetype row) const;
    void indexSlice();
    void fail(const QString &reason);
    void trimMemory();

    const SessionLimits m_limits;
    QString m_path;
    mutable QFile m_file; ///< has no name where it was opened by a descriptor
    QTimer m_timer;       ///< writes what was appended, or goes on looking for lines
    QString m_error;
    QByteArray m_tail;      ///< lines that are not on disk (yet)
    qint64 m_tailStart = 0; ///< offset of m_tail's first byte
    qint64 m_onDisk = 0;    ///< bytes that can be read from the file
    qint64 m_indexed = 0;   ///< bytes of an opened file that have been searched for lines
    qint64 m_end = 0;       ///< offset behind the last whole line
    qsizetype m_count = 0;
    std::vector<Block> m_blocks;
    mutable QCache<size_t, QByteArray> m_blockCache;
    mutable QCache<qsizetype, Step> m_stepCache;
    bool m_indexing = false;
    bool m_saving = false;
    bool m_isDropped = false; ///< unless something happens
    bool m_isWritten = false; ///< an opened file, by a program that runs
    bool m_shortened = false;
    bool m_hasSeveral = false; ///< connections
    size_t m_connectionAt = 0; ///< where an opened file's last line named its connection
};
