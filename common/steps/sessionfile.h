// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lineindex.h"
#include "linereader.h"
#include "linesplitter.h"
#include "sessionbytes.h"
#include "sessionpart.h"
#include "sessionwriter.h"
#include "stepline.h"

#include <QObject>
#include <QTimer>

/// How large things may get, in bytes. Only tests use other values than the defaults.
struct SessionLimits {
    qint64 wholePayloads = qint64(256) * 1024 * 1024; ///< a longer session keeps only the beginning of its messages
    qint64 inMemory = qint64(64) * 1024 * 1024;       ///< of the newest lines, if they cannot be saved
    qint64 indexSlice = qint64(4) * 1024 * 1024;      ///< searched for lines in one turn of the event loop
};

/// Steps on disk, as they happen: JSON Lines, one object a step or event (docs/sessions.md). Puts together what
/// writes them (SessionWriter), knows where they are (LineIndex) and reads them again (LineReader). Owned by a
/// ConversationRecord or a window; lives on that thread.
///
/// Appended lines are written at most 0.1 s later. If the file cannot be created or written, or was removed, failed()
/// is emitted once; from then on the newest lines are kept in memory (64 MiB of them) and the program goes on.
class SessionFile : public QObject
{
    Q_OBJECT
public:
    explicit SessionFile(QObject *parent = nullptr, const SessionLimits &limits = {});
    ~SessionFile() override; ///< flushes

    enum class Keep {
        Always,
        IfUsed, ///< removes the file at the end if nothing happened but what SessionFolder::saysLittle() names
    };
    /// Creates path (mode 0600, locked so that SessionFolder leaves it alone). An existing file is replaced, unless
    /// another process has it open. If that fails, steps are kept in memory.
    bool create(const QString &path, Keep keep = Keep::Always);
    /// Opens path for reading. The event loop finds its lines, a slice at a time; grown() tells. False: it is no
    /// session file that can be read; errorString() says why. A last line that a crash has cut off is left out.
    bool open(const QString &path);
    /// The same for a file that is open already (PlainFile::openDescriptor()); takes the descriptor. path: its name.
    bool open(const QString &path, int descriptor);

    QString path() const { return m_path; }
    QString errorString() const { return m_error; }
    bool isComplete() const { return !m_isIndexing; } ///< all lines of an opened file have been found

    SessionPart savedPart(qsizetype row) const; ///< what is on disk from a row on
    /// The same of at least the rows from first to end - 1, and of not many more.
    SessionPart savedPart(qsizetype first, qsizetype end) const;

    static constexpr qsizetype shortPayload = 256; ///< bytes of a message that are kept once the session is shortened()

    qsizetype count() const { return m_lines.count(); }
    /// Among the steps so far is one of a connection after the first.
    bool hasSeveralConnections() const { return m_lines.newestConnection() > 1; }
    /// The step in a row, 0 ≤ row < count(). If the line is no step (a corrupt file) or is gone, an Error event that
    /// says so.
    Step at(qsizetype row) const { return m_reader.at(row); }
    /// As at(row).isEvent(), but does not read all of the step. May be wrong for a line that another program wrote or
    /// that is damaged.
    bool isEvent(qsizetype row) const { return m_reader.isEvent(row); }
    /// The first row of a connection; -1: it is not known, because the file does not have the connections in order.
    /// Reads at most 64 lines.
    qsizetype firstRowOf(int connection) const { return m_reader.firstRowOf(connection); }
    /// Not for a file that was opened. Slots of the signals below must not append: ConversationRecord does it for them.
    void append(const Step &step);
    void flush() { m_writer.flush(); }

signals:
    void grown();                       ///< count() is larger than before, or isComplete() has become true
    void failed(const QString &reason); ///< a sentence: steps are no longer saved
    /// A sentence: an opened file ends with a broken line, which is left out.
    void cutOff(const QString &reason);
    /// A sentence: the session is over 256 MiB; of the messages in the lines that follow, 256 bytes are kept.
    void shortened(const QString &reason);

private:
    void clear();
    void indexSlice();

    const SessionLimits m_limits;
    QString m_path;
    QString m_error;
    SessionBytes m_bytes;
    LineIndex m_lines;
    SessionWriter m_writer;
    LineReader m_reader;
    QTimer m_indexTimer;
    LineSplitter m_indexed; ///< what has been searched for lines
    qint64 m_indexedTo = 0; ///< bytes
    StepLine::ConnectionFinder m_finder;
    bool m_isIndexing = false;
    bool m_isAppending = false;
    bool m_isWrittenElsewhere = false; ///< an opened file, by a program that runs
    bool m_isShortened = false;
};
