// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "segmentqueue.h"

void SegmentQueue::add(std::vector<Segment> segments)
{
    if (segments.empty())
        return;
    {
        const QMutexLocker lock(&m_mutex);
        if (m_segments.empty())
            m_segments = std::move(segments);
        else
            m_segments.insert(m_segments.end(), std::make_move_iterator(segments.begin()),
                              std::make_move_iterator(segments.end()));
        if (std::exchange(m_announced, true))
            return;
    }
    emit filled();
}

bool SegmentQueue::isFull() const
{
    const QMutexLocker lock(&m_mutex);
    return m_segments.size() >= full;
}

std::vector<Segment> SegmentQueue::take()
{
    std::vector<Segment> segments;
    {
        const QMutexLocker lock(&m_mutex);
        m_announced = false;
        segments.swap(m_segments);
    }
    if (segments.size() >= full)
        emit drained();
    return segments;
}

#include "moc_segmentqueue.cpp"
