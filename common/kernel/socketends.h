// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kernelsocket.h"

#include <vector>

struct mnl_socket;

/// Receives a message from the kernel for each TCP socket that ends, with its final counts: of every program, and
/// however long ago the program closed it (Linux: sock_diag's SKNLGRP_INET_TCP_DESTROY, which needs no rights). A
/// socket that enters TIME-WAIT ends at that moment. One thread; owned by the listener.
class SocketEnds
{
public:
    SocketEnds() = default;
    ~SocketEnds();
    Q_DISABLE_COPY_MOVE(SocketEnds)

    /// From now on. False if the kernel does not offer this.
    bool listen();
    void stop();
    bool isListening() const { return m_socket != nullptr; }
    int descriptor() const; ///< readable when there is something to take; -1 while not listening

    struct Batch {
        std::vector<KernelSocket> sockets; ///< CLOSED, with their last cookies and counts
        bool isComplete = true;            ///< false: some messages were lost, since the kernel's buffer was full
    };
    Batch take(); ///< never blocks

private:
    mnl_socket *m_socket = nullptr;
};
