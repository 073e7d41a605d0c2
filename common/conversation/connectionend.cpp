// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// How a connection ends: by close, half-close, reset, the close delay after the peer's FIN, or failure.

#include "connection.h"

#include "conversationtext.h"
#include "journal.h"

void Connection::streamFailed(StreamFailure failure, const StepTime &time)
{
    m_hasPeerEndedFirst = m_hasPeerEndedFirst || m_state.isUntouched();
    m_state.apply(ConnectionEvent::EndBegun);
    takeMessages();
    takeAfterSilence();
    if (!isOpen())
        return;
    logIncomplete(time);
    const Step lost = undelivered(time);
    giveUpFile(time);
    if (failure == StreamFailure::TimedOut)
        log(StepKind::TimedOut, time, -1, ConversationText::notAcknowledged(m_status.peer));
    else
        log(StepKind::ResetByPeer, time);
    addUndelivered(lost);
    dropReplies();
    m_stream.close();
    m_listener.connectionFailed();
    end();
}

void Connection::finishSending()
{
    if (!canSend())
        return;
    dropReplies();
    m_state.apply(ConnectionEvent::FinishAsked);
    if (const qint64 waiting = unsentBytes(); waiting > 0) {
        const auto info = m_stream.info();
        m_isFinAnnounced = true;
        log(StepKind::FinishedSending, StepTime::now(), waiting + (info ? m_stream.notSentBytes(*info) : 0));
    }
    takeMessages(); // messages that waited because there was no room for their replies
}

/// Hands FIN to the kernel, which has all that was sent.
void Connection::queueFin()
{
    m_stream.finishSending();
    m_state.apply(ConnectionEvent::FinHandedOver);
    const auto info = m_stream.info();
    const StepTime time = StepTime::now();
    if (!m_isFinAnnounced) {
        m_isFinAnnounced = info && info->notSent > 0;
        log(StepKind::FinishedSending, time, m_isFinAnnounced ? m_stream.notSentBytes(*info) : -1);
    }
    followFin(info);
}

/// Finds out how far this end's FIN has come. Without info FIN is taken to have left when it was handed over.
void Connection::followFin(const std::optional<Descriptor::Info> &info)
{
    if ((!info || info->notSent == 0) && m_state.apply(ConnectionEvent::FinLeft)) {
        m_numbering.finish();
        if (std::exchange(m_isFinAnnounced, false))
            log(StepKind::FinSent, StepTime::now());
    }
    if (info && m_stream.isFinAcknowledged(*info))
        m_state.apply(ConnectionEvent::FinAcknowledged);
}

void Connection::keepOpen()
{
    m_isKeptOpen = true;
    proceed();
}

void Connection::close()
{
    if (!m_state.apply(ConnectionEvent::CloseAsked))
        return;
    dropReplies();
    if (unsentBytes() > 0)
        log(StepKind::Closing, StepTime::now(), unsentBytes());
    takeMessages(); // messages that waited because there was no room for their replies
}

void Connection::closeAtOnce()
{
    if (!isOpen())
        return;
    dropReplies();
    m_state.apply(ConnectionEvent::CloseAsked);
    if (unsentBytes() == 0)
        return finishNow();
    // There is no time to read the rest, and FIN would look like an orderly end.
    m_state.apply(ConnectionEvent::EndBegun);
    resetStream();
}

void Connection::reset()
{
    if (!m_state.apply(ConnectionEvent::ResetAsked))
        return;
    dropReplies();
    proceed();
}

/// Reads what has arrived, then resets.
void Connection::resetNow()
{
    if (readRest())
        resetStream();
}

void Connection::resetStream()
{
    const Step lost = undelivered(StepTime::now());
    giveUpFile(lost.time);
    const qint64 unread = m_stream.reset();
    Step step = makeStep(StepKind::Reset, StepTime::now());
    step.number = m_numbering.close();
    m_journal.add(step);
    addUndelivered(lost);
    if (unread > 0 || m_inbox.mayHoldMessages())
        log(StepKind::Unread, step.time, unread + m_inbox.bufferedBytes());
    else
        logIncomplete(step.time);
    end();
}

void Connection::watchCloseDelay(bool isIdle)
{
    const bool isDue = isIdle && !m_isKeptOpen && m_state.receiving == Receiving::FinLogged &&
                       m_state.life == Life::Open && m_settings.closeDelayMs != ConnectionSettings::never;
    if (isDue && m_settings.closeDelayMs == 0) {
        close();
    } else if (isDue && !m_closeTimer.isActive()) {
        m_status.closeDueUs = unpausedUs(StepTime::now().monotonicUs) + qint64(m_settings.closeDelayMs) * 1000;
        m_closeTimer.start(m_settings.closeDelayMs, this);
    } else if (!isDue && m_closeTimer.isActive()) {
        m_closeTimer.stop();
    }
    if (!isDue)
        m_status.closeDueUs = 0;
}

/// Reads and logs what has arrived, even if the journal is full, unless the user has stopped reading. False if that has
/// ended the connection.
bool Connection::readRest()
{
    if (!m_state.apply(ConnectionEvent::EndBegun))
        return false; // it is ending already
    if (m_status.isReadingStopped)
        m_stream.readBuffered();
    else
        m_stream.readArrived();
    takeMessages();
    takeAfterSilence();
    return isOpen();
}

/// Reads what has arrived, then closes.
void Connection::finishNow()
{
    if (!readRest())
        return;
    const TcpStream::Remainder remainder = m_stream.remainder();
    Step undelivered = makeStep(StepKind::Undelivered, {});
    undelivered.offset = m_outbox.end(); // moved back by the bytes that are lost
    m_listener.connectionCloses(remainder, undelivered);
    const auto info = m_status.isReadingStopped ? m_stream.info() : std::nullopt;
    const bool haveBothFinished = info && info->state == TcpState::Closed; // the peer's FIN was not read
    const qint64 unread = m_stream.close();
    Step step = makeStep(StepKind::Close, StepTime::now());
    step.number = m_numbering.close();
    m_journal.add(step);
    if (unread > 0)
        log(StepKind::Unread, step.time, unread,
            haveBothFinished ? ConversationText::unreadAfterBothFins(unread) : QString());
    else if (remainder.finWaits)
        log(StepKind::Closing, step.time, remainder.notSent, ConversationText::finFollows());
    logIncomplete(step.time);
    end();
}

/// The last bytes that were given to send, which the peer has not acknowledged.
Step Connection::undelivered(const StepTime &time) const
{
    Step step = makeStep(StepKind::Undelivered, time);
    step.bytes = unacknowledgedBytes();
    step.offset = m_outbox.end() - announcedBytes() - step.bytes;
    return step;
}

void Connection::addUndelivered(Step step)
{
    if (step.bytes > 0)
        m_journal.add(std::move(step));
}

/// The beginning of a message whose end will never come.
void Connection::logIncomplete(const StepTime &time)
{
    if (const qsizetype bytes = m_inbox.bufferedBytes(); bytes > 0)
        log(StepKind::Partial, time, bytes, ConversationText::incomplete(bytes));
}

void Connection::end()
{
    m_pieces.clear();
    for (PausableTimer *timer : {&m_replyTimer, &m_pieceTimer, &m_closeTimer, &m_partialTimer, &m_readTimer})
        timer->stop();
    m_stateTimer.stop();
    m_state.apply(ConnectionEvent::EndBegun);
    m_state.apply(ConnectionEvent::Ended);
    m_status = {.id = m_status.id,
                .local = m_status.local,
                .peer = m_status.peer,
                .cookie = m_status.cookie,
                .progress = m_state,
                .state = TcpState::Closed,
                .framing = m_status.framing,
                .sendFraming = m_status.sendFraming};
    m_journal.set(m_status);
    m_listener.connectionIsOver(*this);
}
