// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionreader.h"

#include "base/plainfile.h"
#include "base/postedcall.h"
#include "linesplitter.h"
#include "stepline.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSemaphore>
#include <QThread>

#include <atomic>
#include <unordered_set>

namespace {

constexpr qint64 readBytes = qint64(256) * 1024;
constexpr size_t batchSteps = 1024;
constexpr int maxWaitingBatches = 4;
constexpr qint64 batchMs = 20;

} // namespace

/// What is read, and what the two threads share.
struct SessionReader::Job {
    SessionPart part;
    int connection = 0; ///< 0: the first step of each
    std::atomic<bool> cancelled = false;
    QSemaphore room{maxWaitingBatches};

    /// Calls tell() with batches, until all is read.
    template<typename F>
    void run(F tell);

private:
    void takeLines(LineSplitter &lines, Batch &batch);
    void look(QByteArrayView line, Batch &batch);

    qsizetype m_row = 0;
    std::unordered_set<int> m_known;
};

template<typename F>
void SessionReader::Job::run(F tell)
{
    QFile file(part.path);
    bool isReadable = part.from < part.to && PlainFile::open(file).isEmpty() && file.seek(part.from);
    m_row = part.firstRow;
    LineSplitter lines;
    Batch batch;
    QElapsedTimer sinceTold;
    sinceTold.start();
    while (isReadable && !cancelled) {
        const QByteArray more = file.read(std::min(readBytes, part.to - file.pos()));
        isReadable = !more.isEmpty();
        lines.feed(more);
        do {
            takeLines(lines, batch);
            const bool isFull = batch.steps.size() >= batchSteps;
            if (!isFull && (batch.steps.empty() || sinceTold.elapsed() < batchMs))
                break;
            room.acquire();
            tell(std::exchange(batch, {}));
            sinceTold.start();
        } while (!cancelled);
    }
    batch.isLast = true;
    tell(std::move(batch));
}

/// Until the batch is full.
void SessionReader::Job::takeLines(LineSplitter &lines, Batch &batch)
{
    QByteArrayView line;
    while (batch.steps.size() < batchSteps && !cancelled && lines.next(line)) {
        look(line, batch);
        ++m_row;
    }
}

void SessionReader::Job::look(QByteArrayView line, Batch &batch)
{
    const int found = StepLine::connectionOf(line);
    if (found == 0 || (connection == 0 ? !m_known.insert(found).second : found != connection))
        return;
    Step step = StepLine::toStep(line, m_row);
    if (step.connection != found)
        return;
    step.payload.clear();
    step.detail.clear();
    batch.steps.push_back(std::move(step));
    batch.rows.push_back(quint32(m_row));
}

SessionReader::SessionReader(QObject *parent)
    : QObject(parent)
{
}

SessionReader::~SessionReader()
{
    cancel();
    for (QThread *thread : findChildren<QThread *>())
        thread->wait();
}

void SessionReader::readConnections(const SessionPart &part)
{
    start(part, 0);
}

void SessionReader::readSteps(const SessionPart &part, int connection)
{
    start(part, connection);
}

void SessionReader::start(const SessionPart &part, int connection)
{
    cancel();
    m_job = std::make_shared<Job>();
    m_job->part = part;
    m_job->connection = connection;
    QThread *thread = QThread::create([this, job = m_job] {
        job->run([&](Batch batch) {
            QMetaObject::invokeMethod(this, PostedCall([this, job, batch = std::move(batch)] { take(job, batch); }),
                                      Qt::QueuedConnection);
        });
    });
    thread->setParent(this);
    thread->setObjectName(QStringLiteral("session"));
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start(QThread::LowPriority);
}

void SessionReader::cancel()
{
    if (const auto job = std::exchange(m_job, nullptr)) {
        job->cancelled = true;
        job->room.release();
    }
}

void SessionReader::take(const std::shared_ptr<Job> &job, const Batch &batch)
{
    if (job != m_job)
        return;
    job->room.release();
    if (batch.isLast)
        m_job.reset();
    emit read(batch);
}

#include "moc_sessionreader.cpp"
