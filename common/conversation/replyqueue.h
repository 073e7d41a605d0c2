// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "replies/replydecider.h"

#include <QList>

#include <optional>

/// The replies of one connection that are due later, in the order of their messages. A part of a Connection.
class ReplyQueue
{
public:
    bool isEmpty() const { return m_replies.empty(); }
    int count() const { return int(m_replies.size()); }
    qint64 bytes() const { return m_bytes; }
    qint64 nextDueUs() const { return isEmpty() ? 0 : m_replies.front().dueUs; } ///< monotonic; 0: none

    void add(const PlannedReply &reply, qint64 dueUs); ///< at the earliest after the replies added before
    std::optional<PlannedReply> takeDue(qint64 nowUs); ///< the next reply, if it is due at this monotonic time
    int msUntilNext(qint64 nowUs) const;               ///< rounded up, so that it is due then; not if empty
    void hurry();                                      ///< makes the next reply due now
    void postpone(qint64 byUs);                        ///< all of them
    void clear();

private:
    struct Reply {
        qint64 dueUs = 0;
        PlannedReply reply;
        qint64 bytes = 0; ///< about
    };

    QList<Reply> m_replies;
    qint64 m_bytes = 0;
};
