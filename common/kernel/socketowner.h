// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kernelsocket.h"

#include <QByteArray>

#include <optional>

/// A program of this machine that holds a socket. A plain value.
struct SocketOwner {
    QByteArray program; ///< its name, as the program itself has chosen it: not to be trusted
    qint64 process = 0;

    /// The program that holds the socket whose own end is pair.local, the one with the lowest process number if there
    /// are several. Nothing if the socket is not of this machine and network namespace, is closed, or belongs to a
    /// process that this user may not look into. Linux only. Looks at the descriptors of all processes, which takes
    /// milliseconds; any thread.
    static std::optional<SocketOwner> find(const SocketPair &pair);

    bool operator==(const SocketOwner &) const = default;
};
