// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "replyqueue.h"

#include <algorithm>
#include <limits>

void ReplyQueue::add(const PlannedReply &reply, qint64 dueUs)
{
    const qint64 bytes = reply.message.fill({}).size();
    m_replies.push_back({dueUs, reply, bytes});
    m_bytes += bytes;
}

std::optional<PlannedReply> ReplyQueue::takeDue(qint64 nowUs)
{
    if (isEmpty() || nextDueUs() > nowUs)
        return std::nullopt;
    PlannedReply reply = std::move(m_replies.front().reply);
    m_bytes -= m_replies.front().bytes;
    m_replies.pop_front();
    return reply;
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

void ReplyQueue::postpone(qint64 byUs)
{
    for (Reply &reply : m_replies)
        reply.dueUs += byUs;
}

void ReplyQueue::clear()
{
    m_replies.clear();
    m_bytes = 0;
}
