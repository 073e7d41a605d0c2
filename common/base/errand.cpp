// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "errand.h"

#include "postedcall.h"

#include <QSemaphore>

#include <atomic>
#include <mutex>
#include <thread>

namespace {

std::atomic<int> outCount = 0;

} // namespace

/// State that the worker thread and the errand's thread share.
struct Errand::Shared {
    std::mutex mutex;
    Errand *errand = nullptr; ///< null: the answer is no longer wanted
    QSemaphore done;
};

Errand::Errand(QObject *parent)
    : QObject(parent)
{
}

Errand::~Errand()
{
    giveUp();
}

void Errand::send(std::function<Answer()> work)
{
    giveUp();
    m_shared = std::make_shared<Shared>();
    m_shared->errand = this;
    ++outCount;
    std::thread([shared = m_shared, work = std::move(work)]() mutable {
        Answer answer = work();
        work = {};
        {
            const std::lock_guard lock(shared->mutex);
            if (Errand *errand = shared->errand) {
                const auto arrive = [errand, shared, answer = std::move(answer)] {
                    if (errand->m_shared != shared)
                        return;
                    errand->m_shared.reset();
                    answer();
                };
                QMetaObject::invokeMethod(errand, PostedCall(arrive), Qt::QueuedConnection);
            }
        }
        --outCount;
        shared->done.release();
    }).detach();
}

void Errand::giveUp()
{
    if (!m_shared)
        return;
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->errand = nullptr;
    }
    m_shared.reset();
}

bool Errand::wait(int ms)
{
    return !m_shared || m_shared->done.tryAcquire(1, ms);
}

bool Errand::isAnyOut()
{
    return outCount > 0;
}

#include "moc_errand.cpp"
