// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/bytequeue.h"

#include <QObject>
#include <QSocketNotifier>

/// Standard output or error of a headless run. Never blocks: what a full pipe does not take waits here, up to a limit; lines over
/// it are dropped and counted. Owned by a headless run, on its thread.
class Output : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype limit = 64 * 1024 * 1024; ///< bytes that wait

    explicit Output(int descriptor, QObject *parent = nullptr);

    void writeLine(const QByteArray &line); ///< a newline is added
    bool isDone() const { return m_waiting.isEmpty(); }
    bool hasFailed() const { return m_failed; }
    qint64 droppedLines() const { return m_dropped; }

signals:
    void failed(); ///< nobody will ever read it; done() follows
    void done();   ///< all lines are written, or can never be

private:
    void write();

    QSocketNotifier m_writable;
    ByteQueue m_waiting;
    qint64 m_dropped = 0;
    bool m_failed = false;
};
