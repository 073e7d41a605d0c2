// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/connectionstatus.h"
#include "notice.h"
#include "steps/step.h"

#include <QCoreApplication>

#include <optional>

/// The notices that the server window and the client window have in common. Pure, except for the actions that are
/// passed to it.
class ConversationNotices
{
    Q_DECLARE_TR_FUNCTIONS(ConversationNotices)
public:
    /// Returns the notice for a step that deserves more than a line in the log.
    static std::optional<Notice> forStep(const Step &step);
    /// Returns the key of the notice that the step ends, or an empty string.
    static QString endedBy(const Step &step);

    static QString partialKey(int connection);
    /// use: changes the framing of the connection; take: makes a message of the bytes that wait.
    static Notice partial(const ConnectionStatus &status, const std::function<void(const Framing &)> &use,
                          std::function<void()> take);
    static Notice ofSession(Notice::Level level, const QString &sentence);

private:
    static std::optional<Notice> ofConnection(const Step &step, const QString &key, Notice::Level level);
};
