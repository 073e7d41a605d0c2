// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "endpoint.h"

#include "ipaddresstext.h"

#include <QtEndian>

#include <array>
#include <charconv>

using namespace Qt::StringLiterals;

namespace {

QString ipv4Text(const quint8 *address, quint16 port)
{
    std::array<char, sizeof "255.255.255.255:65535"> text{};
    char *end = IpAddressText::write4(address, text.data());
    *end++ = ':';
    end = std::to_chars(end, text.data() + text.size(), port).ptr;
    return QString::fromLatin1(text.data(), end - text.data());
}

} // namespace

namespace Endpoint {

QHostAddress unmapped(const QHostAddress &address)
{
    // toIPv4Address() also accepts "::" and "::1" as IPv4 addresses.
    const bool isMapped = address.protocol() == QAbstractSocket::IPv6Protocol &&
                          address.isInSubnet(QHostAddress(u"::ffff:0.0.0.0"_s), 96);
    return isMapped ? QHostAddress(address.toIPv4Address()) : address;
}

QString text(const QHostAddress &address, quint16 port)
{
    if (address.isNull())
        return {};
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        const quint32 bytes = qToBigEndian(address.toIPv4Address());
        return ipv4Text(reinterpret_cast<const quint8 *>(&bytes), port);
    }
    return text(address == QHostAddress(QHostAddress::Any) ? u"*"_s : unmapped(address).toString(), port);
}

QString text(const QString &host, quint16 port)
{
    return (host.contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s).arg(host, QString::number(port));
}

std::optional<QHostAddress> parseListenAddress(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.compare("localhost"_L1, Qt::CaseInsensitive) == 0)
        return QHostAddress(QHostAddress::LocalHost);
    if (trimmed.compare("any"_L1, Qt::CaseInsensitive) == 0 || trimmed == "*"_L1)
        return QHostAddress(QHostAddress::Any);
    const QHostAddress address(trimmed);
    return address.isNull() ? std::nullopt : std::optional(address);
}

std::optional<quint16> parsePort(const QString &text, quint16 lowest)
{
    bool isNumber = false;
    const quint16 port = text.trimmed().toUShort(&isNumber);
    return isNumber && port >= lowest ? std::optional(port) : std::nullopt;
}

QString text(const LocalEnd &end)
{
    if (end.port == 0)
        return end.address.toString();
    return end.address.isNull() ? QStringLiteral(":%1").arg(end.port) : text(end.address, end.port);
}

std::optional<LocalEnd> parseLocalEnd(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (const QHostAddress address(trimmed); !address.isNull())
        return LocalEnd{.address = address};
    const qsizetype colon = trimmed.lastIndexOf(u':');
    QString host = trimmed.left(colon);
    const bool isIpv6 = host.startsWith(u'[') && host.endsWith(u']');
    if (isIpv6)
        host = host.mid(1, host.size() - 2);
    const QHostAddress address(host);
    const auto port = colon < 0 ? std::nullopt : parsePort(trimmed.mid(colon + 1), 1);
    const bool isAddress = isIpv6 ? address.protocol() == QAbstractSocket::IPv6Protocol
                                  : host.isEmpty() || address.protocol() == QAbstractSocket::IPv4Protocol;
    return port && isAddress ? std::optional(LocalEnd{.address = address, .port = *port}) : std::nullopt;
}

std::optional<Subnet> parseSubnet(const QString &text)
{
    const QString trimmed = text.trimmed();
    const QHostAddress address(trimmed.section(u'/', 0, 0));
    if (address.isNull())
        return std::nullopt;
    if (!trimmed.contains(u'/'))
        return Subnet(address, address.protocol() == QAbstractSocket::IPv6Protocol ? 128 : 32);
    const Subnet subnet = QHostAddress::parseSubnet(trimmed);
    return subnet.second < 0 ? std::nullopt : std::optional(subnet);
}

} // namespace Endpoint
