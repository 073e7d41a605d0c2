// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "kernelstate.h"

#ifdef Q_OS_LINUX
#include "inetdiag.h"

#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>

#include <QtEndian>

#include <algorithm>
#include <cerrno>

namespace {

constexpr quint32 allStates = 0xFFFFFFFF;

inet_diag_req_v2 requestFor(const SocketPair &pair)
{
    inet_diag_req_v2 request{};
    // IPv4 also finds the sockets of a dual-stack server, whose addresses are IPv4-mapped.
    request.sdiag_family = pair.local.version == 6 ? AF_INET6 : AF_INET;
    request.sdiag_protocol = IPPROTO_TCP;
    request.idiag_ext = 1U << (INET_DIAG_INFO - 1);
    request.idiag_states = allStates;
    request.id.idiag_sport = qToBigEndian(pair.local.port);
    request.id.idiag_dport = qToBigEndian(pair.peer.port);
    std::copy_n(pair.local.address.data(), sizeof request.id.idiag_src,
                reinterpret_cast<quint8 *>(request.id.idiag_src));
    std::copy_n(pair.peer.address.data(), sizeof request.id.idiag_dst,
                reinterpret_cast<quint8 *>(request.id.idiag_dst));
    request.id.idiag_if = pair.interface;
    request.id.idiag_cookie[0] = request.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    return request;
}

/// Sends a request and reads the answer, which the kernel has written before the send returns.
template<typename F>
bool converse(mnl_socket *socket, const inet_diag_req_v2 &request, quint16 flags, F take)
{
    alignas(nlmsghdr) char buffer[InetDiag::bufferSize];
    nlmsghdr *header = mnl_nlmsg_put_header(buffer);
    header->nlmsg_type = SOCK_DIAG_BY_FAMILY;
    header->nlmsg_flags = NLM_F_REQUEST | flags;
    auto *body = static_cast<inet_diag_req_v2 *>(mnl_nlmsg_put_extra_header(header, sizeof request));
    *body = request;
    if (mnl_socket_sendto(socket, header, header->nlmsg_len) < 0)
        return false;
    const ssize_t size = mnl_socket_recvfrom(socket, buffer, sizeof buffer);
    int left = int(size);
    const auto *answer = reinterpret_cast<const nlmsghdr *>(buffer);
    return size > 0 && mnl_nlmsg_ok(answer, left) && take(answer);
}

/// The errno in an answer; 0 if the answer is not an error.
int errorOf(const nlmsghdr *answer)
{
    if (answer->nlmsg_type != NLMSG_ERROR)
        return 0;
    const bool isWhole = mnl_nlmsg_get_payload_len(answer) >= sizeof(nlmsgerr);
    return isWhole ? -static_cast<const nlmsgerr *>(mnl_nlmsg_get_payload(answer))->error : EBADMSG;
}

} // namespace

KernelState::KernelState()
    : m_socket(mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC | SOCK_NONBLOCK))
    , m_availability(Availability::Refused)
{
    // A kernel without sock_diag for TCP says ENOENT to every question, which is also how it says "no such socket". A
    // list of the sockets in no state at all is empty or an error.
    inet_diag_req_v2 nothing = requestFor({});
    nothing.idiag_states = 0;
    const auto isEmptyList = [](const nlmsghdr *answer) { return answer->nlmsg_type == NLMSG_DONE; };
    if (m_socket && converse(m_socket, nothing, NLM_F_DUMP, isEmptyList))
        m_availability = Availability::Available;
}

KernelState::~KernelState()
{
    if (m_socket)
        mnl_socket_close(m_socket);
}

std::optional<KernelSocket> KernelState::ask(const SocketPair &pair, quint64 cookie) const
{
    if (m_availability != Availability::Available)
        return std::nullopt;
    std::optional<KernelSocket> socket;
    converse(m_socket, requestFor(pair), 0, [&](const nlmsghdr *answer) {
        if (errorOf(answer) == ENOENT)
            socket.emplace();
        else if (answer->nlmsg_type == SOCK_DIAG_BY_FAMILY)
            socket = InetDiag::isOf(answer, pair) ? InetDiag::socketFrom(answer) : KernelSocket();
        return socket.has_value();
    });
    if (socket && cookie != 0 && socket->cookie != cookie)
        return KernelSocket();
    return socket;
}

#else

KernelState::KernelState() = default;

KernelState::~KernelState() = default;

std::optional<KernelSocket> KernelState::ask(const SocketPair &, quint64) const
{
    return std::nullopt;
}

#endif
