// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "outbox.h"

namespace {

constexpr qint64 messageOverhead = 256; ///< bytes of memory for each message that waits, about

} // namespace

void Outbox::add(Step step)
{
    step.offset = m_end;
    m_end += step.bytes;
    m_messages.push_back({m_end, std::move(step)});
}

void Outbox::cutTo(qint64 end)
{
    if (m_messages.empty() || end == m_end)
        return;
    Message &newest = m_messages.back();
    newest.step.bytes -= m_end - end;
    newest.step.size -= m_end - end;
    newest.end = m_end = end;
    if (newest.step.bytes == 0)
        m_messages.pop_back();
}

std::optional<Step> Outbox::takeSent()
{
    if (m_messages.empty() || m_messages.front().end > m_sent)
        return std::nullopt;
    Step step = std::move(m_messages.front().step);
    m_messages.pop_front();
    return step;
}

qint64 Outbox::waitingBytes(qint64 unsentBytes) const
{
    const auto messages = qint64(m_messages.size()) + m_replies.count();
    return unsentBytes + m_replies.bytes() + messages * messageOverhead;
}

Outbox::LimitChange Outbox::updateLimit(qint64 waitingBytes)
{
    if (!m_isFull && waitingBytes >= limit) {
        m_isFull = true;
        return LimitChange::Reached;
    }
    if (m_isFull && waitingBytes <= limit / 2) {
        m_isFull = false;
        return LimitChange::Relieved;
    }
    return LimitChange::None;
}
