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

/// The timers of an event dispatcher, in the order in which they are due. Pure: the caller gives the time, of a clock
/// that never goes back. Owned by the dispatcher, on its thread.
class TimerList
{
public:
    using Time = std::chrono::nanoseconds; ///< since the clock's beginning

    /// A timer that is due. The caller sends its event, then calls delivered().
    struct Due {
        int id;
        QObject *object;
    };

    /// One turn of the event loop. Each timer that is due when it begins fires once, so that a timer of 0 ms cannot
    /// block the turn. Turns can be nested.
    struct Turn {
        Time begin;
        quint64 order; ///< timers set later belong to a later turn
    };

    /// Precise: exact. Coarse: up to 5 % early or late, so that timers fire together. VeryCoarse: on whole seconds. The
    /// interval is in ms, 0 or more.
    void add(int id, qint64 interval, Qt::TimerType type, QObject *object, Time now);
    bool remove(int id);
    bool removeAll(const QObject *object);

    QList<QAbstractEventDispatcher::TimerInfo> of(const QObject *object) const;
    /// 0 if the timer is due; nullopt if there is no such timer.
    std::optional<Time> timeLeft(int id, Time now) const;
    /// When the next timer is due; nullopt if there is none, except for those whose events are being delivered.
    std::optional<Time> nextDue() const;

    Turn turn(Time now) const { return {now, m_order}; }
    /// The next timer of the turn, already set for its next time. It does not become due again before delivered(),
    /// not even in a nested turn.
    std::optional<Due> takeDue(const Turn &turn);
    void delivered(int id);

private:
    struct Timer {
        int id;
        qint64 interval;
        Qt::TimerType type;
        QObject *object;
        Time exact;                ///< when it is due before rounding
        bool isDelivering = false; ///< its event is being handled
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
    quint64 m_order = 0;                 ///< of the next timer that is set
};
