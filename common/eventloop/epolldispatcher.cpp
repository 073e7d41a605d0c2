// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "epolldispatcher.h"

#include <QCoreApplication>
#include <QThread>
#include <QTimerEvent>

#include <algorithm>
#include <limits>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace {

TimerList::Time now()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

/// Rounded up, so that no wait ends too early.
int milliseconds(TimerList::Time time)
{
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(time).count();
    return int(std::clamp<qint64>(ms, 0, std::numeric_limits<int>::max()));
}

} // namespace

std::unique_ptr<EpollDispatcher> EpollDispatcher::create()
{
    const int wakeDescriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wakeDescriptor < 0)
        return nullptr;
    std::unique_ptr<EpollDispatcher> dispatcher(new EpollDispatcher(wakeDescriptor));
    return dispatcher->m_notifiers.isValid() ? std::move(dispatcher) : nullptr;
}

EpollDispatcher::EpollDispatcher(int wakeDescriptor)
    : m_wakeDescriptor(wakeDescriptor)
    , m_notifiers(wakeDescriptor)
{
}

EpollDispatcher::~EpollDispatcher()
{
    close(m_wakeDescriptor);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    const bool withNotifiers = !flags.testFlag(QEventLoop::ExcludeSocketNotifiers);
    const bool withTimers = !flags.testFlag(QEventLoop::X11ExcludeTimers);
    m_isInterrupted = false;
    emit awake();
    QCoreApplication::sendPostedEvents();

    // Posting an event calls wakeUp(), so an event that is posted from here on ends the wait.
    const bool mayWait = !m_isInterrupted && !m_isWoken && !m_hasPosted;
    const bool blocks = flags.testFlag(QEventLoop::WaitForMoreEvents) && mayWait;
    if (blocks)
        emit aboutToBlock();
    if (m_isInterrupted)
        return false;
    const int timeout = blocks && !m_hasPosted ? waitMs(withTimers) : 0;
    const bool isWoken = withNotifiers ? m_notifiers.wait(timeout) : m_notifiers.waitForWake(timeout);
    if (isWoken)
        takeWake();
    const bool hasNews = std::exchange(m_hasPosted, false) || isWoken;
    if (hasNews && blocks)
        QCoreApplication::sendPostedEvents(); // a command comes before later events of the network

    int handled = hasNews ? 1 : 0;
    if (withNotifiers)
        handled += m_notifiers.activateMarked();
    if (withTimers)
        handled += activateTimers();
    return handled > 0;
}

int EpollDispatcher::waitMs(bool withTimers) const
{
    const auto due = withTimers ? m_timers.nextDue() : std::nullopt;
    return due ? milliseconds(*due - now()) : -1;
}

int EpollDispatcher::activateTimers()
{
    int activated = 0;
    const TimerList::Turn turn = m_timers.turn(now());
    while (const auto due = m_timers.takeDue(turn)) {
        QTimerEvent event(due->id);
        QCoreApplication::sendEvent(due->object, &event);
        m_timers.delivered(due->id);
        ++activated;
    }
    return activated;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    m_notifiers.add(notifier);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    m_notifiers.remove(notifier);
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object)
{
    m_timers.add(timerId, interval, timerType, object, now());
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    return m_timers.remove(timerId);
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    return m_timers.removeAll(object);
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    return m_timers.of(object);
}

int EpollDispatcher::remainingTime(int timerId)
{
    const auto left = m_timers.timeLeft(timerId, now());
    return left ? milliseconds(*left) : -1;
}

/// The flags save system calls: this thread is awake already, and of the other threads only the first writes.
void EpollDispatcher::wakeUp()
{
    if (QThread::currentThread() == thread())
        m_hasPosted = true;
    else if (!m_isWoken.exchange(true))
        eventfd_write(m_wakeDescriptor, 1);
}

void EpollDispatcher::takeWake()
{
    eventfd_t count = 0;
    eventfd_read(m_wakeDescriptor, &count);
    m_isWoken = false;
}

void EpollDispatcher::interrupt()
{
    m_isInterrupted = true;
    wakeUp();
}

#include "moc_epolldispatcher.cpp"
