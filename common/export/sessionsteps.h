// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/linesplitter.h"
#include "steps/step.h"

#include <QCache>
#include <QFile>

#include <algorithm>
#include <deque>
#include <optional>

/// Reads a session file once for an export, from its beginning to the end that it has then. SessionFile would need an
/// event loop. Any one thread.
class SessionSteps
{
public:
    enum class Remember { Nothing, Places };

    /// Places: at() works, and costs 8 bytes a step.
    explicit SessionSteps(const QString &path, Remember remember = Remember::Nothing);

    QString open(); ///< comes first; returns nothing, or a sentence that says why it failed
    /// From now on, only the steps of that connection and those of none (0: only those of none).
    void setConnection(int connection) { m_connection = connection; }

    /// The next step or event; false at the end. Skips lines that are neither.
    bool next(Step &step);
    /// The connection of the next line that names one, by a quick look; 0 at the end.
    int nextConnection();
    void rewind();

    /// The index-th step that next() returned, with as much of a message as a line of text shows.
    Step at(qsizetype index) const;

    qint64 done() const { return std::min(m_lines.offset(), m_end); } ///< bytes
    qint64 all() const { return m_end; }

private:
    bool nextLine(QByteArrayView &line); ///< valid until another line is read
    QByteArray lineAt(qint64 offset) const;

    mutable QFile m_file;
    LineSplitter m_lines;
    const Remember m_remember;
    std::optional<int> m_connection; ///< nothing: all
    qint64 m_read = 0;               ///< bytes that m_lines has got
    qint64 m_end = 0;
    std::deque<qint64> m_places;
    mutable QCache<qsizetype, Step> m_cache;
};
