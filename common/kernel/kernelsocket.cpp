// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "kernelsocket.h"

#ifdef Q_OS_UNIX
#include <net/if.h>
#endif

namespace {

/// The interface of "[fe80::1%eth0]:8700"; 0: none.
quint32 interfaceOf(QStringView endpoint)
{
    const qsizetype percent = endpoint.indexOf(u'%');
    const qsizetype end = endpoint.indexOf(u']', percent);
    if (percent < 0 || end < 0)
        return 0;
    return if_nametoindex(endpoint.sliced(percent + 1, end - percent - 1).toLatin1().constData());
}

} // namespace

std::optional<SocketPair> SocketPair::fromText(QStringView local, QStringView peer)
{
    const auto from = SocketAddress::fromText(local);
    const auto to = SocketAddress::fromText(peer);
    if (!from || !to || from->version != to->version)
        return std::nullopt;
    const quint32 interface = interfaceOf(local);
    return SocketPair{.local = *from, .peer = *to, .interface = interface != 0 ? interface : interfaceOf(peer)};
}

qint64 KernelSocket::unacknowledgedBytes() const
{
    using enum TcpState;
    const bool hasControl = state == SynSent || state == SynReceived || state == FinWait1 || state == Closing ||
                            state == LastAck; // SYN or FIN, which is acknowledged last
    return qMax<qint64>(0, qint64(sendQueue) - (hasControl ? 1 : 0));
}

qint64 KernelSocket::unreadBytes() const
{
    using enum TcpState;
    const bool hasFin = state == CloseWait || state == Closing || state == LastAck; // which is read last
    return qMax<qint64>(0, qint64(receiveQueue) - (hasFin ? 1 : 0));
}
