// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QLatin1StringView>
#include <QString>

#include <array>
#include <vector>

/// What an ICMP or ICMPv6 error says about a TCP segment (RFC 792, RFC 1191, RFC 4443). The segment's addresses, ports
/// and sequence number are in the error. A plain value.
struct IcmpError {
    enum class Kind : quint8 {
        Unreachable,
        TooBig,
        TimeExceeded,
        ParameterProblem,
        Other, ///< source quench, redirect; of ICMPv6, a type that RFC 4443 does not define
    };

    Kind kind = Kind::Unreachable;
    quint8 version = 4;                ///< of IP: 4 or 6
    quint8 type = 0;                   ///< as in the message; of Other
    quint8 code = 0;                   ///< as in the message; 0 of TooBig
    std::array<quint8, 16> reporter{}; ///< who sent it; network order, IPv4 uses the first four
    quint32 mtu = 0;                   ///< of TooBig: of the next hop, in bytes; 0: not given (RFC 1191, section 5)
    quint32 sequence = 0;              ///< of the segment that the error is about
    QByteArray line;                   ///< as tcpdump prints the packet, from "IP " on

    /// "port unreachable", "fragmentation needed", "destination unreachable, code 20": one of names(). A number stands
    /// where this code, or type, is not known.
    QLatin1StringView name() const;
    QString text() const;                ///< "ICMP fragmentation needed, MTU 1300"
    QString reporterText() const;        ///< "10.0.0.254"
    QLatin1StringView reference() const; ///< to the definition of the message: "RFC 4443, section 3.1"
    /// Whether a firewall, or the filter of a router, says that such packets may not pass.
    bool isProhibition() const;
    /// The same, or the host does not accept them: a TCP that nobody uses would have answered with RST.
    bool isRejection() const;
    /// Whether an attempt to connect may end with it. Linux ignores redirects (RFC 1122, section 3.2.2.2), source
    /// quenches (RFC 6633) and unknown codes of ICMP's destination unreachable, and goes on with smaller segments.
    bool mayEndAttempt() const;

    static std::vector<QLatin1StringView> names(); ///< all of them; the RFCs' terms, not translated
};
