// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <array>
#include <compare>

/// An IP address and a TCP port, in the bytes of the wire.
struct SocketAddress {
    std::array<quint8, 16> address{}; ///< network order; of IPv4 the first four
    quint16 port = 0;
    quint8 version = 4; ///< of IP: 4 or 6

    /// "127.0.0.1:8700", "[::1]:8700"
    QString text() const;

    auto operator<=>(const SocketAddress &) const = default;
};

/// One TCP segment as a capture has it (RFC 9293, section 3.1). A plain value.
struct Segment {
    /// The control bits.
    enum Flag : quint16 {
        Fin = 0x001,
        Syn = 0x002,
        Rst = 0x004,
        Psh = 0x008,
        Ack = 0x010,
        Urg = 0x020,
        Ece = 0x040,
        Cwr = 0x080,
        Ae = 0x100,
    };
    static constexpr int mostOptionBytes = 40;

    qint64 timeUs = 0; ///< when it was captured, since 1970-01-01T00:00:00Z
    quint32 frame = 0; ///< which packet of the capture, from 1
    SocketAddress source;
    SocketAddress destination;
    quint32 sequence = 0;
    quint32 acknowledgement = 0; ///< means something with Ack only
    quint16 flags = 0;
    quint16 window = 0; ///< as it stands in the header, unscaled
    quint16 urgent = 0;
    quint8 optionBytes = 0; ///< how many of options were captured
    std::array<quint8, mostOptionBytes> options{};
    quint32 length = 0; ///< of the payload, in bytes, as the IP header tells it

    bool has(Flag flag) const { return (flags & flag) != 0; }
};
