// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// What to capture live: every segment from or to a port, of any program, and the ICMP errors about them. A plain
/// value.
struct CaptureRequest {
    /// A way to capture.
    enum Way : quint8 { Libpcap = 1, Dumpcap = 2 };

    QString interface = QStringLiteral("any"); ///< "lo", "eth0", "any"
    quint16 port = 8700;
    QString file;                    ///< for the packets (pcap, mode 0600); empty: a temporary file
    quint8 ways = Libpcap | Dumpcap; ///< to try, in this order
    int bufferMiB = 64;              ///< in the kernel, for packets that have not been read yet

    bool operator==(const CaptureRequest &) const = default;
};
