// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "segment.h"

#include "ipaddresstext.h"

#include <QHash>

#ifdef Q_OS_UNIX
#include <arpa/inet.h>
#endif

#include <cstring>

using namespace Qt::StringLiterals;

QString SocketAddress::text() const
{
    QByteArray text;
    if (version == 6)
        IpAddressText::append6(address.data(), text);
    else
        IpAddressText::append4(address.data(), text);
    return (version == 6 ? u"[%1]:%2"_s : u"%1:%2"_s).arg(QLatin1StringView(text)).arg(port);
}

std::optional<SocketAddress> SocketAddress::fromText(QStringView text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    bool isPort = false;
    SocketAddress endpoint{.port = text.sliced(colon + 1).toUShort(&isPort)};
    if (colon < 0 || !isPort)
        return std::nullopt;
    QStringView host = text.first(colon);
    const bool isIpv6 = host.startsWith(u'[') && host.endsWith(u']');
    if (isIpv6) {
        endpoint.version = 6;
        host = host.sliced(1, host.size() - 2);
        host = host.left(host.indexOf(u'%'));
    }
    const QByteArray digits = host.toLatin1();
    const bool isAddress = inet_pton(isIpv6 ? AF_INET6 : AF_INET, digits.constData(), endpoint.address.data()) == 1;
    return isAddress ? std::optional(endpoint) : std::nullopt;
}

size_t qHash(const SocketAddress &endpoint, size_t seed) noexcept
{
    // Two numbers: qHashBits() takes several times as long.
    std::array<quint64, 2> address{};
    static_assert(sizeof address == sizeof endpoint.address);
    std::memcpy(address.data(), endpoint.address.data(), sizeof address);
    return qHashMulti(seed, address[0], address[1], quint32(endpoint.version) << 16 | endpoint.port);
}

SegmentOddities &Segment::oddity()
{
    if (!oddities)
        oddities = new SegmentOddities;
    return *oddities;
}
