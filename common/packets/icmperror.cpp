// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "icmperror.h"

#include "ipaddresstext.h"

using namespace Qt::StringLiterals;

namespace {

/// By code of Destination Unreachable (RFC 792; RFC 1122, section 3.2.2.1; RFC 1812, section 5.2.7.1).
constexpr std::array unreachable4{
    "network unreachable"_L1,
    "host unreachable"_L1,
    "protocol unreachable"_L1,
    "port unreachable"_L1,
    "fragmentation needed"_L1,
    "source route failed"_L1,
    "network unknown"_L1,
    "host unknown"_L1,
    "source host isolated"_L1,
    "network prohibited"_L1,
    "host prohibited"_L1,
    "network unreachable for this type of service"_L1,
    "host unreachable for this type of service"_L1,
    "administratively prohibited"_L1,
    "host precedence violation"_L1,
    "precedence cutoff in effect"_L1,
};

/// By code of Destination Unreachable of ICMPv6 (RFC 4443, section 3.1).
constexpr std::array unreachable6{
    "no route to destination"_L1,
    "administratively prohibited"_L1,
    "beyond scope of source address"_L1,
    "address unreachable"_L1,
    "port unreachable"_L1,
    "source address failed policy"_L1,
    "reject route to destination"_L1,
};

constexpr auto unknownCode = "destination unreachable"_L1;
constexpr auto packetTooBig = "packet too big"_L1;
constexpr auto timeExceeded = "time exceeded"_L1;
constexpr auto parameterProblem = "parameter problem"_L1;

} // namespace

QLatin1StringView IcmpError::name() const
{
    switch (kind) {
    case Kind::TooBig:
        return version == 4 ? unreachable4[4] : packetTooBig;
    case Kind::TimeExceeded:
        return timeExceeded;
    case Kind::ParameterProblem:
        return parameterProblem;
    case Kind::Unreachable:
        break;
    }
    if (version == 4)
        return code < unreachable4.size() ? unreachable4[code] : unknownCode;
    return code < unreachable6.size() ? unreachable6[code] : unknownCode;
}

std::vector<QLatin1StringView> IcmpError::names()
{
    std::vector<QLatin1StringView> all{unknownCode, packetTooBig, timeExceeded, parameterProblem};
    all.insert(all.end(), unreachable4.begin(), unreachable4.end());
    all.insert(all.end(), unreachable6.begin(), unreachable6.end());
    return all;
}

QString IcmpError::text() const
{
    const QString text = QStringLiteral("ICMP %1").arg(name());
    return mtu > 0 ? QStringLiteral("%1, MTU %2").arg(text).arg(mtu) : text;
}

QString IcmpError::reporterText() const
{
    QByteArray text;
    version == 6 ? IpAddressText::append6(reporter.data(), text) : IpAddressText::append4(reporter.data(), text);
    return QString::fromLatin1(text);
}

QLatin1StringView IcmpError::reference() const
{
    if (version == 6) {
        constexpr std::array sections{"RFC 4443, section 3.1"_L1, "RFC 4443, section 3.2"_L1,
                                      "RFC 4443, section 3.3"_L1, "RFC 4443, section 3.4"_L1};
        return sections[size_t(kind)];
    }
    if (kind == Kind::TooBig)
        return "RFC 1191, section 4"_L1;
    if (kind != Kind::Unreachable || code <= 5)
        return "RFC 792"_L1;
    return code <= 12 ? "RFC 1122, section 3.2.2.1"_L1 : "RFC 1812, section 5.2.7.1"_L1;
}

bool IcmpError::isProhibition() const
{
    if (kind != Kind::Unreachable)
        return false;
    return version == 6 ? code == 1 || code == 5 || code == 6 : code == 9 || code == 10 || code == 13;
}

bool IcmpError::isRejection() const
{
    const bool isOfHost = version == 6 ? code == 4 : code == 2 || code == 3;
    return isProhibition() || (kind == Kind::Unreachable && isOfHost);
}
