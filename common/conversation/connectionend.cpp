// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// How a connection ends: by close, half-close, reset, the peer's FIN and a delay, or failure.

#include "connection.h"

#include "conversationtext.h"
#include "journal.h"

void Connection::streamFailed(TcpStream::Failure failure, const StepTime &time)
{
    m_over = true;
    takeMessages();
    if (!isOpen())
        return;
    logIncomplete(time);
    if (failure == TcpStream::Failure::TimedOut)
        log(StepKind::TimedOut, time, -1, ConversationText::notAcknowledged(m_status.peer));
    else
        log(StepKind::ResetByPeer, time);
    logUndelivered(time, m_stream.unacknowledgedBytes());
    dropReplies();
    m_stream.close();
    m_user.connectionFailed();
    end();
}

void Connection::finishSending()
{
    if (!canSend())
        return;
    dropReplies();
    m_sending = Sending::FinishWanted;
    if (const qint64 waiting = m_stream.unsentBytes(); waiting > 0) {
        const auto info = m_stream.info();
        m_finIsToBeTold = true;
        log(StepKind::FinishedSending, StepTime::now(), waiting + (info ? m_stream.notSentBytes(*info) : 0));
    }
    takeMessages(); // those that waited for room for their replies
}

/// The kernel has all that was sent, and gets FIN.
void Connection::queueFin()
{
    m_stream.finishSending();
    m_sending = Sending::FinQueued;
    const auto info = m_stream.info();
    const StepTime time = StepTime::now();
    if (!m_finIsToBeTold) {
        m_finIsToBeTold = info && info->notSent > 0;
        log(StepKind::FinishedSending, time, m_finIsToBeTold ? m_stream.notSentBytes(*info) : -1);
    }
    followFin(info);
}

/// Learns from the kernel how far this end's FIN has come. Where it does not tell, FIN has left when it was handed over.
void Connection::followFin(const std::optional<Descriptor::Info> &info)
{
    if (m_sending == Sending::FinQueued && (!info || info->notSent == 0)) {
        m_sending = Sending::FinSent;
        m_numbering.finish();
        if (std::exchange(m_finIsToBeTold, false))
            log(StepKind::FinSent, StepTime::now());
    }
    if (m_sending == Sending::FinSent && info && m_stream.isFinAcknowledged(*info))
        m_sending = Sending::FinAcked;
}

void Connection::keepOpen()
{
    m_keepOpen = true;
    goOn();
}

void Connection::close()
{
    if (!isOpen() || m_closeWanted)
        return;
    dropReplies();
    m_closeWanted = true;
    if (m_stream.unsentBytes() > 0)
        log(StepKind::Closing, StepTime::now(), m_stream.unsentBytes());
    takeMessages(); // those that waited for room for their replies
}

void Connection::closeAtOnce()
{
    if (!isOpen())
        return;
    dropReplies();
    m_closeWanted = true;
    if (m_stream.unsentBytes() == 0)
        return finishNow();
    m_over = true; // no time is left to read the rest, and FIN would look like an orderly end
    resetStream();
}

void Connection::reset()
{
    if (!isOpen())
        return;
    dropReplies();
    m_resetWanted = true;
    goOn();
}

/// Reads what has arrived, then resets.
void Connection::resetNow()
{
    if (readRest())
        resetStream();
}

void Connection::resetStream()
{
    const qint64 lost = m_stream.unacknowledgedBytes();
    const qint64 unread = m_stream.reset();
    Step step = makeStep(StepKind::Reset, StepTime::now());
    step.number = m_numbering.close();
    m_journal.add(step);
    logUndelivered(step.time, lost);
    if (unread > 0 || m_hasMore)
        log(StepKind::Unread, step.time, unread + m_framer.bufferedBytes());
    else
        logIncomplete(step.time);
    end();
}

void Connection::watchCloseDelay(bool idle)
{
    const bool isDue = m_finLogged && idle && !m_keepOpen && !m_closeWanted && !m_over &&
                       m_settings.closeDelayMs != ConnectionSettings::never;
    if (isDue && m_settings.closeDelayMs == 0) {
        close();
    } else if (isDue && !m_closeTimer.isActive()) {
        m_status.closeDueUs = StepTime::now().monotonicUs + qint64(m_settings.closeDelayMs) * 1000;
        m_closeTimer.start(m_settings.closeDelayMs, Qt::PreciseTimer, this);
    } else if (!isDue && m_closeTimer.isActive()) {
        m_closeTimer.stop();
    }
    if (!isDue)
        m_status.closeDueUs = 0;
}

/// Reads and logs what has arrived, however much waits elsewhere. False if the connection ended of that.
bool Connection::readRest()
{
    if (std::exchange(m_over, true))
        return false; // it is being ended already
    m_stream.readArrived();
    takeMessages();
    return isOpen();
}

/// Reads what has arrived, then closes.
void Connection::finishNow()
{
    if (!readRest())
        return;
    const TcpStream::Remainder remainder = m_stream.remainder();
    Step undelivered = makeStep(StepKind::Undelivered, {});
    undelivered.offset = m_written; // and behind what is acknowledged by then
    m_user.connectionCloses(remainder, undelivered);
    const qint64 unread = m_stream.close();
    Step step = makeStep(StepKind::Close, StepTime::now());
    step.number = m_numbering.close();
    m_journal.add(step);
    if (unread > 0)
        log(StepKind::Unread, step.time, unread);
    else if (remainder.finWaits)
        log(StepKind::Closing, step.time, remainder.notSent, ConversationText::finFollows());
    logIncomplete(step.time);
    end();
}

/// What this end has sent, or wanted to, and the peer has not acknowledged.
void Connection::logUndelivered(const StepTime &time, qint64 bytes)
{
    if (bytes <= 0)
        return;
    Step step = makeStep(StepKind::Undelivered, time);
    step.bytes = bytes;
    step.offset = m_written - bytes;
    m_journal.add(std::move(step));
}

/// What the peer sent of a message that will never be whole.
void Connection::logIncomplete(const StepTime &time)
{
    if (const qsizetype bytes = m_framer.bufferedBytes(); bytes > 0)
        log(StepKind::Partial, time, bytes, ConversationText::incomplete(bytes));
}

void Connection::end()
{
    for (QBasicTimer *timer : {&m_replyTimer, &m_closeTimer, &m_partialTimer, &m_stateTimer})
        timer->stop();
    m_status = {.id = m_status.id,
                .local = m_status.local,
                .peer = m_status.peer,
                .cookie = m_status.cookie,
                .isOpen = false,
                .state = TcpState::Closed,
                .framing = m_status.framing};
    m_journal.set(m_status);
    m_user.connectionIsOver(*this);
}
