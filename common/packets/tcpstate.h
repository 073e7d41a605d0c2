// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLatin1StringView>

/// The states of RFC 9293, section 3.3.2.
enum class TcpState : quint8 {
    Closed,
    Listen,
    SynSent,
    SynReceived,
    Established,
    FinWait1,
    FinWait2,
    CloseWait,
    Closing,
    LastAck,
    TimeWait,
};

/// "CLOSE-WAIT"
QLatin1StringView tcpStateName(TcpState state);

/// From Linux's number of a state (include/net/tcp_states.h), as in TCP_INFO and sock_diag. CLOSED for an unknown
/// number.
TcpState tcpStateOfLinux(int number);
