// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

class QAbstractEventDispatcher;

/// The event dispatcher for a thread with sockets: one on epoll. Null, which means Qt's own, if no descriptor is left
/// or the environment says TCPSTEPS_DISPATCHER=qt.
std::unique_ptr<QAbstractEventDispatcher> makeNetworkDispatcher();
