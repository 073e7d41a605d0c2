// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "inetdiag.h"

#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/tcp.h> // not <netinet/tcp.h>: its tcp_info lacks the byte counts

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace {

KernelSocket::Timer timerOfLinux(int number)
{
    using enum KernelSocket::Timer;
    constexpr std::array timers{None, Retransmission, KeepAlive, TimeWait, ZeroWindowProbe};
    return number >= 0 && size_t(number) < timers.size() ? timers[size_t(number)] : None;
}

KernelSocket::Path pathFrom(const nlattr *attribute)
{
    tcp_info info{}; // an older kernel's is shorter
    std::memcpy(&info, mnl_attr_get_payload(attribute),
                std::min<size_t>(sizeof info, mnl_attr_get_payload_len(attribute)));
    return {.rttUs = info.tcpi_rtt,
            .rttVarUs = info.tcpi_rttvar,
            .retransmissions = info.tcpi_total_retrans,
            .unackedSegments = info.tcpi_unacked,
            .congestionWindow = info.tcpi_snd_cwnd,
            .notSentBytes = info.tcpi_notsent_bytes,
            .bytesAcked = info.tcpi_bytes_acked,
            .bytesReceived = info.tcpi_bytes_received};
}

int takePath(const nlattr *attribute, void *socket)
{
    if (mnl_attr_get_type(attribute) == INET_DIAG_INFO)
        static_cast<KernelSocket *>(socket)->path = pathFrom(attribute);
    return MNL_CB_OK;
}

const inet_diag_msg *bodyOf(const nlmsghdr *message)
{
    const bool isWhole = mnl_nlmsg_get_payload_len(message) >= sizeof(inet_diag_msg);
    return isWhole ? static_cast<const inet_diag_msg *>(mnl_nlmsg_get_payload(message)) : nullptr;
}

} // namespace

std::optional<KernelSocket> InetDiag::socketFrom(const nlmsghdr *message)
{
    const inet_diag_msg *body = bodyOf(message);
    if (!body)
        return std::nullopt;
    KernelSocket socket{.state = tcpStateOfLinux(body->idiag_state),
                        .timer = timerOfLinux(body->idiag_timer),
                        .receiveQueue = body->idiag_rqueue,
                        .sendQueue = body->idiag_wqueue,
                        .cookie = quint64(body->id.idiag_cookie[1]) << 32 | body->id.idiag_cookie[0],
                        .inode = body->idiag_inode};
    if (socket.timer != KernelSocket::Timer::None)
        socket.timerMs = body->idiag_expires;
    mnl_attr_parse(message, sizeof(inet_diag_msg), takePath, &socket);
    return socket;
}

bool InetDiag::isOf(const nlmsghdr *message, const SocketPair &pair)
{
    const inet_diag_msg *body = bodyOf(message);
    return body && qFromBigEndian(body->id.idiag_sport) == pair.local.port &&
           qFromBigEndian(body->id.idiag_dport) == pair.peer.port;
}
