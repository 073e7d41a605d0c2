// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractEventDispatcher>
#include <QList>

#include <chrono>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>

/// The timers of an event dispatcher in the order they are due. Pure: the caller says what time it is, on a clock that
/// never goes back. Owned by the dispatcher; its thread.
class TimerList
{
public:
    using Time = std::chrono::nanoseconds; ///< since whenever the clock began

    /// A timer whose event the caller sends now, then calls delivered().
    struct Due {
        int id;
        QObject *object;
    };

    /// One turn of the event loop: the timers that are due when it begins, each of them once, so that a timer of 0 ms cannot
    /// hold it up. Turns may be nested.
    struct Turn {
        Time begin;
        quint64 order; ///< timers set from here on belong to a later turn
    };

    /// Precise: exact. Coarse: up to 5 % early or late, so that timers come together. VeryCoarse: on whole seconds.
    /// The interval is in ms, 0 or more.
    void add(int id, qint64 interval, Qt::TimerType type, QObject *object, Time now);
    bool remove(int id);
    bool removeAll(const QObject *object);

    QList<QAbstractEventDispatcher::TimerInfo> of(const QObject *object) const;
    /// 0 if it is due; nothing if there is no such timer.
    std::optional<Time> timeLeft(int id, Time now) const;
    /// When the next is due; nothing if there is none, or only those whose events are being delivered.
    std::optional<Time> nextDue() const;

    Turn turn(Time now) const { return {now, m_order}; }
    /// The next timer of the turn, set anew for its next time. It is not due again before delivered(), nested turns included.
    std::optional<Due> takeDue(const Turn &turn);
    void delivered(int id);

private:
    struct Timer {
        int id;
        qint64 interval;
        Qt::TimerType type;
        QObject *object;
        Time exact;              ///< when it is due by its interval alone
        bool delivering = false; ///< its event is being handled
    };
    struct Key {
        Time due;
        quint64 order;
        friend bool operator<(const Key &a, const Key &b)
        {
            return std::tie(a.due, a.order) < std::tie(b.due, b.order);
        }
    };

    void insert(const Timer &timer, Time now);

    std::map<Key, Timer> m_timers;
    std::unordered_map<int, Key> m_keys; ///< by id
    quint64 m_order = 0;                 ///< of the timer that is set next
};
