// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "replyqueue.h"
#include "steps/step.h"

#include <QList>

#include <optional>

/// The messages of one connection on their way out: those whose bytes the kernel does not have yet, the replies that
/// are due later, and the limit of both together. Pure; a part of a Connection.
class Outbox
{
public:
    static constexpr qint64 limit = qint64(64) * 1024 * 1024; ///< bytes that wait, replies due included

    /// What updateLimit() has found.
    enum class LimitChange { None, Reached, Relieved };

    ReplyQueue &replies() { return m_replies; }
    const ReplyQueue &replies() const { return m_replies; }

    /// A message that is given to the stream now. step has its bytes, and gets its offset.
    void add(Step step);
    /// The newest message ends there in the stream: no more bytes of it will be given. Without a byte it is dropped.
    void cutTo(qint64 end);
    void confirm(qint64 bytes) { m_sent += bytes; } ///< the kernel has so many more bytes of the stream
    std::optional<Step> takeSent();                 ///< the next message of which the kernel has all bytes

    qint64 end() const { return m_end; }   ///< bytes of the messages that were ever added
    qint64 sent() const { return m_sent; } ///< bytes of them that the kernel has

    /// Bytes of memory that wait, about. unsentBytes: those of the stream.
    qint64 waitingBytes(qint64 unsentBytes) const;
    LimitChange updateLimit(qint64 waitingBytes); ///< relieved: half of the limit is free again
    bool isFull() const { return m_isFull; }

private:
    struct Message {
        qint64 end = 0; ///< its offset in the stream: the message is sent when so many bytes are
        Step step;
    };

    QList<Message> m_messages; ///< most connections never need memory for it
    ReplyQueue m_replies;
    qint64 m_end = 0;
    qint64 m_sent = 0;
    bool m_isFull = false;
};
