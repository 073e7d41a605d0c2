// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "replyqueue.h"

#include "steps/step.h"

#include <limits>

namespace {

int msUntil(qint64 monotonicUs)
{
    const qint64 ms = (monotonicUs - StepTime::now().monotonicUs + 999) / 1000;
    return int(qBound<qint64>(0, ms, qint64(std::numeric_limits<int>::max())));
}

} // namespace

ReplyQueue::ReplyQueue(QObject *parent)
    : QObject(parent)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ReplyQueue::release);
}

void ReplyQueue::add(const QByteArray &message, qint64 dueUs)
{
    m_replies.push_back({dueUs, message});
    m_bytes += message.size();
    release();
}

void ReplyQueue::hurry()
{
    if (isEmpty())
        return;
    m_replies.front().dueUs = 0;
    release();
}

void ReplyQueue::clear()
{
    m_replies.clear();
    m_bytes = 0;
    m_timer.stop();
}

void ReplyQueue::release()
{
    while (!isEmpty() && m_replies.front().dueUs <= StepTime::now().monotonicUs) {
        const QByteArray message = std::move(m_replies.front().message);
        m_replies.pop_front();
        m_bytes -= message.size();
        emit due(message);
    }
    if (isEmpty())
        m_timer.stop();
    else
        m_timer.start(msUntil(nextDueUs()));
}
