// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// How a stream reads, how it stops reading, and how it finds the end of what the peer sends.

#include "tcpstream.h"

#include <utility>

void TcpStream::setReading(Reading reading, qint64 waitingBytes)
{
    const Reading before = std::exchange(m_reading, reading);
    if (before == reading || !m_socket)
        return;
    m_socket->setReadBufferSize(readLimit - (reading == Reading::Ahead ? qMin(waitingBytes, readPiece) : readPiece));
    if (before == Reading::Off || reading == Reading::Off)
        switchNotifier();
    watchDuplicate();
    if (reading == Reading::On)
        readSocket();
}

/// QTcpSocket's notifier is a child of it. The smallest read buffer would not do: it takes one byte, and sees FIN.
void TcpStream::switchNotifier()
{
    const auto notifiers = m_socket->findChildren<QSocketNotifier *>();
    for (QSocketNotifier *notifier : notifiers) {
        if (notifier->type() == QSocketNotifier::Read)
            notifier->setEnabled(m_reading != Reading::Off);
    }
}

void TcpStream::readSocket()
{
    while (m_reading == Reading::On && readPieceOfSocket(readPiece)) { }
}

void TcpStream::readBuffered()
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
    readBuffered();
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
