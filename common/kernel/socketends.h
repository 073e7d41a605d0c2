// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kernelsocket.h"

#include <vector>

struct mnl_socket;

/// Hears from the kernel of every TCP socket that comes to its end, as it does: with its last counts, long after the
/// program closed it, and whichever program that was (Linux: sock_diag's SKNLGRP_INET_TCP_DESTROY, which needs no
/// rights). A socket that goes into TIME-WAIT comes to its end then. One thread; owned by who listens.
class SocketEnds
{
public:
    SocketEnds() = default;
    ~SocketEnds();
    Q_DISABLE_COPY_MOVE(SocketEnds)

    /// Of the sockets that end from now on. False where the kernel does not tell.
    bool listen();
    void stop();
    bool isListening() const { return m_socket != nullptr; }
    int descriptor() const; ///< readable when there is something to take; -1 while not listening

    struct Batch {
        std::vector<KernelSocket> sockets; ///< their state is CLOSED, their cookies and counts are what they were
        bool isComplete = true;            ///< false: there were more than the kernel kept
    };
    Batch take(); ///< never waits

private:
    mnl_socket *m_socket = nullptr;
};
