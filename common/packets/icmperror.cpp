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

/// By code of Destination Unreachable of ICMPv6 (RFC 4443, section 3.1; RFC 6554; RFC 8883).
constexpr std::array unreachable6{
    "no route to destination"_L1,
    "administratively prohibited"_L1,
    "beyond scope of source address"_L1,
    "address unreachable"_L1,
    "port unreachable"_L1,
    "source address failed policy"_L1,
    "reject route to destination"_L1,
    "error in source routing header"_L1,
    "headers too long"_L1,
};

constexpr auto packetTooBig = "packet too big"_L1;
constexpr auto timeExceeded = "time exceeded"_L1;
constexpr auto parameterProblem = "parameter problem"_L1;
constexpr auto sourceQuench = "source quench"_L1;
constexpr auto redirect = "redirect"_L1;

constexpr quint8 sourceQuenchType = 4;

/// What only a number tells apart.
enum class Numbered { Unreachable, TimeExceeded, ParameterProblem, Other };

using NumberedNames = std::array<std::array<QByteArray, 256>, 4>; ///< by Numbered, and by the number

const NumberedNames &numberedNames()
{
    static const NumberedNames names = [] {
        constexpr std::array before{"destination unreachable, code ", "time exceeded, code ",
                                    "parameter problem, code ", "error of type "};
        NumberedNames made;
        for (size_t kind = 0; kind < made.size(); ++kind) {
            for (size_t number = 0; number < made[kind].size(); ++number)
                made[kind][number] = before[kind] + QByteArray::number(number);
        }
        return made;
    }();
    return names;
}

QLatin1StringView numbered(Numbered kind, quint8 number)
{
    return QLatin1StringView(numberedNames()[size_t(kind)][number]);
}

} // namespace

QLatin1StringView IcmpError::name() const
{
    switch (kind) {
    case Kind::TooBig:
        return version == 4 ? unreachable4[4] : packetTooBig;
    case Kind::TimeExceeded:
        return code <= 1 ? timeExceeded : numbered(Numbered::TimeExceeded, code);
    case Kind::ParameterProblem: // RFC 7112 has added code 3 of ICMPv6
        return code <= (version == 4 ? 2 : 3) ? parameterProblem : numbered(Numbered::ParameterProblem, code);
    case Kind::Other:
        if (version == 6)
            return numbered(Numbered::Other, type);
        return type == sourceQuenchType ? sourceQuench : redirect;
    case Kind::Unreachable:
        break;
    }
    if (code >= (version == 4 ? unreachable4.size() : unreachable6.size()))
        return numbered(Numbered::Unreachable, code);
    return version == 4 ? unreachable4[code] : unreachable6[code];
}

std::vector<QLatin1StringView> IcmpError::names()
{
    std::vector<QLatin1StringView> all{packetTooBig, timeExceeded, parameterProblem, sourceQuench, redirect};
    all.insert(all.end(), unreachable4.begin(), unreachable4.end());
    all.insert(all.end(), unreachable6.begin(), unreachable6.end());
    for (const auto &kind : numberedNames()) {
        for (const QByteArray &name : kind)
            all.emplace_back(name);
    }
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
        if (kind == Kind::Unreachable && (code == 7 || code == 8))
            return code == 7 ? "RFC 6554"_L1 : "RFC 8883"_L1;
        constexpr std::array sections{"RFC 4443, section 3.1"_L1, "RFC 4443, section 3.2"_L1,
                                      "RFC 4443, section 3.3"_L1, "RFC 4443, section 3.4"_L1,
                                      "RFC 4443, section 2.1"_L1};
        return sections[size_t(kind)];
    }
    if (kind == Kind::TooBig)
        return "RFC 1191, section 4"_L1;
    if (kind == Kind::Other && type == sourceQuenchType)
        return "RFC 6633"_L1;
    if (kind != Kind::Unreachable || code <= 5 || code >= unreachable4.size())
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

bool IcmpError::mayEndAttempt() const
{
    if (version == 6)
        return kind != Kind::TooBig;
    const bool isIgnored = kind == Kind::Other || (kind == Kind::Unreachable && code >= unreachable4.size());
    return kind != Kind::TooBig && !isIgnored;
}
