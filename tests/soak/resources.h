// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// What the process has taken from the system and has to give back.
struct Resources {
    qsizetype descriptors = 0;
    int objects = 0;     ///< QObjects: connections, streams, sockets, timers, notifiers
    qint64 memory = 0;   ///< bytes allocated; 0 under a sanitizer, which has its own allocator
    qint64 resident = 0; ///< RSS in bytes, after free memory has been returned to the system

    static void beginCounting(); ///< call it before there are threads
    static Resources now();

    QString text() const;
};
