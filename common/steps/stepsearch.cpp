// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepsearch.h"

#include "base/postedcall.h"
#include "linesplitter.h"
#include "stepline.h"

#include <QElapsedTimer>
#include <QFile>
#include <QMutex>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <utility>

namespace {

constexpr qint64 sliceBytes = qint64(256) * 1024;
constexpr qint64 tellMs = 20;

} // namespace

/// What the threads share of a search.
struct StepSearch::Job {
    Job(SessionPart where, StepFilter what)
        : part(std::move(where))
        , filter(std::move(what))
    {
    }

    const SessionPart part;
    const StepFilter filter;
    std::atomic<bool> cancelled = false;
    QMutex mutex; ///< guards the rest
    std::vector<quint32> found;
    qsizetype next = part.firstRow;
    bool isDone = false;

    /// Reads the part; calls tell() now and then.
    template<typename F>
    void run(F tell);
    void searchLines(LineSplitter &lines, qsizetype &row, std::vector<quint32> &rows) const;
    bool accepts(QByteArrayView line, qsizetype row) const;
};

template<typename F>
void StepSearch::Job::run(F tell)
{
    QFile file(part.path);
    bool isReadable = file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) && file.seek(part.from);
    LineSplitter lines;
    std::vector<quint32> rows;
    qsizetype row = part.firstRow;
    QElapsedTimer sinceTold;
    sinceTold.start();
    do {
        const QByteArray more = isReadable ? file.read(std::min(sliceBytes, part.to - file.pos())) : QByteArray();
        isReadable = !more.isEmpty();
        lines.feed(more);
        searchLines(lines, row, rows);
        if (isReadable && sinceTold.elapsed() < tellMs)
            continue;
        {
            const QMutexLocker lock(&mutex);
            found.insert(found.end(), rows.begin(), rows.end());
            next = row;
            isDone = !isReadable;
        }
        rows.clear();
        sinceTold.start();
        tell();
    } while (isReadable && !cancelled);
}

void StepSearch::Job::searchLines(LineSplitter &lines, qsizetype &row, std::vector<quint32> &rows) const
{
    for (QByteArrayView line; !cancelled && lines.next(line); ++row) {
        if (row >= part.wantedRow && accepts(line, row))
            rows.push_back(quint32(row));
    }
}

bool StepSearch::Job::accepts(QByteArrayView line, qsizetype row) const
{
    return filter.mayAccept(line) && filter.accepts(StepLine::toStep(line, row));
}

StepSearch::StepSearch(QObject *parent)
    : QObject(parent)
{
}

StepSearch::~StepSearch()
{
    cancel();
    for (QThread *thread : findChildren<QThread *>())
        thread->wait();
}

void StepSearch::start(const SessionPart &part, const StepFilter &filter)
{
    cancel();
    m_job = std::make_shared<Job>(part, filter);
    QThread *thread = QThread::create([this, job = m_job] {
        job->run([this, &job] {
            QMetaObject::invokeMethod(this, PostedCall([this, job] { take(job); }), Qt::QueuedConnection);
        });
    });
    thread->setParent(this);
    thread->setObjectName(QStringLiteral("search"));
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start(QThread::LowPriority);
}

void StepSearch::cancel()
{
    if (const auto job = std::exchange(m_job, nullptr))
        job->cancelled = true;
}

void StepSearch::take(const std::shared_ptr<Job> &job)
{
    if (job != m_job)
        return;
    std::vector<quint32> rows;
    qsizetype next = 0;
    bool isDone = false;
    {
        const QMutexLocker lock(&job->mutex);
        std::swap(rows, job->found);
        next = job->next;
        isDone = job->isDone;
    }
    if (isDone)
        m_job.reset();
    emit found(rows, next);
    if (isDone && !m_job)
        emit finished();
}

#include "moc_stepsearch.cpp"
