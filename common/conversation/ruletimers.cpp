// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ruletimers.h"

#include "connection.h"
#include "journal.h"

#include <QTimerEvent>

QList<RuleTimers::Timed> RuleTimers::timed(const QList<ReplyRule> &rules)
{
    QList<Timed> timed;
    for (qsizetype i = 0; i < rules.size(); ++i) {
        const ReplyRule &rule = rules[i];
        if (rule.isTimed() && rule.isEnabled && rule.mistakes().isEmpty())
            timed.append(
                {.rule = int(i), .id = rule.id, .isSilence = rule.when == ReplyRule::When::Silence, .ms = rule.ms});
    }
    return timed;
}

RuleTimers::RuleTimers(const Connection &connection, const Journal &journal, const QList<Timed> &timed)
    : m_connection(connection)
    , m_journal(journal)
    , m_timed(timed)
    , m_timers(size_t(timed.size()))
{
    for (size_t i = 0; i < m_timers.size(); ++i)
        m_timers[i].start(m_timed[qsizetype(i)].ms, this);
}

void RuleTimers::messageCame()
{
    for (size_t i = 0; i < m_timers.size(); ++i) {
        if (!m_timers[i].isActive() && m_connection.canSend())
            m_timers[i].start(m_timed[qsizetype(i)].ms, this);
    }
}

void RuleTimers::stop()
{
    for (PausableTimer &timer : m_timers)
        timer.stop();
}

void RuleTimers::setPaused(bool isPaused)
{
    for (PausableTimer &timer : m_timers)
        timer.setPaused(isPaused, this);
}

void RuleTimers::timerEvent(QTimerEvent *event)
{
    if (!m_connection.canSend())
        return stop();
    for (size_t i = 0; i < m_timers.size(); ++i) {
        PausableTimer &timer = m_timers[i];
        const Timed &timed = m_timed[qsizetype(i)];
        if (!timer.hasRepeated(event, timed.ms, this))
            continue;
        const qint64 silentUs = m_connection.silentUs();
        if (timed.isSilence && silentUs < timed.ms * 1000LL)
            return timer.start(timed.ms - int(silentUs / 1000), this);
        if (m_connection.isSendingFull() || m_journal.isFull())
            return; // the next time
        if (timed.isSilence)
            timer.stop();
        emit due(timed.rule);
        return;
    }
}

#include "moc_ruletimers.cpp"
