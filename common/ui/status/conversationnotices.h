// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/connectionstatus.h"
#include "notice.h"
#include "steps/step.h"

#include <QCoreApplication>

#include <optional>

/// The notices that server and client windows have in common. Pure, but for the actions it is given.
class ConversationNotices
{
    Q_DECLARE_TR_FUNCTIONS(ConversationNotices)
public:
    /// For a step that should not pass by in the log alone.
    static std::optional<Notice> forStep(const Step &step);
    /// The key of the notice that step puts an end to, or nothing.
    static QString endedBy(const Step &step);

    static QString partialKey(int connection);
    static Notice partial(const ConnectionStatus &status, std::function<void()> useNewline, std::function<void()> take);
    static Notice ofSession(Notice::Level level, const QString &sentence);

private:
    static std::optional<Notice> ofConnection(const Step &step, const QString &key, Notice::Level level);
};
