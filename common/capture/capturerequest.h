// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// What is to be captured live: every segment from or to a port, whichever programs use it.
struct CaptureRequest {
    /// A way to capture.
    enum Way : quint8 { Libpcap = 1, Dumpcap = 2 };

    QString interface = QStringLiteral("any"); ///< "lo", "eth0", "any"
    quint16 port = 8700;
    QString file; ///< where the packets are kept (pcap, mode 0600); empty: in a file that goes with the capture
    quint8 ways = Libpcap | Dumpcap; ///< those that may be tried, in this order
    int bufferMiB = 64;              ///< of the kernel's memory, for segments that have not been read yet

    bool operator==(const CaptureRequest &) const = default;
};
