// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/connectionstatus.h"

#include <QCoreApplication>

#include <optional>

/// What is due on a connection, as text and as available actions. Pure.
struct Pending {
    Q_DECLARE_TR_FUNCTIONS(Pending)
public:
    bool canReplyNow = false;
    bool canCloseNow = false; ///< or can be kept open
    bool canStop = false;     ///< the repetition of a message
    bool canReset = false;    ///< instead of waiting until everything is sent
    bool canReadAgain = false;
    bool isCountedDown = false;

    static Pending of(const std::optional<ConnectionStatus> &status);
    /// Returns the text for a monotonic time, or an empty string if nothing is due.
    static QString text(const ConnectionStatus &status, qint64 nowUs);
};
