// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/networkdispatcher.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QTest>

/// The main() of a test whose sockets live on its main thread: that has the event dispatcher of the network thread, or Qt's own
/// where the environment says so.
#define NETWORK_TEST_MAIN(Test)                                                                                        \
    int main(int argc, char **argv)                                                                                    \
    {                                                                                                                  \
        if (auto dispatcher = makeNetworkDispatcher())                                                                 \
            QCoreApplication::setEventDispatcher(dispatcher.release()); /* the application owns it */                  \
        const QCoreApplication application(argc, argv);                                                                \
        Test test;                                                                                                     \
        return QTest::qExec(&test, argc, argv);                                                                        \
    }
