// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

/// Splits bytes that come in pieces into lines. Everything that reads the lines of a session file uses it. A plain
/// value; any one thread.
class LineSplitter
{
public:
    /// The next bytes. Only after next() has returned false for those before.
    void feed(QByteArray bytes);
    /// The next whole line, without its newline; valid until the next call. If a line that comes in several pieces is
    /// longer than any step (StepLine::maxBytes), only its beginning is kept, which is too long as well.
    bool next(QByteArrayView &line);
    /// After next() has returned false: the beginning of a line whose end has not come yet.
    QByteArrayView rest() const { return m_head; }
    /// The number of bytes up to the end of the last line that next() returned, newlines included.
    qint64 offset() const { return m_offset; }

private:
    void keep(QByteArrayView part);

    QByteArray m_bytes;
    qsizetype m_at = 0;        ///< bytes of m_bytes that have been split
    QByteArray m_head;         ///< of a line that began in an earlier piece
    qint64 m_pending = 0;      ///< bytes of that line so far
    bool m_isHeadDone = false; ///< the last call of next() returned it
    qint64 m_offset = 0;
};
