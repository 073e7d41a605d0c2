// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kernelsocket.h"

#include <optional>

struct mnl_socket;

/// Asks the kernel for the state of TCP connections by their addresses and ports: Linux's sock_diag, which needs no
/// rights, and knows connections that a program has closed already (FIN-WAIT, LAST-ACK, TIME-WAIT). The kernel answers
/// within the system call, in some microseconds, so this never waits. Any thread, one at a time; owned by who asks.
class KernelState
{
public:
    enum class Availability : quint8 {
        Available,
        NotLinux, ///< the program was built for another system
        Refused,  ///< this Linux has no sock_diag for TCP, or does not let the program use it
    };

    KernelState();
    ~KernelState();
    Q_DISABLE_COPY_MOVE(KernelState)

    Availability availability() const { return m_availability; }

    /// The socket whose end is pair.local; CLOSED where there is none (or another than that of the cookie, if one is
    /// given). Nothing where the kernel does not tell.
    std::optional<KernelSocket> ask(const SocketPair &pair, quint64 cookie = 0) const;

private:
    mnl_socket *m_socket = nullptr;
    Availability m_availability = Availability::NotLinux;
};
