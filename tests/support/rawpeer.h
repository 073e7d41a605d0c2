// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

/// The other end of a connection, in plain system calls on loopback, so that a test controls exactly what is sent and
/// when. Connecting and sending small amounts block no longer than the kernel needs; receiving never blocks.
class RawPeer
{
public:
    /// Connects to a server that listens on 127.0.0.1. receiveBuffer is the size of the receive buffer (0: the
    /// system's default).
    static RawPeer connectTo(quint16 port, int receiveBuffer = 0)
    {
        return connectFrom(INADDR_LOOPBACK, port, receiveBuffer);
    }

    /// The same from another host in 127.0.0.0/8.
    static RawPeer connectFrom(quint32 host, quint16 port, int receiveBuffer = 0)
    {
        RawPeer peer(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (receiveBuffer > 0)
            setsockopt(peer.m_descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
        if (host != INADDR_LOOPBACK) {
            const sockaddr_in source = loopback(0, host);
            if (bind(peer.m_descriptor, reinterpret_cast<const sockaddr *>(&source), sizeof source) != 0)
                peer.closeNow();
        }
        const sockaddr_in address = loopback(port);
        if (connect(peer.m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            peer.closeNow();
        const int on = 1;
        setsockopt(peer.m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        return peer;
    }

    /// Listens on 127.0.0.1, or on another address in 127.0.0.0/8, on a port that the system chooses. With a backlog
    /// of 0, one connection fills the queue, and Linux drops further SYNs.
    static RawPeer listener(int backlog = 8, quint32 on = INADDR_LOOPBACK)
    {
        RawPeer peer(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        const sockaddr_in address = loopback(0, on);
        if (bind(peer.m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            peer.closeNow();
        listen(peer.m_descriptor, backlog);
        return peer;
    }

    /// Waits for the next connection to this listener.
    RawPeer accept() const { return RawPeer(::accept(m_descriptor, nullptr, nullptr)); }

    RawPeer() = default;
    RawPeer(RawPeer &&other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
        , m_received(std::move(other.m_received))
        , m_sawEnd(other.m_sawEnd)
        , m_sawReset(other.m_sawReset)
    {
    }
    RawPeer &operator=(RawPeer &&other) noexcept
    {
        std::swap(m_descriptor, other.m_descriptor);
        m_received = std::move(other.m_received);
        m_sawEnd = other.m_sawEnd;
        m_sawReset = other.m_sawReset;
        return *this;
    }
    ~RawPeer() { closeNow(); }

    bool isOpen() const { return m_descriptor >= 0; }
    int descriptor() const { return m_descriptor; }

    quint16 port() const
    {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        getsockname(m_descriptor, reinterpret_cast<sockaddr *>(&address), &size);
        return ntohs(address.sin_port);
    }

    void send(const QByteArray &bytes) const
    {
        ::send(m_descriptor, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL);
    }
    /// Sends what the kernel accepts within timeoutMs. Returns the number of bytes.
    qint64 trySend(const QByteArray &bytes, int timeoutMs) const
    {
        pollfd writable{.fd = m_descriptor, .events = POLLOUT, .revents = 0};
        if (poll(&writable, 1, timeoutMs) <= 0)
            return 0;
        return ::send(m_descriptor, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    void sendUrgent(char byte) const { ::send(m_descriptor, &byte, 1, MSG_OOB | MSG_NOSIGNAL); }
    void finishSending() const { shutdown(m_descriptor, SHUT_WR); }
    /// Sends the last bytes in one segment with FIN: whoever has read them is in CLOSE-WAIT.
    void sendLast(const QByteArray &bytes) const
    {
        ::send(m_descriptor, bytes.constData(), size_t(bytes.size()), MSG_MORE | MSG_NOSIGNAL);
        finishSending();
    }

    void closeNow()
    {
        if (isOpen())
            ::close(std::exchange(m_descriptor, -1));
    }

    void reset()
    {
        const linger atOnce{.l_onoff = 1, .l_linger = 0};
        setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
        closeNow();
    }

    /// Receives at most max bytes; they are not part of received().
    QByteArray receive(qsizetype max)
    {
        QByteArray bytes(max, Qt::Uninitialized);
        const ssize_t got = recv(m_descriptor, bytes.data(), size_t(max), MSG_DONTWAIT);
        m_sawEnd = m_sawEnd || got == 0;
        m_sawReset = m_sawReset || (got < 0 && errno == ECONNRESET);
        return bytes.first(qMax<ssize_t>(got, 0));
    }
    bool hasEnded() const { return m_sawEnd; } ///< end-of-file was read

    /// Waits until something can be received.
    bool awaitInput(int timeoutMs) const
    {
        pollfd readable{.fd = m_descriptor, .events = POLLIN, .revents = 0};
        return poll(&readable, 1, timeoutMs) > 0;
    }

    /// Everything that has arrived so far, over all calls.
    const QByteArray &received()
    {
        for (QByteArray more = receive(65536); !more.isEmpty(); more = receive(65536))
            m_received += more;
        return m_received;
    }
    bool sawEnd()
    {
        received();
        return m_sawEnd;
    }
    bool sawReset()
    {
        received();
        return m_sawReset;
    }
    /// Whether sending is no longer possible. (A reset after end-of-file shows only in this way.)
    bool hasFailed() const
    {
        pollfd state{.fd = m_descriptor, .events = 0, .revents = 0};
        return poll(&state, 1, 0) == 1 && (state.revents & POLLERR) != 0;
    }

private:
    explicit RawPeer(int descriptor)
        : m_descriptor(descriptor)
    {
    }

    static sockaddr_in loopback(quint16 port, quint32 host = INADDR_LOOPBACK)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(host);
        return address;
    }

    int m_descriptor = -1;
    QByteArray m_received;
    bool m_sawEnd = false;
    bool m_sawReset = false;
};
