// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "pausabletimer.h"
#include "replies/replyrule.h"

#include <QObject>

#include <vector>

class Connection;
class Journal;

/// The timers of one connection for the rules about silence and regular times. Nothing is due while too much waits to
/// be sent or to be shown. Lives on the network thread, owned by a Server.
class RuleTimers : public QObject
{
    Q_OBJECT
public:
    /// A rule that needs a timer.
    struct Timed {
        int rule = 0; ///< its index
        int id = 0;   ///< ReplyRule::id
        bool isSilence = false;
        int ms = 0;

        bool operator==(const Timed &) const = default;
    };
    static QList<Timed> timed(const QList<ReplyRule> &rules); ///< those that are enabled and without a mistake

    /// The connection and the journal outlive it.
    RuleTimers(const Connection &connection, const Journal &journal, const QList<Timed> &timed);

    void messageCame(); ///< a silence that has been told may begin anew
    void stop();
    void setPaused(bool isPaused);

signals:
    void due(int rule); ///< its index

private:
    void timerEvent(QTimerEvent *event) override;

    const Connection &m_connection;
    const Journal &m_journal;
    QList<Timed> m_timed;
    std::vector<PausableTimer> m_timers; ///< of m_timed; of a silence that has been told: not active
};
