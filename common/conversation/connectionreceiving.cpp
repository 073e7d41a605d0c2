// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// How the bytes of a connection become messages, and what happens to those that wait.

#include "connection.h"

#include "conversationtext.h"
#include "journal.h"

void Connection::streamReceived(const QByteArray &bytes, const StepTime &time)
{
    m_readTime = time;
    m_silentSinceUs = unpausedUs(time.monotonicUs);
    m_inbox.append(bytes);
    if (m_inbox.framing().silenceMs() > 0)
        m_partialTimer.stop(); // the silence begins anew
    takeMessages();
}

void Connection::takeMessages()
{
    if (std::exchange(m_isTaking, true))
        return; // the loop below continues
    while (isOpen() && !isBlocked()) {
        const auto message = m_inbox.next();
        if (const auto odd = m_inbox.takeOddLength())
            logOddLength(*odd);
        if (!message)
            break;
        logReceived(*message);
    }
    if (m_state.receiving == Receiving::FinSeen && !m_inbox.mayHoldMessages() && !isBlocked())
        logPeerFinished();
    m_isTaking = false;
    proceed();
}

void Connection::logReceived(const FramedMessage &message)
{
    if (message.isSkipped)
        return logSkipped(message);
    Step step = makeStep(StepKind::Recv, m_readTime);
    step.number = m_numbering.receive();
    m_inbox.describe(message, m_journal.keptBytes(), step);
    m_partialTimer.stop();
    if (message.isFirst && !message.isLast)
        log(StepKind::Limit, m_readTime, message.bytes, ConversationText::messageInParts());
    m_journal.add(std::move(step));
    if (!message.isLast)
        return;
    m_status.waitsForReply = false;
    m_listener.connectionReceived(*this, message.payload, m_readTime.monotonicUs);
    watchLimit();
}

/// Bytes of the stream that belong to no message.
void Connection::logSkipped(const FramedMessage &message)
{
    Step step = makeStep(StepKind::Skipped, m_readTime);
    m_inbox.describe(message, m_journal.keptBytes(), step);
    m_partialTimer.stop();
    m_journal.add(std::move(step));
}

void Connection::logOddLength(const Framer::OddLength &odd)
{
    log(StepKind::Limit, m_readTime, odd.isImpossible ? -1 : odd.bytes,
        odd.isImpossible ? ConversationText::impossibleLength(odd.length)
                         : ConversationText::longLength(odd.length, odd.bytes));
    m_status.framing = m_inbox.framing();
}

/// Takes what is left without the end of its message; isAsked: because the user has said that it is a message.
void Connection::takeRest(bool isAsked)
{
    while (isOpen()) {
        auto rest = m_inbox.takeRest();
        if (!rest)
            break;
        if (isAsked && std::exchange(rest->isSkipped, false))
            rest->isUnterminated = true;
        logReceived(*rest);
    }
}

void Connection::setFraming(const Framing &framing)
{
    m_inbox.setFraming(framing);
    m_partialTimer.stop();
    m_readTime = StepTime::now(); // bytes that waited may become a message now
    m_status.framing = framing;
    m_status.sendFraming = m_settings.sendFraming.value_or(framing);
    takeMessages();
}

void Connection::takePartial()
{
    if (!isOpen() || isBlocked())
        return;
    m_readTime = StepTime::now();
    takeRest(true);
    proceed();
}

void Connection::stopReading(const QString &detail)
{
    if (m_status.isReadingStopped || m_state.isEnding() || m_state.hasPeerFinished())
        return;
    m_status.isReadingStopped = true;
    log(StepKind::ReadingStopped, StepTime::now(), -1, detail);
    proceed();
}

void Connection::readAgain()
{
    if (!m_status.isReadingStopped || m_state.isEnding())
        return;
    m_readTimer.stop();
    m_status.isReadingStopped = false;
    log(StepKind::ReadingAgain, StepTime::now(), m_stream.unreadBytes());
    proceed();
}

TcpStream::Reading Connection::reading() const
{
    if (m_status.isReadingStopped)
        return TcpStream::Reading::Off;
    const bool isFull = isBlocked() || (m_inbox.mayHoldMessages() && !m_state.isEnding());
    return isFull ? TcpStream::Reading::Ahead : TcpStream::Reading::On;
}

void Connection::watchPartial()
{
    const bool isPaused = m_status.isReadingStopped || isBlocked();
    if (m_inbox.bufferedBytes() == 0 || m_state.hasPeerFinished() || isPaused) {
        m_partialTimer.stop();
        m_inbox.setLate(false);
    } else if (!m_inbox.isLate() && !m_partialTimer.isActive()) {
        const int silenceMs = m_inbox.framing().silenceMs();
        m_partialTimer.start(silenceMs > 0 ? silenceMs : partialMs, this);
    }
}

/// What is buffered has waited long enough: after a silence it is a message, else it has no end.
void Connection::partialIsLate()
{
    if (m_inbox.framing().silenceMs() > 0) {
        takeRest(false);
        return proceed();
    }
    m_inbox.setLate(true);
    const qint64 bytes = m_inbox.lateBytes();
    const bool isLoneLf = m_inbox.framing() == Framing::CrLf && m_inbox.endsWithNewline() && !m_inbox.endsWithCrLf();
    log(StepKind::Partial, StepTime::now(), bytes, isLoneLf ? ConversationText::loneNewline(bytes) : QString());
    publish();
}

/// No more can come, so the silence that ends a message has begun.
void Connection::takeAfterSilence()
{
    if (m_inbox.framing().silenceMs() > 0)
        takeRest(false);
}
