// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "captureworker.h"

#include "dumpcap.h"
#include "filesource.h"
#include "pcapsource.h"
#include "segmentqueue.h"

CaptureWorker::CaptureWorker(SegmentQueue &queue)
    : m_queue(queue)
{
}

CaptureWorker::~CaptureWorker() = default;

void CaptureWorker::start(const CaptureRequest &request)
{
    m_request = request;
    if ((request.ways & CaptureRequest::Libpcap) != 0)
        tryLibpcap();
    else
        tryDumpcap(true);
}

void CaptureWorker::tryLibpcap()
{
    use(std::make_unique<PcapSource>(m_request, m_queue), [this](const CaptureProblem &) { tryDumpcap(false); });
}

/// mayCapture: this process may capture. If not, dumpcap may only if its file has rights; trying it takes 20 ms.
void CaptureWorker::tryDumpcap(bool mayCapture)
{
    const CaptureFacts facts = CaptureAdvice::collect();
    const bool isOfUse = facts.mayRun && (mayCapture || (facts.hasRights && !facts.isBounded));
    if ((m_request.ways & CaptureRequest::Dumpcap) == 0 || !isOfUse) {
        emit failed(CaptureAdvice::of(facts));
        return;
    }
    use(std::make_unique<Dumpcap>(m_request, m_queue), [this, facts](const CaptureProblem &problem) {
        CaptureFacts all = facts;
        all.dumpcapSaid = problem.reason;
        emit failed(CaptureAdvice::of(all));
    });
}

void CaptureWorker::follow(const QString &path)
{
    use(std::make_unique<FileSource>(path, m_queue), {});
}

void CaptureWorker::use(std::unique_ptr<CaptureSource> source, const WhenForbidden &whenForbidden)
{
    if (m_source)
        m_source.release()->deleteLater(); // it is emitting its signal
    m_source = std::move(source);
    connect(m_source.get(), &CaptureSource::started, this, [this](const QString &path, const QString &content) {
        m_hasStarted = true;
        emit started(path, content);
        if (m_isStopping)
            m_source->stop();
    });
    connect(m_source.get(), &CaptureSource::keepingFailed, this, &CaptureWorker::keepingFailed);
    connect(m_source.get(), &CaptureSource::leftOut, this, &CaptureWorker::leftOut);
    connect(m_source.get(), &CaptureSource::dropped, this, &CaptureWorker::dropped);
    connect(m_source.get(), &CaptureSource::ended, this, &CaptureWorker::finished);
    connect(m_source.get(), &CaptureSource::failed, this, [this, whenForbidden](const CaptureProblem &problem) {
        if (problem.isForbidden && whenForbidden)
            whenForbidden(problem);
        else
            emit failed(problem);
    });
    m_source->start();
}

void CaptureWorker::stop()
{
    m_isStopping = true;
    if (m_hasStarted)
        m_source->stop();
}

#include "moc_captureworker.cpp"
