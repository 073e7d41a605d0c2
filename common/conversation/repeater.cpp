// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "repeater.h"

#include "connection.h"
#include "journal.h"

Repeater::Repeater(Connection &connection, const MessageTemplate &message, const Repetition &repetition,
                   const Journal &journal)
    : m_connection(connection)
    , m_message(message)
    , m_repetition(repetition)
    , m_journal(journal)
{
}

void Repeater::start()
{
    m_timer.start(m_repetition.everyMs, this);
    sendNext();
}

void Repeater::stop()
{
    m_timer.stop();
    m_connection.setRepeated(-1, 0);
}

void Repeater::timerEvent(QTimerEvent *event)
{
    if (m_timer.hasRepeated(event, m_repetition.everyMs, this))
        sendNext();
}

void Repeater::sendNext()
{
    if (!m_connection.canSend())
        return stop();
    if (m_connection.isSendingFull() || m_journal.isFull())
        return;
    ++m_sent;
    if (m_sent == m_repetition.times)
        stop();
    else
        m_connection.setRepeated(m_sent, m_repetition.times);
    m_connection.send(m_message);
}

#include "moc_repeater.cpp"
