// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What a client sends, and how it waits for the replies.

#include "client.h"

#include "conversationtext.h"

#include <algorithm>
#include <limits>

/// Called when the connection is there, and after each reply.
void Client::sendNextMessage()
{
    if (m_settings.messages.isEmpty()) {
        if (m_settings.silenceMs >= 0)
            m_silenceTimer.start(withoutReading(m_settings.silenceMs), this);
        return;
    }
    if (m_rounds > 0 && m_next < m_settings.messages.size())
        return ask(m_settings.messages.at(m_next++));
    m_isRoundReplied = m_roundTimer.isActive();
    if (!m_isRoundReplied)
        sendRound();
}

void Client::sendRound()
{
    ++m_rounds;
    if (m_settings.everyMs > 0)
        m_roundTimer.start(m_settings.everyMs, this);
    m_next = 1;
    ask(m_settings.messages.constFirst());
}

void Client::ask(const MessageTemplate &message)
{
    Connection *connection = find(m_connection);
    if (!connection)
        return;
    const qint64 asked = m_asked;
    connection->send(message);
    m_turnEnd = m_replied + m_asked - asked;
    if (m_settings.finishSending && isLastSent())
        connection->finishSending();
    startReplyTimer();
}

void Client::startReplyTimer()
{
    if (m_settings.replyTimeoutMs > 0)
        m_replyTimer.start(withoutReading(m_settings.replyTimeoutMs), this);
}

/// How long to wait for a message: the wait for the first one begins only when the connection is read.
int Client::withoutReading(int ms) const
{
    const int notReadMs = m_replied == 0 ? std::max(0, m_settings.connection.readAfterMs) : 0;
    return int(std::min<qint64>(qint64(ms) + notReadMs, std::numeric_limits<int>::max()));
}

/// All messages of all rounds have been sent.
bool Client::isLastSent() const
{
    return m_settings.messages.isEmpty() || (m_next == m_settings.messages.size() && m_rounds == m_settings.rounds);
}

void Client::connectionSends()
{
    ++m_asked;
}

void Client::connectionFailed()
{
    m_hasFailed = true;
}

void Client::connectionReceived(Connection &, QByteArrayView, qint64)
{
    const bool isAsked = m_replied < m_asked;
    if (isAsked) {
        ++m_replied;
        m_replyTimer.stop();
    }
    if (m_silenceTimer.isActive() || (isAsked && m_settings.silenceMs >= 0))
        m_silenceTimer.start(m_settings.silenceMs, this);
    else if (isAsked && m_replied < m_turnEnd)
        startReplyTimer();
    else if (isAsked)
        replyEnds();
}

void Client::replyEnds()
{
    if (!isLastSent())
        sendNextMessage();
    else if (m_settings.closeAfterReply && m_replied == m_asked)
        closeAfterReply();
}

void Client::closeAfterReply()
{
    if (m_settings.closeWithReset)
        reset(m_connection);
    else
        close(m_connection);
}

void Client::replyTimedOut()
{
    if (const Connection *connection = find(m_connection); connection && connection->isSendingFile())
        return startReplyTimer();
    m_hasFailed = true;
    log(StepKind::TimedOut, {}, m_endpoint, ConversationText::noReply(m_endpoint, m_settings.replyTimeoutMs));
    closeAfterReply();
}
