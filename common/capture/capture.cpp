// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture.h"

#include "captureworker.h"
#include "segmentqueue.h"

#include "base/postedcall.h"

Capture::Capture(QObject *parent)
    : QObject(parent)
    , m_queue(std::make_unique<SegmentQueue>())
    , m_worker(new CaptureWorker(*m_queue))
{
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_queue.get(), &SegmentQueue::filled, this, &Capture::filled);
    connect(m_worker, &CaptureWorker::started, this, [this](const QString &path, const QString &content) {
        m_path = path;
        m_contentPath = content;
        emit started(path);
    });
    connect(m_worker, &CaptureWorker::failed, this, &Capture::failed);
    connect(m_worker, &CaptureWorker::dropped, this, &Capture::dropped);
    connect(m_worker, &CaptureWorker::leftOut, this, &Capture::leftOut);
    connect(m_worker, &CaptureWorker::keepingFailed, this, &Capture::keepingFailed);
    connect(m_worker, &CaptureWorker::finished, this, &Capture::finished);
    m_thread.setObjectName(QStringLiteral("capture"));
    m_thread.start();
}

Capture::~Capture()
{
    m_thread.quit();
    m_thread.wait();
    m_queue->take(); // locks its mutex: the thread sanitizer does not know that wait() synchronizes
}

void Capture::start(const CaptureRequest &request)
{
    QMetaObject::invokeMethod(m_worker, PostedCall([worker = m_worker, request] { worker->start(request); }),
                              Qt::QueuedConnection);
}

void Capture::follow(const QString &path)
{
    QMetaObject::invokeMethod(m_worker, PostedCall([worker = m_worker, path] { worker->follow(path); }),
                              Qt::QueuedConnection);
}

void Capture::stop()
{
    QMetaObject::invokeMethod(m_worker, PostedCall([worker = m_worker] { worker->stop(); }), Qt::QueuedConnection);
}

std::vector<Segment> Capture::take()
{
    return m_queue->take();
}

#include "moc_capture.cpp"
