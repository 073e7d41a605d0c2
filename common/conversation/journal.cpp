// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "journal.h"

void Journal::add(Step step)
{
    change([this, &step](Batch &batch) {
        m_payloadBytes += step.payload.size();
        batch.steps.push_back(std::move(step));
    });
}

void Journal::set(const ConnectionStatus &status)
{
    change([&status](Batch &batch) { batch.connections.insert_or_assign(status.id, status); });
}

void Journal::set(const Activity &activity)
{
    change([&activity](Batch &batch) { batch.activity = activity; });
}

template<typename F>
void Journal::change(F f)
{
    {
        const QMutexLocker lock(&m_mutex);
        f(m_batch);
        if (std::exchange(m_isAnnounced, true))
            return;
    }
    emit filled();
}

Journal::Batch Journal::take()
{
    Batch batch;
    bool wasFull = false;
    {
        const QMutexLocker lock(&m_mutex);
        batch.activity = m_batch.activity;
        std::swap(batch, m_batch);
        m_isAnnounced = false;
        wasFull = isFull(batch.steps.size());
        m_payloadBytes = 0;
    }
    if (wasFull)
        emit drained();
    return batch;
}

bool Journal::isFull() const
{
    const QMutexLocker lock(&m_mutex);
    return isFull(m_batch.steps.size());
}

bool Journal::isFull(size_t steps) const
{
    return steps >= fullSteps || m_payloadBytes >= fullBytes;
}

#include "moc_journal.cpp"
