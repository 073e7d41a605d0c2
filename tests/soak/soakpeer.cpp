// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "soakpeer.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>

namespace {

constexpr qsizetype pieceBytes = 256 * 1024;
constexpr qint64 segmentBytes = 64 * 1024; ///< the largest segment that loopback carries

} // namespace

SoakPeer::SoakPeer(quint32 host, char terminator, Dice &dice)
    : m_endpoint(
          QStringLiteral("%1.%2.%3.%4").arg(host >> 24).arg(host >> 16 & 255).arg(host >> 8 & 255).arg(host & 255))
    , m_terminator(dice.oneIn(8) ? '\n' : terminator)
    , m_writing(dice.oneOf({Writing::Silent, Writing::Messages, Writing::Messages, Writing::ByteAtATime,
                            Writing::NoTerminator, Writing::TerminatorsOnly}))
    , m_reading(dice.oneOf({Reading::Eager, Reading::Eager, Reading::Slow, Reading::Late}))
    , m_ending(dice.oneOf({Ending::WaitForEnd, Ending::HalfClose, Ending::Close, Ending::Reset}))
    , m_budget(dice.size() * dice.upTo(3))
    , m_patience(int(dice.upTo(600)))
    , m_late(m_reading == Reading::Late ? int(dice.upTo(400)) : 0)
{
    if (m_writing == Writing::Silent)
        m_budget = 0;
    // Each byte costs our end a turn, or a step.
    else if (m_writing == Writing::ByteAtATime || m_writing == Writing::TerminatorsOnly)
        m_budget = qMin<qint64>(m_budget, m_writing == Writing::ByteAtATime ? 400 : 20'000);
}

SoakPeer SoakPeer::connectTo(quint16 port, quint32 host, char terminator, Dice &dice)
{
    SoakPeer peer(host, terminator, dice);
    peer.m_socket = RawPeer::connectFrom(host, port);
    peer.m_port = peer.m_socket.port();
    peer.m_endpoint += QStringLiteral(":%1").arg(peer.m_port);
    peer.m_hasEnded = !peer.m_socket.isOpen();
    return peer;
}

SoakPeer SoakPeer::listener(quint32 host, char terminator, Dice &dice)
{
    SoakPeer peer(host, terminator, dice);
    peer.m_listener = RawPeer::listener(1, host);
    peer.m_port = peer.m_listener.port();
    peer.m_endpoint += QStringLiteral(":%1").arg(peer.m_port);
    return peer;
}

void SoakPeer::resetAtOnce()
{
    end(true);
}

void SoakPeer::wrapUp()
{
    m_wrapsUp = true;
}

void SoakPeer::act(Dice &dice)
{
    if (m_hasEnded)
        return;
    --m_patience;
    if (isListening()) {
        pollfd waiting{.fd = m_listener.descriptor(), .events = POLLIN, .revents = 0};
        if (poll(&waiting, 1, 0) > 0) {
            m_socket = m_listener.accept();
            m_listener.closeNow();
        } else if (m_wrapsUp) {
            m_listener.closeNow();
            m_hasEnded = true;
        }
        return;
    }
    write(dice);
    if (m_wrapsUp || --m_late < 0)
        read(m_wrapsUp || m_reading != Reading::Slow ? std::numeric_limits<qsizetype>::max() : 16 * 1024);
    if (m_sawEnd || m_sawReset)
        return end(false);
    const bool hasSentAll = m_budget == 0 && m_outgoing.size() == m_start;
    if (m_wrapsUp)
        finishSending();
    else if (m_patience < 0 || (hasSentAll && dice.oneIn(20))) {
        if (m_ending == Ending::Reset || m_ending == Ending::Close)
            end(m_ending == Ending::Reset);
        else if (m_ending == Ending::HalfClose)
            finishSending();
    }
}

void SoakPeer::prepare(Dice &dice)
{
    if (m_start < m_outgoing.size() || m_budget == 0 || m_wrapsUp || m_finished)
        return;
    const qsizetype size = qMin<qint64>(dice.size(), m_budget - 1);
    m_budget -= size + 1;
    m_start = 0;
    if (m_writing == Writing::TerminatorsOnly)
        m_outgoing.fill(m_terminator, size + 1);
    else
        m_outgoing = messageOfSize(size) + (m_writing == Writing::NoTerminator ? 'x' : m_terminator);
}

void SoakPeer::write(Dice &dice)
{
    prepare(dice);
    for (int pieces = 4; pieces > 0 && m_start < m_outgoing.size() && !m_sawReset && !m_finished; --pieces) {
        const qsizetype maxPiece = m_writing == Writing::ByteAtATime ? 1 : pieceBytes;
        const auto piece =
            QByteArrayView(m_outgoing).sliced(m_start).first(qMin(m_outgoing.size() - m_start, maxPiece));
        const ssize_t taken =
            ::send(m_socket.descriptor(), piece.data(), size_t(piece.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (taken < 0) {
            m_sawReset = noteError();
            break;
        }
        m_sent.append(piece.first(taken));
        m_start += taken;
        if (m_writing == Writing::ByteAtATime)
            break;
    }
    // The data from before the reset can still be read.
    if (m_sawReset)
        read(std::numeric_limits<qsizetype>::max());
}

/// Handles the error of the previous call.
bool SoakPeer::noteError()
{
    return errno != EAGAIN && errno != EINTR;
}

void SoakPeer::read(qsizetype atMost)
{
    while (atMost > 0 && !m_sawEnd) {
        char buffer[65536];
        const auto size = size_t(qMin<qsizetype>(atMost, sizeof buffer));
        const ssize_t got = recv(m_socket.descriptor(), buffer, size, MSG_DONTWAIT);
        if (got < 0) {
            m_sawReset = m_sawReset || noteError();
            return;
        }
        // If a send was told about a reset, the end of the readable data is not a FIN.
        m_sawEnd = got == 0 && !m_sawReset;
        if (got == 0)
            return;
        m_received.append(buffer, got);
        atMost -= got;
    }
}

void SoakPeer::finishSending()
{
    if (!m_finished)
        m_socket.finishSending();
    m_finished = true;
}

void SoakPeer::end(bool reset)
{
    m_hasEnded = true;
    int unacknowledged = 0;
    ioctl(m_socket.descriptor(), SIOCOUTQ, &unacknowledged);
    m_delivered = qMax<qint64>(0, m_sent.size() - unacknowledged);
    if (!m_sawEnd && !m_sawReset) { // more may arrive between this and the end
        int buffer = 0;
        socklen_t size = sizeof buffer;
        getsockopt(m_socket.descriptor(), SOL_SOCKET, SO_RCVBUF, &buffer, &size);
        m_couldRead = buffer + segmentBytes;
    }
    if (reset)
        m_socket.reset();
    else
        m_socket.closeNow();
    m_outgoing.clear();
}

QString SoakPeer::text() const
{
    return QStringLiteral("the peer %1 sent %2 bytes (our kernel had %3), received %4, could have read %5 more%6%7")
        .arg(m_endpoint)
        .arg(m_sent.size())
        .arg(m_delivered)
        .arg(m_received.size())
        .arg(m_couldRead)
        .arg(m_sawEnd ? ", saw the end" : "", m_sawReset ? ", saw a reset" : "");
}
