// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionreader.h"

#include "base/plainfile.h"
#include "base/postedcall.h"
#include "export/sessionsteps.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QThread>

#include <atomic>
#include <unordered_set>

namespace {

constexpr qint64 sliceBytes = qint64(256) * 1024;
constexpr size_t batchSteps = 1024;
constexpr int batchesAtOnce = 4; ///< that wait to be taken
constexpr qint64 tellMs = 20;

} // namespace

/// What is read, and what its thread and the reader's share.
struct SessionReader::Job {
    SessionFile::Part part;
    int connection = 0; ///< 0: the first step of each
    std::atomic<bool> cancelled = false;
    QSemaphore room{batchesAtOnce};

    /// Calls tell() with batches, until all is read.
    template<typename F>
    void run(F tell);

private:
    void lookAtLines(QByteArray &bytes, Batch &batch);
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
    QByteArray bytes; // read and not looked at
    Batch batch;
    QElapsedTimer sinceTold;
    sinceTold.start();
    while (isReadable && !cancelled) {
        const QByteArray more = file.read(std::min(sliceBytes, part.to - file.pos()));
        isReadable = !more.isEmpty();
        bytes += more;
        do {
            lookAtLines(bytes, batch);
            const bool isFull = batch.steps.size() >= batchSteps;
            if (!isFull && (batch.steps.empty() || sinceTold.elapsed() < tellMs))
                break;
            room.acquire();
            tell(std::exchange(batch, {}));
            sinceTold.start();
        } while (!cancelled);
    }
    batch.isLast = true;
    tell(std::move(batch));
}

/// Takes whole lines out of bytes, until the batch is full. Of one that is far too long to be a step, the beginning stays.
void SessionReader::Job::lookAtLines(QByteArray &bytes, Batch &batch)
{
    qsizetype from = 0;
    for (qsizetype end = bytes.indexOf('\n'); end >= 0 && batch.steps.size() < batchSteps && !cancelled;
         end = bytes.indexOf('\n', from)) {
        look(QByteArrayView(bytes).sliced(from, end - from), batch);
        from = end + 1;
        ++m_row;
    }
    bytes.remove(0, from);
    if (!bytes.contains('\n'))
        bytes.truncate(SessionFile::longestLine + 1);
}

void SessionReader::Job::look(QByteArrayView line, Batch &batch)
{
    const int found = SessionSteps::connectionOf(line);
    if (found == 0 || (connection == 0 ? !m_known.insert(found).second : found != connection))
        return;
    Step step = SessionFile::stepOf(line, m_row);
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

void SessionReader::readConnections(const SessionFile::Part &part)
{
    start(part, 0);
}

void SessionReader::readSteps(const SessionFile::Part &part, int connection)
{
    start(part, connection);
}

void SessionReader::start(const SessionFile::Part &part, int connection)
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
