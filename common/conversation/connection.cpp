// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connection.h"

#include "conversationtext.h"
#include "journal.h"
#include "packets/endpoint.h"

#include <QTimerEvent>

namespace {

constexpr int stateMs = 50;
constexpr qint64 messageOverhead = 256; ///< bytes of memory for each message that waits, about

ConnectionStatus initialStatus(int id, const QTcpSocket &socket, const QString &peer, Framing framing)
{
    ConnectionStatus status;
    status.id = id;
    status.local = Endpoint::text(socket.localAddress(), socket.localPort());
    status.peer = peer;
    status.framing = framing;
    return status;
}

} // namespace

Connection::Connection(int id, Side side, std::unique_ptr<QTcpSocket> socket, const QString &peer,
                       const ConnectionSettings &settings, Journal &journal, User &user)
    : m_journal(journal)
    , m_user(user)
    , m_side(side)
    , m_settings(settings)
    , m_status(initialStatus(id, *socket, peer, settings.framing))
    , m_stream(std::move(socket), side == Side::Client, *this)
    , m_framer(settings.framing)
{
}

bool Connection::open()
{
    const bool isOpened = m_stream.open();
    m_status.cookie = m_stream.cookie();
    return isOpened;
}

/// Every timer is for one event.
void Connection::timerEvent(QTimerEvent *event)
{
    const auto isOf = [event](QBasicTimer &timer) {
        const bool isIts = timer.timerId() == event->timerId();
        if (isIts)
            timer.stop();
        return isIts;
    };
    if (isOf(m_replyTimer)) {
        sendDueReplies();
    } else if (isOf(m_closeTimer)) {
        close();
    } else if (isOf(m_stateTimer)) {
        publish();
    } else if (isOf(m_partialTimer)) {
        m_status.partialBytes = m_framer.bufferedBytes();
        log(StepKind::Partial, StepTime::now(), m_status.partialBytes);
        publish();
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
    log(StepKind::Connected, StepTime::now());
    publish();
}

bool Connection::canSend() const
{
    return isOpen() && !m_over && !m_closeWanted && m_sending == Sending::Open;
}

void Connection::send(const QByteArray &message)
{
    const QByteArray framed = Framer::framed(message, m_framer.framing());
    if (!canSend() || framed.isEmpty())
        return;
    Step step = makeStep(StepKind::Send, {});
    step.bytes = framed.size();
    step.offset = m_written;
    step.size = message.size();
    step.payload = message.first(qMin(message.size(), m_journal.keptBytes()));
    m_written += framed.size();
    m_outgoing.push_back({m_written, std::move(step)});
    m_status.waitsForReply = m_side == Side::Client; // it may come before the last byte has left
    m_user.connectionSends();
    m_stream.write(framed);
    goOn();
}

void Connection::streamSent(qint64 bytes, const StepTime &time)
{
    m_sent += bytes;
    while (!m_outgoing.empty() && m_outgoing.front().end <= m_sent) {
        Step step = std::move(m_outgoing.front().step);
        m_outgoing.pop_front();
        step.time = time;
        step.number = m_numbering.send();
        m_journal.add(std::move(step));
    }
    goOn();
}

void Connection::streamReceived(const QByteArray &bytes, const StepTime &time)
{
    m_readTime = time;
    m_framer.append(bytes);
    takeMessages();
}

void Connection::takeMessages()
{
    if (std::exchange(m_taking, true))
        return; // the loop below goes on
    m_hasMore = true;
    while (isOpen() && !isBlocked()) {
        const auto message = m_framer.next();
        m_hasMore = message.has_value();
        if (!message)
            break;
        logReceived(*message);
    }
    if (isOpen() && m_finSeen && !m_finLogged && !m_hasMore)
        logPeerFinished();
    m_taking = false;
    goOn();
}

void Connection::logReceived(const FramedMessage &message)
{
    Step step = makeStep(StepKind::Recv, m_readTime);
    step.number = m_numbering.receive();
    step.bytes = message.bytes;
    step.offset = m_taken;
    step.size = message.payload.size();
    step.payload = message.payload.first(qMin(message.payload.size(), m_journal.keptBytes())).toByteArray();
    step.unterminated = message.unterminated;
    step.part = message.part;
    m_taken += message.bytes;
    m_partialTimer.stop();
    m_status.partialBytes = 0;
    if (!message.last && !std::exchange(m_partsLogged, true))
        log(StepKind::Limit, m_readTime, message.bytes, ConversationText::messageInParts());
    m_journal.add(std::move(step));
    if (!message.last)
        return;
    m_partsLogged = false;
    m_status.waitsForReply = false;
    m_user.connectionReceived(*this, m_readTime.monotonicUs);
    watchLimit();
}

void Connection::streamPeerFinished(const StepTime &time)
{
    m_finSeen = true;
    m_readTime = time;
    if (m_sending == Sending::FinQueued) // it may have left since
        followFin(m_stream.info());
    m_numbering.peerFinished();
    takeMessages();
}

void Connection::logPeerFinished()
{
    m_finLogged = true;
    if (const auto rest = m_framer.takeRest())
        logReceived(*rest);
    if (!isOpen())
        return;
    m_status.waitsForReply = false;
    log(StepKind::PeerFinished, m_readTime);
}

void Connection::reply(const QByteArray &message, qint64 dueUs)
{
    if (!canSend())
        return;
    m_replies.add(message, dueUs);
    sendDueReplies();
    goOn();
}

void Connection::sendDueReplies()
{
    const qint64 nowUs = StepTime::now().monotonicUs;
    while (const auto reply = m_replies.takeDue(nowUs))
        send(*reply);
    if (m_replies.isEmpty())
        m_replyTimer.stop();
    else
        m_replyTimer.start(m_replies.msUntilNext(nowUs), Qt::PreciseTimer, this);
}

void Connection::replyNow()
{
    m_replies.hurry();
    sendDueReplies();
}

void Connection::dropReplies()
{
    if (m_replies.isEmpty())
        return;
    log(StepKind::Cancelled, StepTime::now(), -1, ConversationText::repliesDropped(m_replies.count()));
    m_replies.clear();
    m_replyTimer.stop();
}

void Connection::setFraming(Framing framing)
{
    m_framer.setFraming(framing);
    m_readTime = StepTime::now(); // what waited becomes a message now
    m_status.framing = framing;
    m_status.partialBytes = 0;
    takeMessages();
}

void Connection::takePartial()
{
    if (!isOpen() || isBlocked())
        return;
    m_readTime = StepTime::now();
    if (const auto rest = m_framer.takeRest())
        logReceived(*rest);
    goOn();
}

void Connection::resume()
{
    if (isOpen())
        takeMessages();
}

/// Too much waits elsewhere for more messages to be taken.
bool Connection::isBlocked() const
{
    return !m_over && ((m_sendIsFull && canSend()) || m_journal.isFull());
}

/// Does what has become possible, and shows it. Called at the end of everything that happens.
void Connection::goOn()
{
    if (!isOpen() || m_taking)
        return;
    m_stream.flush();
    if (!isOpen())
        return;
    watchLimit();
    if (m_resetWanted && !m_over)
        return resetNow();
    const bool isDrained = m_stream.unsentBytes() == 0;
    if (m_sending == Sending::FinishWanted && isDrained && !m_over)
        queueFin();
    if (m_closeWanted && isDrained && !m_over)
        return finishNow();
    watchCloseDelay(isDrained && m_replies.isEmpty());
    if (!isOpen())
        return;
    watchPartial();
    m_stream.setPaused(isBlocked() || (m_hasMore && !m_over), m_framer.bufferedBytes());
    if (isOpen() && !m_over)
        publish();
}

void Connection::watchLimit()
{
    const auto messages = qint64(m_outgoing.size()) + m_replies.count();
    const qint64 waiting = m_stream.unsentBytes() + m_replies.bytes() + messages * messageOverhead;
    if (!m_sendIsFull && waiting >= sendLimit) {
        m_sendIsFull = true;
        log(StepKind::Limit, StepTime::now(), waiting, ConversationText::sendingIsFull());
    } else if (m_sendIsFull && waiting <= sendLimit / 2) {
        m_sendIsFull = false;
        QMetaObject::invokeMethod(this, &Connection::resume, Qt::QueuedConnection);
    }
}

void Connection::watchPartial()
{
    const bool waits = m_framer.bufferedBytes() > 0 && !m_finSeen && !isBlocked();
    if (!waits) {
        m_partialTimer.stop();
        m_status.partialBytes = 0;
    } else if (m_status.partialBytes > 0) {
        m_status.partialBytes = m_framer.bufferedBytes();
    } else if (!m_partialTimer.isActive()) {
        m_partialTimer.start(partialMs, Qt::PreciseTimer, this);
    }
}

void Connection::publish()
{
    // Until one end has finished, asking would tell nothing: most connections publish most of their states then.
    const bool isEstablished = !m_finSeen && m_sending == Sending::Open && !m_closeWanted && !m_over;
    const auto info = isEstablished ? std::nullopt : m_stream.info();
    followFin(info);
    m_status.state = isEstablished ? TcpState::Established : info ? info->state : TcpState::Closed;
    m_status.kernelUnsentBytes = info ? m_stream.notSentBytes(*info) : 0;
    m_status.peerFinished = m_finSeen;
    m_status.sending = m_sending;
    m_status.closing = m_closeWanted;
    m_status.unsentBytes = m_stream.unsentBytes();
    m_status.sendingIsFull = m_sendIsFull;
    m_status.repliesDue = m_replies.count();
    m_status.replyDueUs = m_replies.nextDueUs();
    m_status.partialEndsWithNewline = m_framer.endsWithNewline();
    if (m_status != m_published) {
        m_published = m_status;
        m_journal.set(m_status);
    }
    if (m_sending == Sending::FinQueued || m_sending == Sending::FinSent) // what becomes of FIN comes without an event
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
    step.framing = m_framer.framing();
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
