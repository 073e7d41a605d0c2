// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "networkdispatcher.h"

#include "epolldispatcher.h"

#include <QAbstractEventDispatcher>

std::unique_ptr<QAbstractEventDispatcher> makeNetworkDispatcher()
{
    if (qgetenv("TCPSTEPS_DISPATCHER") == "qt")
        return nullptr;
    return EpollDispatcher::create();
}
