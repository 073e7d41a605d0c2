// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kernelsocket.h"

#include <optional>

struct mnl_socket;

/// Asks the kernel for the state of a TCP connection by its addresses and ports, through Linux's sock_diag. That
/// needs no rights, and it also knows connections that a program has closed already (FIN-WAIT, LAST-ACK, TIME-WAIT).
/// The kernel answers within the system call, in a few microseconds, so this never blocks. Any thread, one at a time;
/// owned by the caller.
class KernelState
{
public:
    enum class Availability : quint8 {
        Available,
        NotLinux, ///< the program was built for another system
        Refused,  ///< this kernel has no sock_diag for TCP, or does not allow it
    };

    KernelState();
    ~KernelState();
    Q_DISABLE_COPY_MOVE(KernelState)

    Availability availability() const { return m_availability; }

    /// The socket whose own end is pair.local. CLOSED if there is none, or if its cookie is not the given one.
    /// Nothing if the kernel does not answer.
    std::optional<KernelSocket> ask(const SocketPair &pair, quint64 cookie = 0) const;

private:
    mnl_socket *m_socket = nullptr;
    Availability m_availability = Availability::NotLinux;
};
