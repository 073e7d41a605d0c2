// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "notifierset.h"
#include "timerlist.h"

#include <QAbstractEventDispatcher>

#include <atomic>
#include <memory>

/// An event dispatcher on epoll for a thread with many sockets: Qt's own poll every descriptor in every turn. Linux only. Owned
/// by the thread it is given to before that starts; wakeUp() and interrupt() may be called from any thread.
class EpollDispatcher : public QAbstractEventDispatcher
{
    Q_OBJECT
public:
    /// Null if there is no descriptor left for it.
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
    std::atomic<bool> m_isWoken = false; ///< by another thread, since the last wait that saw it
    bool m_hasPosted = false; ///< this thread has posted events, or been interrupted by itself: it must not wait
    std::atomic<bool> m_isInterrupted = false;
};
