// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/segment.h"

#include <QMutex>
#include <QObject>

#include <vector>

/// Carries segments from the thread of a capture to its owner's, in batches, guarded by a mutex. Owned by a Capture.
class SegmentQueue : public QObject
{
    Q_OBJECT
public:
    /// As many as a window can process in one turn of its event loop without a stall.
    static constexpr size_t full = 32 * 1024;

    void add(std::vector<Segment> segments); ///< capture's thread
    bool isFull() const;                     ///< a source that can wait then waits for drained(); any thread
    std::vector<Segment> take();             ///< owner's thread

signals:
    void filled();  ///< there are segments to take; once for each take(), on the capture's thread
    void drained(); ///< take() has emptied a full queue; on the owner's thread

private:
    mutable QMutex m_mutex;
    std::vector<Segment> m_segments;
    bool m_announced = false;
};
