// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "icmperror.h"

#include <QByteArray>
#include <QExplicitlySharedDataPointer>
#include <QSharedData>
#include <QString>

#include <array>
#include <compare>
#include <optional>

/// An IP address and a TCP port, as on the wire.
struct SocketAddress {
    std::array<quint8, 16> address{}; ///< network order; IPv4 uses the first four
    quint16 port = 0;
    quint8 version = 4; ///< of IP: 4 or 6

    /// "127.0.0.1:8700", "[::1]:8700"
    QString text() const;
    /// Parses such a text. The scope of "[fe80::1%eth0]:8700" is ignored.
    static std::optional<SocketAddress> fromText(QStringView text);

    auto operator<=>(const SocketAddress &) const = default; // NOLINT(modernize-use-nullptr): a false alarm
};

size_t qHash(const SocketAddress &endpoint, size_t seed = 0) noexcept;

/// What few segments have beyond addresses, ports and a sound TCP header, as tcpdump prints it.
struct SegmentOddities : QSharedData {
    QByteArray beforeIp;           ///< link and tunnel headers; "\n" after that of VXLAN
    QByteArray beforeAddresses;    ///< what the IP header announces and the frame lacks
    QByteArray beforePorts;        ///< IPv6 extension headers, AH
    qint64 tcpBytes = -1;          ///< if the TCP header's length is wrong: header and payload, according to IP
    std::optional<IcmpError> icmp; ///< instead of a segment: an error about one
};

/// One TCP segment of a capture (RFC 9293, section 3.1), or an ICMP error about one. A plain value.
///
/// An error goes from the end that the segment was sent to, whoever reports it, to the end that had sent it. It has no
/// TCP header and is not sound.
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
    static constexpr int maxOptionBytes = 40;

    qint64 timeUs = 0;  ///< when it was captured, since 1970-01-01T00:00:00Z
    quint32 frame = 0;  ///< the number of the packet in the capture, from 1
    quint32 tunnel = 0; ///< names the tunnel that carried it (see Tunnel); 0: none
    SocketAddress source;
    SocketAddress destination;
    quint32 sequence = 0;
    quint32 acknowledgement = 0; ///< only valid with Ack
    quint16 flags = 0;
    quint16 window = 0; ///< as in the header, unscaled
    quint16 urgent = 0;
    quint8 timeToLive = 0;  ///< of the IP header next to TCP; hop limit in IPv6
    quint8 optionBytes = 0; ///< captured bytes in options
    std::array<quint8, maxOptionBytes> options{};
    quint8 headerBytes = fixedHeaderBytes;   ///< of the TCP header, according to its length field: 0 to 60
    quint8 capturedBytes = fixedHeaderBytes; ///< of the header, in the capture: at least the ports, 4; 0 of an error
    quint8 payloadFile = 0;                  ///< which file has the payload; 0 unless captures are joined
    quint32 length = 0;         ///< of the payload, in bytes, according to the IP header; 0 if not isSound()
    quint32 capturedLength = 0; ///< of the payload, in the capture
    qint64 payloadAt = -1;      ///< where the payload is in that file; -1: not known
    QExplicitlySharedDataPointer<SegmentOddities> oddities; ///< usually null

    SegmentOddities &oddity(); ///< creates it if there is none
    bool has(Flag flag) const { return (flags & flag) != 0; }
    /// The whole header and the whole payload were captured.
    bool isWhole() const { return capturedBytes >= headerBytes && capturedLength == length; }
    /// The error that this is instead of a segment; null: it is a segment.
    const IcmpError *icmp() const { return oddities && oddities->icmp ? &*oddities->icmp : nullptr; }
    /// The fixed header was captured, and its length is possible. Otherwise only the addresses are valid.
    bool isSound() const { return capturedBytes >= fixedHeaderBytes && !(oddities && oddities->tcpBytes >= 0); }
};
