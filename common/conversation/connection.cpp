// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connection.h"

#include "conversationtext.h"
#include "journal.h"
#include "packets/endpoint.h"

#include <QTimerEvent>

namespace {

constexpr int stateMs = 50;

ConnectionStatus initialStatus(int id, const QTcpSocket &socket, const QString &peer,
                               const ConnectionSettings &settings)
{
    ConnectionStatus status;
    status.id = id;
    status.local = Endpoint::text(socket.localAddress(), socket.localPort());
    status.peer = peer;
    status.framing = settings.framing;
    status.sendFraming = settings.sendFraming.value_or(settings.framing);
    return status;
}

} // namespace

Connection::Connection(int id, Side side, std::unique_ptr<QTcpSocket> socket, const QString &peer,
                       const ConnectionSettings &settings, Journal &journal, Listener &listener)
    : m_journal(journal)
    , m_listener(listener)
    , m_side(side)
    , m_settings(settings)
    , m_status(initialStatus(id, *socket, peer, settings))
    , m_stream(std::move(socket), side == Side::Client, *this)
    , m_inbox(settings.framing)
{
}

bool Connection::open()
{
    const bool isOpened = m_stream.open();
    m_status.cookie = m_stream.cookie();
    return isOpened;
}

/// All timers fire once.
void Connection::timerEvent(QTimerEvent *event)
{
    if (m_replyTimer.hasFired(event)) {
        sendDueReplies();
    } else if (m_closeTimer.hasFired(event)) {
        close();
    } else if (m_pieceTimer.hasFired(event)) {
        writePieces();
        proceed();
    } else if (event->timerId() == m_stateTimer.timerId()) {
        m_stateTimer.stop();
        publish();
        if (m_resetsWhenSent)
            proceed();
    } else if (m_partialTimer.hasFired(event)) {
        partialIsLate();
    } else if (m_readTimer.hasFired(event)) {
        readAgain();
    }
}

void Connection::start()
{
    if (!m_stream.isOpen()) {
        log(StepKind::Error, StepTime::now(), -1, ConversationText::noDescriptor());
        return end();
    }
    if (m_settings.userTimeoutMs > 0)
        m_stream.setUserTimeout(m_settings.userTimeoutMs);
    m_readTime = StepTime::now();
    m_silentSinceUs = unpausedUs(m_readTime.monotonicUs);
    Step step = makeStep(StepKind::Connected, m_readTime);
    step.sendFraming = m_status.sendFraming;
    m_journal.add(std::move(step));
    publish();
    if (m_settings.readAfterMs != 0)
        stopReading(ConversationText::readsLater(m_settings.readAfterMs));
    if (m_settings.readAfterMs > 0)
        m_readTimer.start(m_settings.readAfterMs, this);
}

void Connection::send(const MessageTemplate &message)
{
    if (m_file && canSend())
        m_outbox.replies().add({.message = message}, 0);
    else
        fillAndSend({.message = message});
}

void Connection::fillAndSend(const PlannedReply &reply)
{
    if (const StreamedFile *file = reply.message.file())
        return sendFile(*file);
    const ComputedField::Values values{.counter = m_counter, .wallUs = StepTime::now().wallUs};
    sendBytes(reply.message.fill(values), reply.pieces, reply.gapMs);
    if (reply.message.hasCounter())
        ++m_counter;
}

void Connection::sendBytes(const QByteArray &message, const QList<int> &pieces, int gapMs)
{
    const Framing &framing = m_status.sendFraming;
    const bool isNothing = message.isEmpty() && framing.overhead() == 0 && framing.kind() != Framing::Kind::Fixed;
    if (!canSend() || isNothing)
        return;
    if (const QString refusal = Framer::refusal(message, framing); !refusal.isEmpty())
        return log(StepKind::Error, StepTime::now(), -1, ConversationText::notSent(refusal));
    const QByteArray framed = Framer::framed(message, framing);
    const auto messages = Framer::split(framed, framing);
    for (const Framer::SentMessage &sent : messages) {
        addToOutbox(QByteArrayView(framed).sliced(sent.at, sent.size), sent.size, sent.bytes);
        m_status.waitsForReply = m_side == Side::Client; // it may come before the last byte has left
        m_listener.connectionSends();
    }
    write(framed, pieces, gapMs);
    proceed();
}

/// payload: the beginning of a message of this size, at least what its step keeps. bytes: on the wire.
void Connection::addToOutbox(QByteArrayView payload, qsizetype size, qint64 bytes)
{
    Step step = makeStep(StepKind::Send, {});
    step.framing = m_status.sendFraming;
    step.bytes = bytes;
    step.size = size;
    step.payload = payload.first(qMin(payload.size(), m_journal.keptBytes())).toByteArray();
    m_outbox.add(std::move(step));
}

/// Gives the bytes to the stream, behind those that leave in pieces.
void Connection::write(const QByteArray &bytes, const QList<int> &pieces, int gapMs)
{
    if (m_pieces.isEmpty() && pieces.isEmpty())
        return m_stream.write(bytes);
    m_pieces.add(bytes, pieces, gapMs);
    if (!m_pieceTimer.isActive())
        writePieces();
}

void Connection::writePieces()
{
    while (!m_pieces.isEmpty() && isOpen()) {
        const PieceQueue::Piece piece = m_pieces.take();
        m_stream.write(piece.bytes);
        if (piece.hasGap)
            return m_pieceTimer.start(piece.gapMs, this);
    }
}

void Connection::streamSent(qint64 bytes, const StepTime &time)
{
    m_outbox.confirm(bytes);
    logSent(time);
    proceed();
}

void Connection::logSent(const StepTime &time)
{
    while (auto step = m_outbox.takeSent()) {
        step->time = time;
        step->number = m_numbering.send();
        m_journal.add(*std::move(step));
    }
}

void Connection::streamPeerFinished(const StepTime &time)
{
    m_hasPeerEndedFirst = m_state.isUntouched();
    m_state.apply(ConnectionEvent::PeerFinSeen);
    m_readTime = time;
    if (m_state.sending == Sending::FinQueued) // it may have left since
        followFin(m_stream.info());
    m_numbering.peerFinished();
    takeMessages();
}

void Connection::logPeerFinished()
{
    if (!m_state.apply(ConnectionEvent::PeerFinLogged))
        return;
    takeRest(false);
    if (!isOpen())
        return;
    m_status.waitsForReply = false;
    log(StepKind::PeerFinished, m_readTime);
}

void Connection::setRepeated(qint64 sent, qint64 times)
{
    m_status.repeated = sent;
    m_status.repeats = times;
    if (isOpen())
        publish();
}

void Connection::resume()
{
    if (isOpen())
        takeMessages();
}

void Connection::setPaused(bool isPaused)
{
    if (!isOpen() || isPaused == (m_status.pausedUs > 0))
        return;
    for (PausableTimer *timer : {&m_replyTimer, &m_pieceTimer, &m_closeTimer, &m_partialTimer, &m_readTimer})
        timer->setPaused(isPaused, this);
    const qint64 nowUs = StepTime::now().monotonicUs;
    const qint64 sinceUs = std::exchange(m_status.pausedUs, isPaused ? nowUs : 0);
    if (!isPaused) {
        m_silentSinceUs += nowUs - sinceUs;
        m_outbox.replies().postpone(nowUs - sinceUs);
        if (m_status.closeDueUs > 0)
            m_status.closeDueUs += nowUs - sinceUs;
    }
    if (m_status.replyDueUs > 0 || m_status.closeDueUs > 0) // what is counted down
        publish();
}

/// The time of timeouts and delays: it stands still while they are paused.
qint64 Connection::unpausedUs(qint64 monotonicUs) const
{
    return m_status.pausedUs > 0 ? qMin(m_status.pausedUs, monotonicUs) : monotonicUs;
}

/// No more messages are taken, because too much waits to be sent or to be shown.
bool Connection::isBlocked() const
{
    return !m_state.isEnding() && ((m_outbox.isFull() && canSend()) || m_journal.isFull());
}

/// Does what has become possible, and publishes it. Called at the end of everything that happens.
void Connection::proceed()
{
    if (!isOpen() || m_isTaking)
        return;
    feedFile();
    m_stream.flush();
    if (!isOpen())
        return;
    watchLimit();
    const bool isDrained = unsentBytes() == 0;
    if (m_resetsWhenSent && isDrained && m_state.life == Life::Open) {
        const auto info = m_stream.info();
        if (info && info->notSent > 0)
            m_stateTimer.start(stateMs, Qt::PreciseTimer, this); // the kernel sends no event when they leave
        else
            m_state.apply(ConnectionEvent::ResetAsked);
    }
    if (m_state.life == Life::ResetWanted)
        return resetNow();
    if (m_state.sending == Sending::FinWanted && isDrained && !m_state.isEnding())
        queueFin();
    if (m_state.life == Life::CloseWanted && isDrained)
        return finishNow();
    watchCloseDelay(isDrained && m_outbox.replies().isEmpty());
    if (!isOpen())
        return;
    watchPartial();
    m_stream.setReading(reading(), m_inbox.bufferedBytes());
    if (!m_state.isEnding())
        publish();
}

void Connection::watchLimit()
{
    const qint64 waiting = m_outbox.waitingBytes(heldBytes());
    switch (m_outbox.updateLimit(waiting)) {
    case Outbox::LimitChange::Reached:
        log(StepKind::Limit, StepTime::now(), waiting, ConversationText::sendingIsFull());
        break;
    case Outbox::LimitChange::Relieved:
        m_hasSkippedReply = false;
        QMetaObject::invokeMethod(this, &Connection::resume, Qt::QueuedConnection);
        break;
    case Outbox::LimitChange::None:
        break;
    }
}

void Connection::publish()
{
    // Most statuses are published before either end has finished, when there is no need to ask the kernel.
    const bool isEstablished = m_state.isUntouched();
    const auto info = isEstablished ? std::nullopt : m_stream.info();
    followFin(info);
    m_status.progress = m_state;
    m_status.state = isEstablished ? TcpState::Established : info ? info->state : TcpState::Closed;
    m_status.kernelUnsentBytes = info ? m_stream.notSentBytes(*info) : 0;
    m_status.unsentBytes = unsentBytes();
    m_status.file = m_file ? m_file->path() : QString();
    m_status.fileBytes = m_file ? m_file->bytes() : 0;
    m_status.sendingIsFull = m_outbox.isFull();
    m_status.repliesDue = m_outbox.replies().count();
    m_status.replyDueUs = m_outbox.replies().nextDueUs();
    m_status.partialBytes = m_inbox.lateBytes();
    m_status.partialEndsWithNewline = m_inbox.endsWithNewline();
    m_status.partialEndsWithCrLf = m_inbox.endsWithCrLf();
    if (m_status != m_published) {
        m_published = m_status;
        m_journal.set(m_status);
    }
    // The kernel sends no event when FIN leaves or is acknowledged.
    if (m_state.sending == Sending::FinQueued || m_state.sending == Sending::FinSent)
        m_stateTimer.start(stateMs, Qt::PreciseTimer, this);
}

Step Connection::makeStep(StepKind kind, const StepTime &time) const
{
    Step step;
    step.time = time;
    step.side = m_side;
    step.kind = kind;
    step.connection = m_status.id;
    step.local = m_status.local;
    step.peer = m_status.peer;
    step.framing = m_inbox.framing();
    return step;
}

void Connection::log(StepKind kind, const StepTime &time, qint64 bytes, const QString &detail)
{
    Step step = makeStep(kind, time);
    step.bytes = bytes;
    step.detail = detail;
    m_journal.add(std::move(step));
}

#include "moc_connection.cpp"
