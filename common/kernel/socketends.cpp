// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "socketends.h"

#ifdef Q_OS_LINUX

#include "inetdiag.h"

#include <libmnl/libmnl.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

namespace {

constexpr unsigned groups = 1U << (SKNLGRP_INET_TCP_DESTROY - 1) | 1U << (SKNLGRP_INET6_TCP_DESTROY - 1);
constexpr int queueBytes = 4 * 1024 * 1024; ///< of the kernel's buffer; the kernel may grant less
constexpr int maxAtOnce = 1024;             ///< messages; leaves time for other work during a flood

} // namespace

SocketEnds::~SocketEnds()
{
    stop();
}

bool SocketEnds::listen()
{
    if (isListening())
        return true;
    m_socket = mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (!m_socket)
        return false;
    setsockopt(descriptor(), SOL_SOCKET, SO_RCVBUF, &queueBytes, sizeof queueBytes);
    // Join the groups through bind(): without an address the kernel's messages would not arrive.
    if (mnl_socket_bind(m_socket, groups, MNL_SOCKET_AUTOPID) < 0)
        stop();
    return isListening();
}

void SocketEnds::stop()
{
    if (m_socket)
        mnl_socket_close(std::exchange(m_socket, nullptr));
}

int SocketEnds::descriptor() const
{
    return m_socket ? mnl_socket_get_fd(m_socket) : -1;
}

SocketEnds::Batch SocketEnds::take()
{
    Batch batch;
    alignas(nlmsghdr) char buffer[InetDiag::bufferSize];
    for (int i = 0; i < maxAtOnce && m_socket; ++i) {
        const ssize_t size = mnl_socket_recvfrom(m_socket, buffer, sizeof buffer);
        if (size < 0 && errno == ENOBUFS) {
            batch.isComplete = false;
            continue;
        }
        if (size <= 0)
            break;
        int left = int(size);
        for (const auto *message = reinterpret_cast<const nlmsghdr *>(buffer); mnl_nlmsg_ok(message, left);
             message = mnl_nlmsg_next(message, &left)) {
            if (message->nlmsg_type != SOCK_DIAG_BY_FAMILY)
                continue;
            if (const auto socket = InetDiag::socketFrom(message))
                batch.sockets.push_back(*socket);
        }
    }
    return batch;
}

#else

SocketEnds::~SocketEnds() = default;

bool SocketEnds::listen()
{
    return false;
}

void SocketEnds::stop() { }

int SocketEnds::descriptor() const
{
    return -1;
}

SocketEnds::Batch SocketEnds::take()
{
    return {};
}

#endif
