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

} // namespace

QString CaptureInterface::at(const QHostAddress &address)
{
    return address.isLoopback() ? loopback() : u"any"_s;
}

QString CaptureInterface::to(const QString &host)
{
    const std::optional<QHostAddress> address = Endpoint::parseListenAddress(host);
    if (!address)
        return u"any"_s;
    if (address->isLoopback() || *address == QHostAddress(QHostAddress::Any))
        return loopback();
    if (QNetworkInterface::allAddresses().contains(*address))
        return loopback();
    // Connecting a UDP socket sends nothing, but chooses the route, and with it the local address.
    QUdpSocket socket;
    socket.connectToHost(*address, anyPort);
    const QHostAddress local = socket.localAddress();
    return local.isNull() ? u"any"_s : nameOf(local);
}
