// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/segment.h"
#include "packets/tcpstate.h"

#include <optional>

/// The two ends of a connection, from the view of one of them.
struct SocketPair {
    SocketAddress local;
    SocketAddress peer;
    quint32 interface = 0; ///< the index, for link-local addresses; otherwise 0

    /// From two texts like "127.0.0.1:8700" or "[fe80::1%eth0]:8700"; nothing if one is not of this form.
    static std::optional<SocketPair> fromText(QStringView local, QStringView peer);
    SocketPair swapped() const { return {.local = peer, .peer = local, .interface = interface}; }

    bool operator==(const SocketPair &) const = default;
};

/// The kernel's state of one end of a TCP connection at one moment. A plain value.
struct KernelSocket {
    enum class Timer : quint8 { None, Retransmission, KeepAlive, TimeWait, ZeroWindowProbe };

    /// What this end has measured and counted. Times in microseconds.
    struct Path {
        quint32 rttUs = 0;    ///< smoothed round-trip time; 0: not measured yet
        quint32 rttVarUs = 0; ///< its mean deviation
        quint32 retransmissions = 0;
        quint32 unackedSegments = 0;
        quint32 congestionWindow = 0; ///< in segments
        quint32 notSentBytes = 0;     ///< in the kernel, waiting to be sent
        quint64 bytesAcked = 0;       ///< by the peer; counts the SYN of a connecting end, and FIN
        quint64 bytesReceived = 0;    ///< in order; counts the peer's FIN
        bool operator==(const Path &) const = default;
    };

    TcpState state = TcpState::Closed;
    /// What the kernel waits for. TimeWait also in FIN-WAIT-2, once the program has closed the socket (an orphan).
    Timer timer = Timer::None;
    qint64 timerMs = -1;      ///< until the timer expires; -1: no timer
    quint32 receiveQueue = 0; ///< bytes received but not read; FIN counts as one
    quint32 sendQueue = 0;    ///< bytes not acknowledged, sent or not; SYN and FIN count as one each
    quint64 cookie = 0;       ///< the kernel's number of this socket, as SO_COOKIE gives it
    quint32 inode = 0;        ///< of the socket in /proc/*/fd; 0: no program holds it any more
    std::optional<Path> path; ///< none in TIME-WAIT, and none for an orphan in FIN-WAIT-2

    /// Seconds until the kernel ends this state by itself; -1: it does not.
    int endsInSeconds() const { return timer == Timer::TimeWait ? int((timerMs + 999) / 1000) : -1; }
    /// sendQueue without SYN and FIN.
    qint64 unacknowledgedBytes() const;
    qint64 unreadBytes() const; ///< receiveQueue without FIN

    bool operator==(const KernelSocket &) const = default;
};
