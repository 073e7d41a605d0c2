// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

/// Options of a socket that connects. What is not given is the system's. A plain value; crosses threads by copy.
struct SocketOptions {
    /// Probes of a connection on which nothing is sent (RFC 9293, section 3.8.4).
    struct KeepAlive {
        static constexpr int maxSeconds = 32767; ///< as Linux takes it
        static constexpr int maxProbes = 127;

        int idleSeconds = 60;     ///< TCP_KEEPIDLE: of silence before the first probe
        int intervalSeconds = 10; ///< TCP_KEEPINTVL: between the probes
        int probes = 5;           ///< TCP_KEEPCNT: unanswered ones that end the connection

        bool operator==(const KeepAlive &) const = default;
    };
    static constexpr int maxBufferBytes = 1024 * 1024 * 1024;

    bool hasNoDelay = true; ///< TCP_NODELAY: Nagle's algorithm is off (RFC 9293, section 3.7.4)
    std::optional<KeepAlive> keepAlive;
    int sendBufferBytes = 0;    ///< SO_SNDBUF. The kernel doubles it, and caps it at net.core.wmem_max; 0: the system's
    int receiveBufferBytes = 0; ///< SO_RCVBUF, of which the receive window is a part; likewise

    bool operator==(const SocketOptions &) const = default;

    /// "60,10,5", also with blanks: the numbers of a KeepAlive, each at least 1; or nothing.
    static std::optional<KeepAlive> parseKeepAlive(const QString &text);
    static QString text(const KeepAlive &keepAlive);                 ///< as parseKeepAlive() takes it
    static std::optional<int> parseBufferBytes(const QString &text); ///< "65536", "64K", "1M": 1 to maxBufferBytes
};
