// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "captureadvice.h"
#include "capturerequest.h"
#include "leftout.h"

#include <QObject>

#include <functional>
#include <memory>

class CaptureSource;
class SegmentQueue;

/// The part of a Capture that lives on its thread: tries one source after the other, and passes on the signals of the
/// one that works. Owned by a Capture.
class CaptureWorker : public QObject
{
    Q_OBJECT
public:
    explicit CaptureWorker(SegmentQueue &queue);
    ~CaptureWorker() override;

    void start(const CaptureRequest &request);
    void follow(const QString &path);
    void stop();

signals:
    void started(const QString &path, const QString &content);
    void failed(const CaptureProblem &problem);
    void dropped(qint64 segments, bool isExact);
    void keepingFailed(const QString &reason);
    void leftOut(const LeftOut &leftOut);
    void finished();

private:
    using WhenForbidden = std::function<void(const CaptureProblem &)>;

    void tryLibpcap();
    void tryDumpcap(bool mayCapture);
    void use(std::unique_ptr<CaptureSource> source, const WhenForbidden &whenForbidden);

    SegmentQueue &m_queue;
    CaptureRequest m_request;
    std::unique_ptr<CaptureSource> m_source;
    bool m_hasStarted = false;
    bool m_isStopping = false;
};
