// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/segment.h"
#include "packets/tcpstate.h"

#include <optional>

/// The two ends of a connection, as one of them names them.
struct SocketPair {
    SocketAddress local;
    SocketAddress peer;
    quint32 interface = 0; ///< its index, where addresses mean something on that interface only; else 0

    /// From "127.0.0.1:8700" or "[fe80::1%eth0]:8700" each; nothing where one is not of this form.
    static std::optional<SocketPair> fromText(QStringView local, QStringView peer);
    SocketPair swapped() const { return {.local = peer, .peer = local, .interface = interface}; }

    bool operator==(const SocketPair &) const = default;
};

/// One end of a TCP connection as the kernel knows it at one moment. A plain value.
struct KernelSocket {
    enum class Timer : quint8 { None, Retransmission, KeepAlive, TimeWait, ZeroWindowProbe };

    /// What the end has measured of the path, and counted. Times in microseconds.
    struct Path {
        quint32 rttUs = 0;    ///< smoothed round-trip time; 0: not measured yet
        quint32 rttVarUs = 0; ///< its mean deviation
        quint32 retransmissions = 0;
        quint32 unackedSegments = 0;
        quint32 congestionWindow = 0; ///< in segments
        quint32 notSentBytes = 0;     ///< handed to the kernel, and waiting to be sent
        quint64 bytesAcked = 0;       ///< by the peer; counts the SYN of a connecting end, and FIN
        quint64 bytesReceived = 0;    ///< in order; counts the peer's FIN
        bool operator==(const Path &) const = default;
    };

    TcpState state = TcpState::Closed;
    Timer timer =
        Timer::None;          ///< what the kernel waits for; TimeWait in FIN-WAIT-2 too, when a close made it an orphan
    qint64 timerMs = -1;      ///< until that timer ends; -1: there is none
    quint32 receiveQueue = 0; ///< bytes received and not read; a FIN counts as one
    quint32 sendQueue = 0;    ///< bytes not acknowledged, sent or not; SYN and FIN count as one each
    quint64 cookie = 0;       ///< the kernel's number of this socket, as SO_COOKIE gives it
    std::optional<Path> path; ///< TIME-WAIT has none, nor has an orphan in FIN-WAIT-2

    /// Until the kernel ends the state by itself; -1: it does not.
    int endsInSeconds() const { return timer == Timer::TimeWait ? int((timerMs + 999) / 1000) : -1; }
    /// sendQueue without SYN and FIN.
    qint64 unacknowledgedBytes() const;

    bool operator==(const KernelSocket &) const = default;
};
