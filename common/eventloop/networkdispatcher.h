// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

class QAbstractEventDispatcher;

/// The event dispatcher for a thread of sockets: on Linux one on epoll; null, for Qt's own, elsewhere and where the environment
/// says TCPSTEPS_DISPATCHER=qt.
std::unique_ptr<QAbstractEventDispatcher> makeNetworkDispatcher();
