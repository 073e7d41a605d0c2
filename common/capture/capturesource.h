// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "captureadvice.h"
#include "leftout.h"
#include "segmentqueue.h"

#include <QObject>

/// One way to get segments: from libpcap, from dumpcap, from a file. Whatever the way, a source puts its segments
/// into the capture's queue. Owned by the capture's worker; lives on its thread and never blocks its event loop for
/// long.
class CaptureSource : public QObject
{
    Q_OBJECT
public:
    virtual void start() = 0; ///< started() or failed() follows
    virtual void stop() = 0;  ///< ended() follows, after the last segments

signals:
    /// path: of the file whose packets Segment::frame counts; content: as PacketFile::contentPath().
    void started(const QString &path, const QString &content);
    void failed(const CaptureProblem &problem); ///< the last signal
    /// So many were lost since the beginning: they came faster than they were read. isExact: otherwise it is an
    /// estimate.
    void dropped(qint64 segments, bool isExact);
    /// The file of a live capture takes no more packets (the disk is full); segments still come. Emitted once.
    void keepingFailed(const QString &reason);
    void leftOut(const LeftOut &leftOut); ///< since the beginning; after packets that give no segment
    void ended();                         ///< the last signal

protected:
    explicit CaptureSource(SegmentQueue &queue)
        : m_queue(queue)
    {
    }

    SegmentQueue &queue() { return m_queue; }
    /// Call it after each batch; emits leftOut() if there is something new.
    void tellLeftOut(const LeftOut &now)
    {
        const std::pair news(now.total() + now.dropped(), now.end());
        if (std::exchange(m_leftOut, news) != news)
            emit leftOut(now);
    }

private:
    SegmentQueue &m_queue;
    std::pair<quint64, QString> m_leftOut; ///< how many were told, and what of the file's end
};
