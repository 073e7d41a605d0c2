// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// The replies of a connection that are due, and what follows them.

#include "connection.h"
#include "conversationtext.h"

void Connection::reply(const PlannedReply &reply, qint64 sinceUs)
{
    if (!canSend())
        return;
    m_outbox.replies().add(reply, unpausedUs(sinceUs) + qint64(reply.delayMs) * 1000);
    sendDueReplies();
    proceed();
}

void Connection::skipReply()
{
    if (!std::exchange(m_hasSkippedReply, true))
        note(ConversationText::replySkipped());
}

void Connection::note(const QString &sentence)
{
    log(StepKind::Rule, StepTime::now(), -1, sentence);
}

void Connection::sendDueReplies()
{
    const qint64 nowUs = unpausedUs(StepTime::now().monotonicUs);
    ReplyQueue &replies = m_outbox.replies();
    while (!m_file) {
        const auto reply = replies.takeDue(nowUs);
        if (!reply)
            break;
        if (reply->sends)
            fillAndSend(*reply);
        doThen(reply->then);
    }
    if (replies.isEmpty() || m_file)
        m_replyTimer.stop();
    else
        m_replyTimer.start(replies.msUntilNext(nowUs), this);
}

/// What follows a reply that has been given to the stream.
void Connection::doThen(ReplyRule::Then then)
{
    switch (then) {
    case ReplyRule::Then::Nothing:
        break;
    case ReplyRule::Then::Close:
        return close();
    case ReplyRule::Then::HalfClose:
        return finishSending();
    case ReplyRule::Then::Reset:
        return resetWhenSent();
    }
}

/// Resets as soon as the bytes that were sent have left.
void Connection::resetWhenSent()
{
    if (!canSend())
        return;
    dropReplies();
    m_resetsWhenSent = true;
    proceed();
}

void Connection::replyNow()
{
    m_outbox.replies().hurry();
    sendDueReplies();
}

void Connection::dropReplies()
{
    ReplyQueue &replies = m_outbox.replies();
    if (replies.isEmpty())
        return;
    log(StepKind::Cancelled, StepTime::now(), -1, ConversationText::repliesDropped(replies.count()));
    replies.clear();
    m_replyTimer.stop();
}
