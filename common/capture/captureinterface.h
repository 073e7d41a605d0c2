// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHostAddress>

/// Which interface sees a conversation. Asks the system, sends nothing; any thread.
namespace CaptureInterface {

/// Of a server that listens there: the loopback interface, or "any". Not the address's own: clients on this machine
/// come by way of loopback, whatever address they take.
QString at(const QHostAddress &address);

/// Of a client that connects there (a host's name or address): the one that the route takes, which is loopback for
/// every address of this machine. "any" for a name, since only its lookup tells, and where there is no route.
QString to(const QString &host);

} // namespace CaptureInterface
