// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "messages/messagetemplate.h"
#include "pausabletimer.h"

#include <QObject>

class Connection;
class Journal;

/// How often a message is sent again. A plain value; crosses threads by copy.
struct Repetition {
    int everyMs = 1000;
    qint64 times = 0; ///< 0: until it is stopped
};

/// Sends a message again and again on one connection, until its number is reached or nothing can be sent any more.
/// Pauses while too much waits to be sent or to be shown. Lives on the network thread, owned by a Conversation.
class Repeater : public QObject
{
    Q_OBJECT
public:
    /// The connection and the journal outlive it.
    Repeater(Connection &connection, const MessageTemplate &message, const Repetition &repetition,
             const Journal &journal);

    void start(); ///< the first one is sent now
    void stop();
    void setPaused(bool isPaused) { m_timer.setPaused(isPaused, this); }

private:
    void timerEvent(QTimerEvent *event) override;
    void sendNext();

    Connection &m_connection;
    MessageTemplate m_message;
    Repetition m_repetition;
    const Journal &m_journal;
    qint64 m_sent = 0;
    PausableTimer m_timer;
};
