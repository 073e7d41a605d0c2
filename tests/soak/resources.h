// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// What the process has taken from the system, and has to give back.
struct Resources {
    qsizetype descriptors = 0;
    int objects = 0;     ///< of QObject: connections, streams, sockets, timers, notifiers
    qint64 memory = 0;   ///< bytes allocated; 0 under a sanitizer, which has its own allocator
    qint64 resident = 0; ///< bytes of RSS, after what is free has been given back

    static void beginCounting(); ///< before there are threads
    static Resources now();

    QString text() const;
};
