// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "notifierset.h"
#include "timerlist.h"

#include <QAbstractEventDispatcher>

#include <atomic>
#include <memory>

/// An event dispatcher on epoll for a thread with many sockets: Qt's own dispatchers poll every descriptor in every
/// turn. Given to a thread before that starts, and owned by it. wakeUp() and interrupt() can be called from any
/// thread.
class EpollDispatcher : public QAbstractEventDispatcher
{
    Q_OBJECT
public:
    /// Null if no descriptor is left for it.
    static std::unique_ptr<EpollDispatcher> create();
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;

private:
    explicit EpollDispatcher(int wakeDescriptor);

    int waitMs(bool withTimers) const;
    void takeWake();
    int activateTimers();

    const int m_wakeDescriptor; ///< an eventfd
    NotifierSet m_notifiers;
    TimerList m_timers;
    std::atomic<bool> m_isWoken = false; ///< by another thread, and no wait has seen it yet
    bool m_hasPosted = false;            ///< this thread has posted events or interrupted itself, so it must not wait
    std::atomic<bool> m_isInterrupted = false;
};
