// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "networkdispatcher.h"

#include <QAbstractEventDispatcher>

#ifdef Q_OS_LINUX
#include "epolldispatcher.h"
#endif

std::unique_ptr<QAbstractEventDispatcher> makeNetworkDispatcher()
{
#ifdef Q_OS_LINUX
    if (qgetenv("TCPSTEPS_DISPATCHER") != "qt")
        return EpollDispatcher::create();
#endif
    return nullptr;
}
