// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "replyqueue.h"

#include <algorithm>
#include <limits>

void ReplyQueue::add(const QByteArray &message, qint64 dueUs)
{
    m_replies.push_back({dueUs, message});
    m_bytes += message.size();
}

std::optional<QByteArray> ReplyQueue::takeDue(qint64 nowUs)
{
    if (isEmpty() || nextDueUs() > nowUs)
        return std::nullopt;
    const QByteArray message = std::move(m_replies.front().message);
    m_replies.pop_front();
    m_bytes -= message.size();
    return message;
}

int ReplyQueue::msUntilNext(qint64 nowUs) const
{
    const qint64 ms = (nextDueUs() - nowUs + 999) / 1000;
    return int(std::clamp<qint64>(ms, 0, std::numeric_limits<int>::max()));
}

void ReplyQueue::hurry()
{
    if (!isEmpty())
        m_replies.front().dueUs = 0;
}

void ReplyQueue::clear()
{
    m_replies.clear();
    m_bytes = 0;
}
