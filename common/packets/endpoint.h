// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHostAddress>
#include <QList>
#include <QPair>

#include <optional>

/// A subnet as QHostAddress::parseSubnet() gives it: an address and the length of its prefix in bits.
using Subnet = QPair<QHostAddress, int>;

/// Where a connection comes from.
struct LocalEnd {
    QHostAddress address; ///< null: the system chooses
    quint16 port = 0;     ///< 0: the system chooses
};

/// Addresses and ports as people write and read them. Pure functions; any thread.
namespace Endpoint {

/// "127.0.0.1:8700", "[::1]:8700". IPv4 peers of a dual-stack socket are written as plain IPv4; Any is "*:8700". Empty
/// if the address is null.
QString text(const QHostAddress &address, quint16 port);
/// "127.0.0.1:8700", "example.org:80"; an IPv6 address gets its brackets.
QString text(const QString &host, quint16 port);

QString text(const LocalEnd &end); ///< as parseLocalEnd() takes it; empty if the system chooses both

/// The IPv4 address if this is an IPv4-mapped IPv6 address; otherwise the address itself.
QHostAddress unmapped(const QHostAddress &address);

/// An IP address of either version, "localhost", or "any" or "*" for all interfaces.
std::optional<QHostAddress> parseListenAddress(const QString &text);
/// "127.0.0.2", "127.0.0.2:5000", "[::1]:5000", "::1", or ":5000" for any address.
std::optional<LocalEnd> parseLocalEnd(const QString &text);
/// A whole number from lowest to 65535.
std::optional<quint16> parsePort(const QString &text, quint16 lowest);
/// "192.168.1.0/24", "::1/128", or a single address.
std::optional<Subnet> parseSubnet(const QString &text);

} // namespace Endpoint
