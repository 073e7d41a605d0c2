// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "captureinterface.h"

#include "packets/endpoint.h"

#include <QNetworkInterface>
#include <QUdpSocket>

using namespace Qt::StringLiterals;

namespace {

constexpr quint16 anyPort = 9; ///< discard; nothing is sent

QString loopback()
{
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        if (interface.flags().testFlag(QNetworkInterface::IsLoopBack))
            return interface.name();
    }
    return u"any"_s;
}

QString nameOf(const QHostAddress &local)
{
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        for (const QNetworkAddressEntry &entry : interface.addressEntries()) {
            if (entry.ip().isEqual(local, QHostAddress::TolerantConversion))
                return interface.name();
        }
    }
    return u"any"_s;
}

/// The local address of the route; null: there is none. Connecting a UDP socket sends nothing, but chooses the route,
/// and with it the local address.
QHostAddress localAddressTo(const QHostAddress &address)
{
    QUdpSocket socket;
    socket.connectToHost(address, anyPort);
    return socket.localAddress();
}

/// For an address of this machine: whether its packets leave through another interface all the same, as on the emulated
/// link of the lab.
bool isLinked(const QHostAddress &address)
{
    const QHostAddress local = localAddressTo(address);
    return QNetworkInterface::allAddresses().contains(address) && !local.isNull() && nameOf(local) != nameOf(address);
}

} // namespace

QString CaptureInterface::at(const QHostAddress &address)
{
    if (address.isLoopback())
        return loopback();
    return isLinked(address) ? nameOf(address) : u"any"_s;
}

QString CaptureInterface::to(const QString &host)
{
    const std::optional<QHostAddress> address = Endpoint::parseListenAddress(host);
    if (!address)
        return u"any"_s;
    if (address->isLoopback() || *address == QHostAddress(QHostAddress::Any))
        return loopback();
    if (QNetworkInterface::allAddresses().contains(*address) && !isLinked(*address))
        return loopback();
    const QHostAddress local = localAddressTo(*address);
    return local.isNull() ? u"any"_s : nameOf(local);
}
