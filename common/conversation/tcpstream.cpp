// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "tcpstream.h"

#include <QTimer>

#include <cerrno>
#include <limits>

namespace {

constexpr qint64 readLimit = 1024 * 1024;   ///< bytes read and not yet framed, of one connection
constexpr qint64 readPiece = 512 * 1024;    ///< of them, those that have been handed on and may have to wait there
constexpr qsizetype pieceSize = 256 * 1024; ///< handed to QTcpSocket, or to one send(), at a time
constexpr qsizetype acknowledgedCompactAt = 1024 * 1024;
constexpr int alarmPauseMs = 500; ///< after an alarm that was none

/// Not ECONNRESET, nor EPIPE, which a reset gives after the peer's FIN.
TcpStream::Failure failureOf(int error)
{
    const bool timedOut = error == ETIMEDOUT || error == EHOSTUNREACH || error == ENETUNREACH;
    return timedOut ? TcpStream::Failure::TimedOut : TcpStream::Failure::ResetByPeer;
}

/// Qt reports ECONNRESET as a closed remote host, and ETIMEDOUT as one of the others.
TcpStream::Failure failureOf(QAbstractSocket::SocketError error)
{
    const bool timedOut = error == QAbstractSocket::SocketTimeoutError || error == QAbstractSocket::NetworkError;
    return timedOut ? TcpStream::Failure::TimedOut : TcpStream::Failure::ResetByPeer;
}

/// A notifier may be in the middle of its own signal, so it is freed later.
void retire(std::unique_ptr<QSocketNotifier> &notifier)
{
    if (!notifier)
        return;
    notifier->setEnabled(false);
    notifier.release()->deleteLater();
}

} // namespace

TcpStream::TcpStream(std::unique_ptr<QTcpSocket> socket, bool connecting, User &user)
    : m_user(user)
    , m_socket(std::move(socket))
    , m_connecting(connecting)
{
    m_socket->setReadBufferSize(readLimit - readPiece);
    if (connecting)
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
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

qint64 TcpStream::unacknowledgedBytes() const
{
    return unacknowledgedBytes(info());
}

TcpStream::Remainder TcpStream::remainder() const
{
    const bool isAcknowledged = m_atEnd && unacknowledgedBytes(m_atEnd) == 0; // that does not change
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
    if (!info)
        return unsentBytes();
    return unsentBytes() + m_handed - qBound<qint64>(0, acknowledgedBytes(*info), m_handed); // a FIN's may be one more
}

qint64 TcpStream::acknowledgedBytes(const Descriptor::Info &info) const
{
    return qint64(info.bytesAcked) - (m_connecting ? 1 : 0);
}

qint64 TcpStream::notSentBytes(const Descriptor::Info &info) const
{
    return qMax<qint64>(0, qint64(info.notSent) - (m_hasFin ? 1 : 0));
}

bool TcpStream::isFinAcknowledged(const Descriptor::Info &info) const
{
    return m_hasFin && acknowledgedBytes(info) > m_handed;
}

void TcpStream::setUserTimeout(int ms)
{
    Descriptor::setUserTimeout(m_duplicate, ms);
}

void TcpStream::write(const QByteArray &bytes)
{
    m_outgoing.append(bytes);
    if (m_socket)
        feedSocket();
    else if (isOpen() && !m_failed)
        watchDuplicate();
}

void TcpStream::feedSocket()
{
    // In errorOccurred() its descriptor is closed already, and a notifier would be made for none.
    if (m_socket->error() != QAbstractSocket::UnknownSocketError)
        return;
    const qsizetype piece = qMin(unsentBytes(), qint64(pieceSize)) - m_inSocket;
    if (piece <= 0)
        return;
    const qsizetype from = m_start + m_inSocket;
    m_inSocket += piece;
    if (piece == m_outgoing.size())
        m_socket->write(m_outgoing); // which it shares
    else
        m_socket->write(m_outgoing.constData() + from, piece);
}

void TcpStream::socketWrote(qint64 bytes)
{
    m_inSocket -= qsizetype(bytes);
    m_confirming = true;
    confirm(bytes);
    m_confirming = false;
    if (m_socket)
        feedSocket();
}

void TcpStream::flush()
{
    if (m_socket && m_inSocket > 0 && !m_confirming)
        m_socket->flush();
}

void TcpStream::confirm(qint64 bytes)
{
    const StepTime time = StepTime::now();
    m_handed += bytes;
    m_start += qsizetype(bytes);
    if (m_start == m_outgoing.size()) {
        m_outgoing.clear();
        m_start = 0;
    } else if (m_start >= acknowledgedCompactAt && m_start >= m_outgoing.size() / 2) {
        m_outgoing.remove(0, m_start);
        m_start = 0;
    }
    m_user.streamSent(bytes, time);
}

void TcpStream::sendThroughDuplicate()
{
    for (int pieces = 4; pieces > 0 && isOpen() && unsentBytes() > 0; --pieces) {
        const auto waiting = QByteArrayView(m_outgoing).sliced(m_start);
        const auto transfer = Descriptor::send(m_duplicate, waiting.first(qMin(waiting.size(), pieceSize)));
        if (transfer.error != 0)
            return fail(failureOf(transfer.error));
        if (transfer.bytes == 0)
            break;
        confirm(transfer.bytes);
    }
    if (m_writable)
        m_writable->setEnabled(unsentBytes() > 0);
}

void TcpStream::setPaused(bool paused, qint64 waiting)
{
    if (std::exchange(m_paused, paused) == paused || !m_socket)
        return;
    m_socket->setReadBufferSize(readLimit - (paused ? qMin(waiting, readPiece) : readPiece));
    watchDuplicate();
    if (!paused)
        readSocket();
}

void TcpStream::readSocket()
{
    while (!m_paused && readPieceOfSocket(readPiece)) { }
}

void TcpStream::readSocketNow()
{
    readPieceOfSocket(readLimit);
}

bool TcpStream::readPieceOfSocket(qint64 atMost)
{
    if (!m_socket || !isOpen())
        return false;
    const qint64 available = qMin(m_socket->bytesAvailable(), atMost); // read() makes room for all that it is asked for
    if (available == 0)
        return false;
    const StepTime time = StepTime::now();
    const QByteArray bytes = m_socket->read(available);
    m_read += bytes.size();
    m_user.streamReceived(bytes, time);
    return true;
}

/// failure: what it is where the connection has ended without the peer's FIN.
void TcpStream::readDuplicate(qint64 atMost, Failure failure)
{
    while (isOpen() && !m_failed && !m_peerFinished && atMost >= 0) {
        QByteArray bytes;
        const auto transfer = Descriptor::receive(m_duplicate, bytes);
        const StepTime time = StepTime::now();
        if (transfer.error != 0)
            return fail(failureOf(transfer.error));
        if (transfer.endOfFile) {
            const auto atEnd = info();
            if (atEnd && hasEndedWithoutFin(*atEnd)) // a reset whose error was taken reads like end-of-file
                return fail(failure);
            m_peerFinished = true;
            m_user.streamPeerFinished(time);
            return;
        }
        if (bytes.isEmpty())
            return;
        m_read += bytes.size();
        atMost -= bytes.size();
        m_user.streamReceived(bytes, time);
    }
}

void TcpStream::readArrived()
{
    if (!m_socket)
        return;
    readSocketNow();
    readDuplicate(Descriptor::unreadBytes(m_duplicate), Failure::ResetByPeer);
}

/// All that has arrived was read.
bool TcpStream::hasEndedWithoutFin(const Descriptor::Info &info) const
{
    return info.state == TcpState::Closed && qint64(info.bytesReceived) <= m_read; // a FIN would count as one more
}

/// QTcpSocket has closed its descriptor: for FIN and RST alike. The duplicate tells which.
void TcpStream::socketClosed()
{
    if (!m_socket || !isOpen() || m_failed || m_peerFinished)
        return;
    const Failure failure = failureOf(m_socket->error());
    dropSocket();
    m_atEnd = Descriptor::info(m_duplicate);
    const bool isAllRead =
        m_atEnd && m_atEnd->state == TcpState::CloseWait && qint64(m_atEnd->bytesReceived) == m_read + 1;
    QByteArray rest;
    while (!isAllRead && Descriptor::receive(m_duplicate, rest).bytes > 0) { } // a failed write leaves what has arrived
    const StepTime time = StepTime::now();
    if (!rest.isEmpty()) {
        m_read += rest.size();
        m_user.streamReceived(rest, time);
        if (!isOpen())
            return;
        m_atEnd = Descriptor::info(m_duplicate);
    }
    const bool over = m_atEnd && m_atEnd->state == TcpState::Closed;
    if (over && hasEndedWithoutFin(*m_atEnd))
        return fail(failure);
    m_peerFinished = true;
    m_user.streamPeerFinished(time);
    if (!isOpen())
        return;
    if (over && !m_hasFin)
        return fail(failure);
    watchDuplicate();
}

void TcpStream::watchDuplicate()
{
    if (!isOpen())
        return;
    const bool bothFinished = m_peerFinished && m_hasFin; // POLLHUP stays set then
    const bool sends = !m_socket && unsentBytes() > 0;
    if (bothFinished || m_failed) {
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
    if (m_socket && !m_paused) {
        retire(m_alarm);
    } else if (!m_alarm) {
        m_alarm = std::make_unique<QSocketNotifier>(m_duplicate, QSocketNotifier::Exception);
        connect(m_alarm.get(), &QSocketNotifier::activated, this, &TcpStream::duplicateAlarm);
    }
}

void TcpStream::duplicateAlarm()
{
    const int error = Descriptor::takeError(m_duplicate);
    if (error == 0) { // urgent data that nobody reads now: it would ring without end
        retire(m_alarm);
        QTimer::singleShot(alarmPauseMs, this, &TcpStream::watchDuplicate);
        return;
    }
    if (m_socket) {
        readSocketNow();
        readDuplicate(std::numeric_limits<qint64>::max(), failureOf(error));
        // what was received may have ended it
        if (!isOpen() || m_failed)
            return;
    }
    fail(failureOf(error));
}

void TcpStream::finishSending()
{
    Q_ASSERT(unsentBytes() == 0);
    Descriptor::finishSending(m_duplicate);
    m_hasFin = true;
    watchDuplicate();
}

void TcpStream::fail(Failure failure)
{
    if (std::exchange(m_failed, true))
        return;
    const StepTime time = StepTime::now();
    m_paused = false;
    dropSocket();
    retire(m_alarm);
    retire(m_writable);
    m_user.streamFailed(failure, time);
}

qint64 TcpStream::close()
{
    const qint64 unread = m_peerFinished ? 0 : Descriptor::unreadBytes(m_duplicate);
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

/// The socket may be in the middle of a signal of its own, so it is freed later; its descriptor closes now.
void TcpStream::dropSocket()
{
    if (!m_socket)
        return;
    QTcpSocket *socket = m_socket.release();
    socket->blockSignals(true); // costs less than to disconnect
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
