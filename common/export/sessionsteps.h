// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/step.h"

#include <QCache>
#include <QFile>

#include <deque>
#include <optional>

/// Reads a session file once, from its beginning to where its end is then, for an export: without a SessionFile, which needs an
/// event loop. Any one thread.
class SessionSteps
{
public:
    enum class Remember { Nothing, Places };

    /// Places: at() works; that takes 8 bytes a step.
    explicit SessionSteps(const QString &path, Remember remember = Remember::Nothing);

    QString open(); ///< first; empty, or a sentence that says why not
    /// From now on only the steps of that connection (0: of none), and those of none.
    void setConnection(int connection) { m_connection = connection; }

    /// The next step or event; false at the end. Lines that are neither are passed over.
    bool next(Step &step);
    /// What the next line that speaks of a connection says of it, in a quick look; 0 at the end.
    int nextConnection();
    void rewind();

    /// The index-th that next() gave, and of a message what a line of text shows.
    Step at(qsizetype index) const;

    qint64 done() const { return m_at; }
    qint64 all() const { return m_end; }

    /// What a line says of its connection; 0: nothing.
    static int connectionOf(QByteArrayView line);

private:
    QByteArrayView nextLine(); ///< valid until another line is read
    QByteArrayView readLine() const;

    mutable QFile m_file;
    mutable QByteArray m_line; ///< the one that was read last; its memory is used again
    const Remember m_remember;
    std::optional<int> m_connection; ///< nothing: all
    qint64 m_at = 0;
    qint64 m_end = 0;
    std::deque<qint64> m_places;
    mutable QCache<qsizetype, Step> m_cache;
};
