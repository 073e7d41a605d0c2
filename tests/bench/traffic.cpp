// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "traffic.h"

#include <QElapsedTimer>
#include <QFile>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

namespace {

constexpr char greeting[] = "Hi, server! I'm client.";
constexpr char reply[] = "Hi, client!";

sockaddr_in loopback(quint16 port, quint32 host = 1)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(quint32(127) << 24 | host);
    return address;
}

void check(bool ok, const char *what)
{
    if (!ok)
        qFatal("%s: %s", what, std::strerror(errno));
}

bool receiveReply(int connection)
{
    char buffer[sizeof reply];
    return recv(connection, buffer, sizeof buffer, MSG_WAITALL) == sizeof buffer &&
           std::memcmp(buffer, reply, sizeof buffer) == 0;
}

double microseconds(const QElapsedTimer &elapsed, int count)
{
    return double(elapsed.nsecsElapsed()) / 1000 / count;
}

} // namespace

quint16 Traffic::freePort()
{
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    check(bind(descriptor, reinterpret_cast<const sockaddr *>(&address), size) == 0, "bind");
    getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size);
    close(descriptor);
    return ntohs(address.sin_port);
}

bool Traffic::isListening(quint16 port)
{
    QFile table(QStringLiteral("/proc/net/tcp"));
    check(table.open(QIODevice::ReadOnly), "/proc/net/tcp");
    const QByteArray listening =
        "0100007F:" + QByteArray::number(port, 16).rightJustified(4, '0').toUpper() + " 00000000:0000 0A";
    return table.readAll().contains(listening);
}

/// Each connection uses the next of several addresses, so that ports in TIME-WAIT do not run out.
int Traffic::connectTo(quint16 port)
{
    static quint32 next = 0;
    next = next % 16 + 1;
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    check(descriptor >= 0, "socket");
    const int on = 1;
    setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const sockaddr_in from = loopback(0, next);
    check(bind(descriptor, reinterpret_cast<const sockaddr *>(&from), sizeof from) == 0, "bind");
    const sockaddr_in to = loopback(port);
    check(connect(descriptor, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0, "connect");
    return descriptor;
}

void Traffic::exchange(int connection)
{
    check(::send(connection, greeting, sizeof greeting, MSG_NOSIGNAL) == sizeof greeting, "send");
    check(receiveReply(connection), "receive");
}

double Traffic::exchangeOnNewConnections(quint16 port, int count)
{
    QElapsedTimer elapsed;
    elapsed.start();
    for (int i = 0; i < count; ++i) {
        const int connection = connectTo(port);
        exchange(connection);
        close(connection);
    }
    return microseconds(elapsed, count);
}

double Traffic::exchangeOnOpenConnection(quint16 port, int count)
{
    const int connection = connectTo(port);
    exchange(connection);
    QElapsedTimer elapsed;
    elapsed.start();
    for (int i = 0; i < count; ++i)
        exchange(connection);
    const double us = microseconds(elapsed, count);
    close(connection);
    return us;
}

double Traffic::send(quint16 port, qint64 bytes)
{
    const std::vector<char> piece(size_t(256) * 1024, 'x');
    const int connection = connectTo(port);
    QElapsedTimer elapsed;
    elapsed.start();
    for (qint64 left = bytes; left > 0;) {
        const auto sent = ::send(connection, piece.data(), size_t(std::min(left, qint64(piece.size()))), MSG_NOSIGNAL);
        check(sent > 0, "send");
        left -= sent;
    }
    shutdown(connection, SHUT_WR);
    char end = 0;
    while (recv(connection, &end, 1, 0) > 0) { }
    close(connection);
    return double(bytes) / 1024 / 1024 / (double(elapsed.nsecsElapsed()) / 1e9);
}

Traffic::Crowd::Crowd(quint16 port, int count)
{
    for (int i = 0; i < count; ++i)
        m_connections.push_back(connectTo(port));
}

Traffic::Crowd::~Crowd()
{
    for (const int connection : m_connections)
        close(connection);
}

int Traffic::Crowd::exchangeAll() const
{
    for (const int connection : m_connections)
        check(::send(connection, greeting, sizeof greeting, MSG_NOSIGNAL) == sizeof greeting, "send");
    int answered = 0;
    for (const int connection : m_connections)
        answered += receiveReply(connection) ? 1 : 0;
    return answered;
}
