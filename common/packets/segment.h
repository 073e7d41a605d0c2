// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QExplicitlySharedDataPointer>
#include <QSharedData>
#include <QString>

#include <array>
#include <compare>
#include <optional>

/// An IP address and a TCP port, in the bytes of the wire.
struct SocketAddress {
    std::array<quint8, 16> address{}; ///< network order; of IPv4 the first four
    quint16 port = 0;
    quint8 version = 4; ///< of IP: 4 or 6

    /// "127.0.0.1:8700", "[::1]:8700"
    QString text() const;
    /// Of such a text, or one with a scope ("[fe80::1%eth0]:8700"), which is left out.
    static std::optional<SocketAddress> fromText(QStringView text);

    auto operator<=>(const SocketAddress &) const = default; // NOLINT(modernize-use-nullptr): a false alarm
};

size_t qHash(const SocketAddress &endpoint, size_t seed = 0) noexcept;

/// What hardly any segment has: more than addresses, ports and a sound TCP header. As tcpdump prints it.
struct SegmentOddities : QSharedData {
    QByteArray beforeAddresses; ///< what its IP header promises and the frame does not hold
    QByteArray beforePorts;     ///< IPv6 extension headers, AH
    qint64 tcpBytes = -1;       ///< where the TCP header's length is wrong: header and payload, as IP tells it
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
    static constexpr int fixedHeaderBytes = 20;
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
    quint8 headerBytes = fixedHeaderBytes;   ///< of the TCP header, as it says itself: 0 to 60
    quint8 capturedBytes = fixedHeaderBytes; ///< of them, those that the capture has: at least the ports, 4
    quint32 length = 0;         ///< of the payload, in bytes, as the IP header tells it; 0 where not isSound()
    quint32 capturedLength = 0; ///< of these, those that the capture has
    QExplicitlySharedDataPointer<SegmentOddities> oddities; ///< usually null

    bool has(Flag flag) const { return (flags & flag) != 0; }
    /// The capture has all of the header and of the payload.
    bool isWhole() const { return capturedBytes >= headerBytes && capturedLength == length; }
    /// The fixed header was captured, and its length is possible. Where not, only the addresses mean anything.
    bool isSound() const { return capturedBytes >= fixedHeaderBytes && !(oddities && oddities->tcpBytes >= 0); }
};
