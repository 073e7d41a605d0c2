// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "descriptor.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <cerrno>
#include <fcntl.h>
#include <linux/sockios.h>
#include <linux/tcp.h> // not <netinet/tcp.h>, whose tcp_info lacks the byte counts
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

struct SocketName {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;

    SocketName() = default;
    SocketName(const QHostAddress &address, quint16 port)
    {
        if (address.protocol() == QAbstractSocket::IPv4Protocol) {
            auto &ipv4 = reinterpret_cast<sockaddr_in &>(storage);
            size = sizeof ipv4;
            ipv4.sin_family = AF_INET;
            ipv4.sin_port = htons(port);
            ipv4.sin_addr.s_addr = htonl(address.toIPv4Address());
            return;
        }
        auto &to = reinterpret_cast<sockaddr_in6 &>(storage);
        size = sizeof to;
        to.sin6_family = AF_INET6;
        to.sin6_port = htons(port);
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        std::copy_n(bytes.c, sizeof bytes.c, to.sin6_addr.s6_addr);
        to.sin6_scope_id = if_nametoindex(address.scopeId().toLatin1().constData());
    }

    sockaddr *generic() { return reinterpret_cast<sockaddr *>(&storage); }
    const sockaddr_in6 &ipv6() const { return reinterpret_cast<const sockaddr_in6 &>(storage); }
    quint16 port() const
    {
        return ntohs(storage.ss_family == AF_INET6 ? ipv6().sin6_port
                                                   : reinterpret_cast<const sockaddr_in &>(storage).sin_port);
    }
    QHostAddress address()
    {
        QHostAddress address(generic());
        std::array<char, IF_NAMESIZE> interface {
        };
        if (storage.ss_family == AF_INET6 && ipv6().sin6_scope_id != 0 &&
            if_indextoname(ipv6().sin6_scope_id, interface.data()))
            address.setScopeId(QString::fromLatin1(interface.data()));
        return address;
    }
};

void set(int descriptor, int level, int option, int value)
{
    setsockopt(descriptor, level, option, &value, sizeof value);
}

/// Before it connects: the receive buffer determines the window scale of the SYN (RFC 7323, section 2.2).
void apply(const SocketOptions &options, int descriptor)
{
    if (options.hasNoDelay)
        Descriptor::setNoDelay(descriptor);
    if (options.sendBufferBytes > 0)
        set(descriptor, SOL_SOCKET, SO_SNDBUF, options.sendBufferBytes);
    if (options.receiveBufferBytes > 0)
        set(descriptor, SOL_SOCKET, SO_RCVBUF, options.receiveBufferBytes);
    if (const auto &keepAlive = options.keepAlive) {
        set(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, keepAlive->idleSeconds);
        set(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, keepAlive->intervalSeconds);
        set(descriptor, IPPROTO_TCP, TCP_KEEPCNT, keepAlive->probes);
        set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
    }
}

} // namespace

namespace Descriptor {

int duplicate(qintptr descriptor)
{
    return fcntl(int(descriptor), F_DUPFD_CLOEXEC, 0);
}

void close(int descriptor)
{
    ::close(descriptor);
}

Accepted accept(int listening)
{
    SocketName peer;
    const int descriptor = accept4(listening, peer.generic(), &peer.size, SOCK_CLOEXEC);
    if (descriptor < 0)
        return {.isExhausted = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM};
    return {.descriptor = descriptor, .peer = peer.address(), .port = peer.port()};
}

Start startConnecting(const QHostAddress &address, quint16 port, const LocalEnd &from, const SocketOptions &options)
{
    SocketName peer(address, port);
    const int descriptor = socket(peer.storage.ss_family, SOCK_STREAM, 0);
    if (descriptor < 0)
        return {.error = errno};
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    const auto fail = [descriptor](bool isOfThisEnd) {
        const int error = errno;
        ::close(descriptor);
        return Start{.error = error, .isOfThisEnd = isOfThisEnd};
    };
    apply(options, descriptor);
    if (!from.address.isNull() || from.port != 0) {
        const bool isIpv4 = peer.storage.ss_family == AF_INET;
        const QHostAddress any(isIpv4 ? QHostAddress::AnyIPv4 : QHostAddress::AnyIPv6);
        SocketName local(from.address.isNull() ? any : from.address, from.port);
        set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1); // the connection before may be in TIME-WAIT
        if (bind(descriptor, local.generic(), local.size) != 0)
            return fail(true);
    }
    if (::connect(descriptor, peer.generic(), peer.size) == 0 || errno == EINPROGRESS)
        return {.descriptor = descriptor};
    return fail(errno == EADDRNOTAVAIL && from.port != 0); // the same connection is in TIME-WAIT
}

QString localEnd(int descriptor)
{
    SocketName local;
    if (getsockname(descriptor, local.generic(), &local.size) != 0)
        return {};
    return Endpoint::text(local.address(), local.port());
}

void setNoDelay(int descriptor)
{
    set(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
}

void resetOnClose(int descriptor)
{
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
}

void finishSending(int descriptor)
{
    shutdown(descriptor, SHUT_WR);
}

Transfer send(int descriptor, QByteArrayView bytes)
{
    const ssize_t sent = ::send(descriptor, bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0)
        return {.bytes = sent};
    return {.error = errno == EAGAIN || errno == EINTR ? 0 : errno};
}

Transfer receive(int descriptor, QByteArray &buffer)
{
    std::array<char, 64 * 1024> bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): the kernel fills it
    const ssize_t got = recv(descriptor, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got < 0)
        return {.error = errno == EAGAIN || errno == EINTR ? 0 : errno};
    buffer.append(bytes.data(), got);
    return {.bytes = got, .isEndOfFile = got == 0};
}

qint64 unreadBytes(int descriptor)
{
    int bytes = 0;
    return ioctl(descriptor, FIONREAD, &bytes) == 0 ? bytes : 0;
}

int takeError(int descriptor)
{
    int error = 0;
    socklen_t size = sizeof error;
    return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

qint64 raiseDescriptorLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 1024;
    const rlim_t before = std::exchange(limit.rlim_cur, limit.rlim_max);
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        limit.rlim_cur = before;
    return qint64(qMin<rlim_t>(limit.rlim_cur, std::numeric_limits<int>::max()));
}

std::optional<Info> info(int descriptor)
{
    tcp_info raw{};
    socklen_t size = sizeof raw;
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &raw, &size) != 0)
        return std::nullopt;
    return Info{.state = tcpStateOfLinux(raw.tcpi_state),
                .bytesAcked = raw.tcpi_bytes_acked,
                .bytesReceived = raw.tcpi_bytes_received,
                .notSent = raw.tcpi_notsent_bytes};
}

quint64 cookie(int descriptor)
{
    quint64 number = 0;
    socklen_t size = sizeof number;
    return getsockopt(descriptor, SOL_SOCKET, SO_COOKIE, &number, &size) == 0 ? number : 0;
}

void setUserTimeout(int descriptor, int ms)
{
    const auto timeout = unsigned(ms);
    setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout, sizeof timeout);
}

} // namespace Descriptor
