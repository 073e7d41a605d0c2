// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDir>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>

/// Manipulates two ends in this process that are connected over 127.0.0.1, without their knowledge.
namespace Loopback {

/// Returns the descriptor of the connection from one port of 127.0.0.1 to another, or -1 if there is none.
inline int descriptorOf(quint16 local, quint16 peer)
{
    const auto portOf = [](int descriptor, auto call) {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        const bool isKnown = call(descriptor, reinterpret_cast<sockaddr *>(&address), &size) == 0;
        return isKnown && address.sin_family == AF_INET ? int(ntohs(address.sin_port)) : -1;
    };
    for (const QString &name : QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::System | QDir::Files)) {
        const int descriptor = name.toInt();
        if (portOf(descriptor, getsockname) == local && portOf(descriptor, getpeername) == peer)
            return descriptor;
    }
    return -1;
}

/// Makes the end at receiver lose everything that the end at sender sends in the next ms milliseconds, by the clock
/// in the timestamps of the segments (RFC 7323). A filter on the receiving socket does this: the kernel runs it
/// before TCP sees a segment, and it outlives the descriptor.
inline bool dropOlderThan(quint16 receiver, quint16 sender, unsigned ms)
{
    const int from = descriptorOf(sender, receiver);
    const int to = descriptorOf(receiver, sender);
    unsigned now = 0; // the timestamp that the sender would write into a segment now, in ms
    socklen_t size = sizeof now;
    if (from < 0 || to < 0 || getsockopt(from, IPPROTO_TCP, TCP_TIMESTAMP, &now, &size) != 0)
        return false;
    constexpr unsigned timestamp = 24; // after a header of 20 bytes, two NOPs, kind and length
    const std::array code{
        sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, timestamp),
        sock_filter BPF_STMT(BPF_ALU | BPF_SUB | BPF_K, now + ms),
        sock_filter BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x80000000U, 0, 1), // before that time
        sock_filter BPF_STMT(BPF_RET | BPF_K, 0),
        sock_filter BPF_STMT(BPF_RET | BPF_K, 0xffffffffU),
    };
    auto copy = code;
    const sock_fprog program{.len = copy.size(), .filter = copy.data()};
    return setsockopt(to, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}

} // namespace Loopback
