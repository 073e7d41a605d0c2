// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kernel/kernelstate.h"

#include <QByteArray>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

/// Both ends of one connection in plain system calls, and the listening socket, which stays open. Blocks no longer
/// than the kernel needs.
class RawPair
{
public:
    enum class Kind { Ipv4, Ipv6, DualStack }; ///< DualStack: the server has an IPv6 socket, the client an IPv4 socket

    explicit RawPair(Kind kind = Kind::Ipv4)
    {
        const int serverFamily = kind == Kind::Ipv4 ? AF_INET : AF_INET6;
        const int clientFamily = kind == Kind::Ipv6 ? AF_INET6 : AF_INET;
        const char *loopback = clientFamily == AF_INET ? "127.0.0.1" : "::1";
        const char *serverHost = kind == Kind::DualStack ? "::" : loopback;
        m_listener = socket(serverFamily, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int off = 0;
        if (kind == Kind::DualStack)
            setsockopt(m_listener, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
        sockaddr_storage address = addressOf(serverFamily, serverHost, 0);
        if (bind(m_listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            return;
        listen(m_listener, 8);
        client = socket(clientFamily, SOCK_STREAM | SOCK_CLOEXEC, 0);
        address = addressOf(clientFamily, loopback, portOf(m_listener));
        if (connect(client, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
            server = accept(m_listener, nullptr, nullptr);
        const char *form = clientFamily == AF_INET ? "%1:%2" : "[%1]:%2";
        m_clientText = QString::fromLatin1(form).arg(QLatin1String(loopback)).arg(portOf(client));
        m_serverText = QString::fromLatin1(form).arg(QLatin1String(loopback)).arg(portOf(m_listener));
    }
    ~RawPair()
    {
        closeClient();
        closeServer();
        close(m_listener);
    }
    RawPair(const RawPair &) = delete;
    RawPair &operator=(const RawPair &) = delete;

    bool isOpen() const { return server >= 0; }

    /// The addresses as the client's socket reports them.
    SocketPair ends() const { return SocketPair::fromText(m_clientText, m_serverText).value_or(SocketPair()); }
    QString clientText() const { return m_clientText; }
    QString serverText() const { return m_serverText; }

    void closeClient() { closeNow(client); }
    void closeServer() { closeNow(server); }

    static void reset(int &descriptor)
    {
        const linger atOnce{.l_onoff = 1, .l_linger = 0};
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
        closeNow(descriptor);
    }

    /// Sends until the buffers are full. Returns the number of bytes.
    static qint64 fill(int descriptor)
    {
        const QByteArray piece(64 * 1024, 'x');
        qint64 all = 0;
        for (ssize_t sent = 1; sent > 0;) {
            sent = send(descriptor, piece.constData(), size_t(piece.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
            all += qMax<ssize_t>(sent, 0);
        }
        return all;
    }

    /// Reads everything that has arrived. Returns false after end-of-file.
    static bool drain(int descriptor)
    {
        std::array<char, 64 * 1024> buffer{};
        ssize_t got = 1;
        while (got > 0)
            got = recv(descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
        return got < 0 && errno == EAGAIN;
    }

    int client = -1;
    int server = -1;

private:
    static void closeNow(int &descriptor)
    {
        if (descriptor >= 0)
            close(std::exchange(descriptor, -1));
    }

    static sockaddr_storage addressOf(int family, const char *host, quint16 port)
    {
        sockaddr_storage storage{};
        storage.ss_family = sa_family_t(family);
        if (family == AF_INET) {
            auto *address = reinterpret_cast<sockaddr_in *>(&storage);
            address->sin_port = htons(port);
            inet_pton(family, host, &address->sin_addr);
        } else {
            auto *address = reinterpret_cast<sockaddr_in6 *>(&storage);
            address->sin6_port = htons(port);
            inet_pton(family, host, &address->sin6_addr);
        }
        return storage;
    }

    static quint16 portOf(int descriptor)
    {
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size);
        return ntohs(reinterpret_cast<const sockaddr_in *>(&address)->sin_port); // at the same offset as in IPv6
    }

    int m_listener = -1;
    QString m_clientText;
    QString m_serverText;
};
