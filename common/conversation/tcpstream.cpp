// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "tcpstream.h"

#include <QTimerEvent>

#include <limits>

namespace {

constexpr qsizetype pieceSize = 256 * 1024; ///< handed to QTcpSocket, or to one send(), at a time
constexpr int alarmPauseMs = 500;           ///< after an alarm without an error

/// Frees a notifier later: it may be emitting its signal.
void retire(std::unique_ptr<QSocketNotifier> &notifier)
{
    if (!notifier)
        return;
    notifier->setEnabled(false);
    notifier.release()->deleteLater();
}

} // namespace

TcpStream::TcpStream(std::unique_ptr<QTcpSocket> socket, bool isConnecting, Listener &listener)
    : m_listener(listener)
    , m_socket(std::move(socket))
    , m_sent(isConnecting)
{
    m_socket->setReadBufferSize(readLimit - readPiece);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &TcpStream::readSocket);
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &TcpStream::socketWrote);
    // The buffer is gone once the socket has closed itself.
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &TcpStream::readBuffered);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &TcpStream::socketClosed);
}

TcpStream::~TcpStream()
{
    m_alarm.reset();
    m_writable.reset();
    m_socket.reset();
    if (isOpen())
        Descriptor::close(m_duplicate);
}

bool TcpStream::open()
{
    m_duplicate = Descriptor::duplicate(m_socket->socketDescriptor());
    if (isOpen())
        m_cookie = Descriptor::cookie(m_duplicate);
    return isOpen();
}

TcpStream::Remainder TcpStream::remainder() const
{
    const bool isAcknowledged = m_atEnd && unacknowledgedBytes(m_atEnd) == 0; // which does not change any more
    const auto info = isAcknowledged ? m_atEnd : Descriptor::info(m_duplicate);
    Remainder remainder{.cookie = m_cookie, .bytes = unacknowledgedBytes(info)};
    if (info) {
        remainder.acknowledged = info->bytesAcked;
        remainder.notSent = notSentBytes(*info);
        remainder.finWaits = info->notSent > 0;
    }
    return remainder;
}

qint64 TcpStream::unacknowledgedBytes(const std::optional<Descriptor::Info> &info) const
{
    return unsentBytes() + (info ? m_sent.notAcknowledged(*info) : 0);
}

void TcpStream::write(const QByteArray &bytes)
{
    m_outgoing.append(bytes);
    if (m_socket)
        feedSocket();
    else if (isOpen() && !m_hasFailed)
        watchDuplicate();
}

void TcpStream::feedSocket()
{
    // In errorOccurred() the descriptor is closed already: QTcpSocket must not make a notifier for it.
    if (m_socket->error() != QAbstractSocket::UnknownSocketError)
        return;
    const qsizetype piece = qMin(unsentBytes(), qint64(pieceSize)) - m_inSocket;
    if (piece <= 0)
        return;
    const char *from = m_outgoing.data() + m_inSocket;
    m_inSocket += piece;
    if (piece == m_outgoing.size())
        m_socket->write(m_outgoing.first(piece)); // which it shares
    else
        m_socket->write(from, piece);
}

void TcpStream::socketWrote(qint64 bytes)
{
    m_inSocket -= qsizetype(bytes);
    m_isConfirming = true;
    confirm(bytes);
    m_isConfirming = false;
    if (m_socket)
        feedSocket();
}

void TcpStream::flush()
{
    if (m_socket && m_inSocket > 0 && !m_isConfirming)
        m_socket->flush();
}

void TcpStream::confirm(qint64 bytes)
{
    const StepTime time = StepTime::now();
    m_sent.handOver(bytes);
    m_outgoing.take(qsizetype(bytes));
    m_outgoing.compact();
    m_listener.streamSent(bytes, time);
}

void TcpStream::sendThroughDuplicate()
{
    for (int pieces = 4; pieces > 0 && isOpen() && unsentBytes() > 0; --pieces) {
        const QByteArrayView waiting = m_outgoing.view();
        const auto transfer = Descriptor::send(m_duplicate, waiting.first(qMin(waiting.size(), pieceSize)));
        if (transfer.error != 0)
            return fail(streamFailureOf(transfer.error));
        if (transfer.bytes == 0)
            break;
        confirm(transfer.bytes);
    }
    if (m_writable)
        m_writable->setEnabled(unsentBytes() > 0);
}

void TcpStream::watchDuplicate()
{
    if (!isOpen())
        return;
    const bool bothFinished = m_hasPeerFinished && m_sent.hasFin(); // POLLHUP stays set then
    const bool sends = !m_socket && unsentBytes() > 0;
    if (bothFinished || m_hasFailed) {
        retire(m_writable);
        retire(m_alarm);
        return;
    }
    if (sends && !m_writable) {
        m_writable = std::make_unique<QSocketNotifier>(m_duplicate, QSocketNotifier::Write);
        connect(m_writable.get(), &QSocketNotifier::activated, this, &TcpStream::sendThroughDuplicate);
    }
    if (m_writable)
        m_writable->setEnabled(sends);
    if (m_socket && m_reading == Reading::On) {
        retire(m_alarm);
    } else if (!m_alarm) {
        m_alarm = std::make_unique<QSocketNotifier>(m_duplicate, QSocketNotifier::Exception);
        connect(m_alarm.get(), &QSocketNotifier::activated, this, &TcpStream::duplicateAlarm);
    }
}

void TcpStream::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_alarmTimer.timerId())
        return;
    m_alarmTimer.stop();
    watchDuplicate();
}

void TcpStream::duplicateAlarm()
{
    const int error = Descriptor::takeError(m_duplicate);
    if (error == 0) { // unread urgent data, or a FIN after ours, which would ring again and again
        retire(m_alarm);
        m_alarmTimer.start(alarmPauseMs, this);
        return;
    }
    if (m_socket) {
        readBuffered();
        readDuplicate(std::numeric_limits<qint64>::max(), streamFailureOf(error));
        // the bytes received may have ended the connection
        if (!isOpen() || m_hasFailed)
            return;
    }
    fail(streamFailureOf(error));
}

void TcpStream::finishSending()
{
    Q_ASSERT(unsentBytes() == 0);
    Descriptor::finishSending(m_duplicate);
    m_sent.handOverFin();
    watchDuplicate();
}

void TcpStream::fail(StreamFailure failure)
{
    if (std::exchange(m_hasFailed, true))
        return;
    const StepTime time = StepTime::now();
    m_reading = Reading::On;
    dropSocket();
    retire(m_alarm);
    retire(m_writable);
    m_listener.streamFailed(failure, time);
}

qint64 TcpStream::close()
{
    const qint64 unread = m_hasPeerFinished ? 0 : Descriptor::unreadBytes(m_duplicate);
    release();
    return unread;
}

qint64 TcpStream::reset()
{
    const qint64 unread = Descriptor::unreadBytes(m_duplicate) + (m_socket ? m_socket->bytesAvailable() : 0);
    Descriptor::resetOnClose(m_duplicate);
    release();
    return unread;
}

/// Frees the socket later, since it may be emitting a signal. Closes its descriptor now.
void TcpStream::dropSocket()
{
    if (!m_socket)
        return;
    QTcpSocket *socket = m_socket.release();
    socket->blockSignals(true); // costs less than disconnecting
    socket->abort();
    socket->deleteLater();
    m_inSocket = 0;
}

void TcpStream::release()
{
    dropSocket();
    retire(m_alarm);
    retire(m_writable);
    if (isOpen())
        Descriptor::close(std::exchange(m_duplicate, -1));
}

#include "moc_tcpstream.cpp"
