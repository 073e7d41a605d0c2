// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "tcpstream.h"

#include <QTimer>

#include <limits>

namespace {

constexpr qint64 readLimit = 1024 * 1024;   ///< bytes read and not framed yet, of one connection
constexpr qint64 readPiece = 512 * 1024;    ///< of these, bytes that were passed on and may have to wait there
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
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &TcpStream::readSocketNow);
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

void TcpStream::setPaused(bool isPaused, qint64 waitingBytes)
{
    if (std::exchange(m_isPaused, isPaused) == isPaused || !m_socket)
        return;
    m_socket->setReadBufferSize(readLimit - (isPaused ? qMin(waitingBytes, readPiece) : readPiece));
    watchDuplicate();
    if (!isPaused)
        readSocket();
}

void TcpStream::readSocket()
{
    while (!m_isPaused && readPieceOfSocket(readPiece)) { }
}

void TcpStream::readSocketNow()
{
    readPieceOfSocket(readLimit);
}

bool TcpStream::readPieceOfSocket(qint64 maxBytes)
{
    if (!m_socket || !isOpen())
        return false;
    const qint64 available = qMin(m_socket->bytesAvailable(), maxBytes); // read() allocates all that it is asked for
    if (available == 0)
        return false;
    const StepTime time = StepTime::now();
    const QByteArray bytes = m_socket->read(available);
    m_read += bytes.size();
    m_listener.streamReceived(bytes, time);
    return true;
}

/// failure: what has happened if the connection has ended without the peer's FIN.
void TcpStream::readDuplicate(qint64 maxBytes, StreamFailure failure)
{
    while (isOpen() && !m_hasFailed && !m_hasPeerFinished && maxBytes >= 0) {
        QByteArray bytes;
        const auto transfer = Descriptor::receive(m_duplicate, bytes);
        const StepTime time = StepTime::now();
        if (transfer.error != 0)
            return fail(streamFailureOf(transfer.error));
        if (transfer.isEndOfFile) {
            const auto atEnd = info();
            if (atEnd && hasEndedWithoutFin(*atEnd)) // a reset reads like end-of-file once its error was taken
                return fail(failure);
            m_hasPeerFinished = true;
            m_listener.streamPeerFinished(time);
            return;
        }
        if (bytes.isEmpty())
            return;
        m_read += bytes.size();
        maxBytes -= bytes.size();
        m_listener.streamReceived(bytes, time);
    }
}

void TcpStream::readArrived()
{
    if (!m_socket)
        return;
    readSocketNow();
    readDuplicate(Descriptor::unreadBytes(m_duplicate), StreamFailure::ResetByPeer);
}

/// Call it when all that has arrived was read.
bool TcpStream::hasEndedWithoutFin(const Descriptor::Info &info) const
{
    return info.state == TcpState::Closed && qint64(info.bytesReceived) <= m_read; // a FIN would count as one byte more
}

/// QTcpSocket has closed its descriptor, after FIN or RST. The duplicate tells which.
void TcpStream::socketClosed()
{
    if (!m_socket || !isOpen() || m_hasFailed || m_hasPeerFinished)
        return;
    const StreamFailure failure = streamFailureOf(m_socket->error());
    dropSocket();
    m_atEnd = Descriptor::info(m_duplicate);
    const bool isAllRead =
        m_atEnd && m_atEnd->state == TcpState::CloseWait && qint64(m_atEnd->bytesReceived) == m_read + 1;
    QByteArray rest;
    // A failed write leaves unread bytes behind.
    while (!isAllRead && Descriptor::receive(m_duplicate, rest).bytes > 0) { }
    const StepTime time = StepTime::now();
    if (!rest.isEmpty()) {
        m_read += rest.size();
        m_listener.streamReceived(rest, time);
        if (!isOpen())
            return;
        m_atEnd = Descriptor::info(m_duplicate);
    }
    const bool over = m_atEnd && m_atEnd->state == TcpState::Closed;
    if (over && hasEndedWithoutFin(*m_atEnd))
        return fail(failure);
    m_hasPeerFinished = true;
    m_listener.streamPeerFinished(time);
    if (!isOpen())
        return;
    if (over && !m_sent.hasFin())
        return fail(failure);
    watchDuplicate();
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
    if (m_socket && !m_isPaused) {
        retire(m_alarm);
    } else if (!m_alarm) {
        m_alarm = std::make_unique<QSocketNotifier>(m_duplicate, QSocketNotifier::Exception);
        connect(m_alarm.get(), &QSocketNotifier::activated, this, &TcpStream::duplicateAlarm);
    }
}

void TcpStream::duplicateAlarm()
{
    const int error = Descriptor::takeError(m_duplicate);
    if (error == 0) { // unread urgent data, which would ring again and again
        retire(m_alarm);
        QTimer::singleShot(alarmPauseMs, this, &TcpStream::watchDuplicate);
        return;
    }
    if (m_socket) {
        readSocketNow();
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
    m_isPaused = false;
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
