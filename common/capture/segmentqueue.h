// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/segment.h"

#include <QMutex>
#include <QObject>

#include <vector>

/// Carries segments from a capture's thread to its owner's, in batches; a mutex guards them. Owned by a Capture.
class SegmentQueue : public QObject
{
    Q_OBJECT
public:
    /// As many as a window can take in one turn of its event loop without a stall.
    static constexpr size_t full = 32 * 1024;

    void add(std::vector<Segment> segments); ///< for the capture's thread
    bool isFull() const;                     ///< who can wait with more waits then for drained(); any thread
    std::vector<Segment> take();             ///< for the other

signals:
    void filled();  ///< there is something to take; emitted once for each take(), from the capture's thread
    void drained(); ///< it was full until take(), from whose thread this is emitted

private:
    mutable QMutex m_mutex;
    std::vector<Segment> m_segments;
    bool m_announced = false;
};
