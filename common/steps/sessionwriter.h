// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "step.h"

#include <QObject>
#include <QTimer>

class LineIndex;
struct SessionBytes;

/// Writes steps to a session file, at most 0.1 s after they were appended. If the file cannot be created or written,
/// or was removed, failed() is emitted once; from then on the newest lines are kept in memory. Part of a SessionFile;
/// lives on its thread.
class SessionWriter : public QObject
{
    Q_OBJECT
public:
    /// The bytes outlive this object.
    explicit SessionWriter(SessionBytes &bytes, qint64 maxInMemory);

    /// As SessionFile::create(). keepsUnused: false if the file is removed at the end unless something happens.
    bool create(const QString &path, bool keepsUnused);
    void close(); ///< writes the rest; bytes are closed by their owner

    /// Adds a line with the first maxPayload bytes of a message; returns the line's length. settle() must follow.
    qsizetype append(const Step &step, qsizetype maxPayload);
    /// Writes the lines now or soon; in memory, drops the oldest. May emit failed().
    void settle(const LineIndex &lines);
    void flush();

signals:
    void failed(const QString &reason); ///< a sentence: steps are no longer saved

private:
    bool lockAndEmpty();
    void fail(const QString &reason);
    void trimMemory(const LineIndex &lines);

    SessionBytes &m_bytes;
    const qint64 m_maxInMemory;
    QTimer m_timer;
    bool m_isSaving = false;
    bool m_isUnused = false; ///< and goes if it stays so
};
