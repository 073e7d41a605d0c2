// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "captureadvice.h"
#include "capturerequest.h"
#include "packets/segment.h"

#include <QObject>
#include <QThread>

#include <memory>
#include <vector>

class CaptureWorker;
class SegmentQueue;

/// A capture: live through libpcap in this process or through dumpcap, whichever is allowed, or a file that may still
/// grow. Lives on its owner's thread, and reads on one of its own; segments cross in batches. One capture an object.
class Capture : public QObject
{
    Q_OBJECT
public:
    explicit Capture(QObject *parent = nullptr);
    ~Capture() override; ///< ends the capture at once, and waits for its thread

    void start(const CaptureRequest &request); ///< started() or failed() follows
    void follow(const QString &path);          ///< a capture file; what is added to it comes too
    void stop();                               ///< finished() follows, after the last segments

    std::vector<Segment> take(); ///< what came since the take() before

    /// The capture file with all packets that Segment::frame counts; from started() on.
    QString path() const { return m_path; }

signals:
    /// A segment that leaves from now on will be seen.
    void started(const QString &path);
    /// Nothing (more) comes; before started() nothing has. finished() does not follow.
    void failed(const CaptureProblem &problem);
    void filled();                               ///< there is something to take; once for each take()
    void dropped(qint64 segments, bool isExact); ///< as CaptureSource::dropped()
    void keepingFailed(
        const QString &reason); ///< the packets are no longer kept (the disk is full); segments still come
    void finished();

private:
    QThread m_thread;
    std::unique_ptr<SegmentQueue> m_queue;
    CaptureWorker *m_worker; ///< owned; lives on the thread, and is deleted there
    QString m_path;
};
