// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/bytequeue.h"

#include <QObject>
#include <QSocketNotifier>

/// Standard output or error of a headless run. Never blocks: what does not fit into a full pipe waits here, up to a
/// limit; further lines are dropped and counted. Owned by a headless run, on its thread.
class Output : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype limit = 64 * 1024 * 1024; ///< of the bytes that wait

    explicit Output(int descriptor, QObject *parent = nullptr);
    ~Output() override; ///< writes what can be written without blocking

    /// A newline is added. Lines that come in one turn of the event loop are written together.
    void writeLine(const QByteArray &line);
    bool isDone() const { return m_waiting.isEmpty(); }
    bool hasFailed() const { return m_error != 0; }
    int error() const { return m_error; } ///< errno of the write that failed; EPIPE: nobody reads
    qint64 droppedLines() const { return m_dropped; }

signals:
    void failed(); ///< it will never be read; done() follows
    void done();   ///< all lines have been written, or never can be

private:
    void write();

    QSocketNotifier m_writable;
    ByteQueue m_waiting;
    qint64 m_dropped = 0;
    bool m_isAsked = false; ///< write() comes in the next turn of the event loop
    int m_error = 0;
};
