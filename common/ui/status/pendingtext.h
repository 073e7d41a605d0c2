// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/connectionstatus.h"

#include <QCoreApplication>

#include <optional>

/// What is due on a connection, in words and as what can be done about it. Pure.
struct Pending {
    Q_DECLARE_TR_FUNCTIONS(Pending)
public:
    bool canReplyNow = false;
    bool canCloseNow = false; ///< and be kept open
    bool canReset = false;    ///< instead of waiting for what has not left
    bool isCountedDown = false;

    static Pending of(const std::optional<ConnectionStatus> &status);
    /// What to say of it at a monotonic time; nothing where nothing is due.
    static QString text(const ConnectionStatus &status, qint64 nowUs);
};
