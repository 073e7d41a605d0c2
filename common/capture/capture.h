// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "captureadvice.h"
#include "capturerequest.h"
#include "leftout.h"
#include "packets/segment.h"

#include <QObject>
#include <QThread>

#include <memory>
#include <vector>

class CaptureWorker;
class SegmentQueue;

/// A capture: live, through libpcap in this process or through dumpcap, whichever is allowed, or from a file that may
/// still grow. Lives on its owner's thread and reads on a thread of its own; segments cross in batches. One object
/// for one capture.
class Capture : public QObject
{
    Q_OBJECT
public:
    explicit Capture(QObject *parent = nullptr);
    ~Capture() override; ///< ends the capture at once and waits for its thread

    void start(const CaptureRequest &request); ///< started() or failed() follows
    void follow(const QString &path);          ///< reads a capture file, and what is appended to it
    void stop();                               ///< finished() follows, after the last segments

    std::vector<Segment> take(); ///< the segments since the last take()

    /// The capture file whose packets Segment::frame counts. Set by started().
    QString path() const { return m_path; }
    /// The file that Segment::payloadAt counts in: the same, or its uncompressed copy. Exists as long as this object.
    QString contentPath() const { return m_contentPath; }

signals:
    /// Every segment that is sent from now on will be seen.
    void started(const QString &path);
    /// No (more) segments come. finished() does not follow.
    void failed(const CaptureProblem &problem);
    void filled();                               ///< there are segments to take(); once for each take()
    void dropped(qint64 segments, bool isExact); ///< as CaptureSource::dropped()
    void leftOut(const LeftOut &leftOut);        ///< so many packets, since the beginning, gave no segment
    /// The packets are no longer written to the file, for example since the disk is full. Segments still come.
    void keepingFailed(const QString &reason);
    void finished();

private:
    QThread m_thread;
    std::unique_ptr<SegmentQueue> m_queue;
    CaptureWorker *m_worker; ///< owned; lives on the thread, and is deleted there
    QString m_path;
    QString m_contentPath;
};
