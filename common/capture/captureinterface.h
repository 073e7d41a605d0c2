// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHostAddress>

/// Chooses the interface that sees a conversation. Asks the system, sends nothing; any thread.
namespace CaptureInterface {

/// For a server that listens there: the loopback interface, or "any". Not the interface of the address: clients on this
/// machine use loopback, whatever address they connect to. Only at an end of the lab's emulated link, it is the device
/// of this end.
QString at(const QHostAddress &address);

/// For a client that connects there (a host name or address): the interface of the route, which is loopback for every
/// address of this machine, unless the emulated link leads there. "any" for a name, which is not looked up yet, and if
/// there is no route.
QString to(const QString &host);

} // namespace CaptureInterface
