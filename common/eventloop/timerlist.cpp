// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "timerlist.h"

#include <algorithm>
#include <vector>

using namespace std::chrono_literals;

namespace {

constexpr qint64 maxInterval = 1'000'000'000'000; ///< ms, about 30 years: nothing overflows
constexpr qint64 coarseness = 20;                 ///< a coarse timer may be off by its interval divided by this

TimerList::Time nearestMultiple(TimerList::Time time, TimerList::Time unit)
{
    return (time + unit / 2) / unit * unit;
}

/// The roundest time near the exact one that the type of the timer allows.
TimerList::Time rounded(TimerList::Time exact, TimerList::Time interval, Qt::TimerType type)
{
    if (interval == 0s)
        return exact;
    if (type == Qt::VeryCoarseTimer)
        return nearestMultiple(exact, 1s);
    if (type == Qt::CoarseTimer) {
        for (const TimerList::Time unit : {1000ms, 500ms, 250ms, 100ms, 50ms, 25ms, 10ms, 5ms, 2ms}) {
            const TimerList::Time time = nearestMultiple(exact, unit);
            if (std::chrono::abs(time - exact) <= interval / coarseness)
                return time;
        }
    }
    return exact;
}

/// The interval that a timer uses: at least a second for a timer on whole seconds.
TimerList::Time duration(qint64 interval, Qt::TimerType type)
{
    const auto wanted = std::chrono::milliseconds(std::clamp<qint64>(interval, 0, maxInterval));
    if (type != Qt::VeryCoarseTimer || wanted == 0ms)
        return wanted;
    return std::max<TimerList::Time>(nearestMultiple(wanted, 1s), 1s);
}

} // namespace

void TimerList::add(int id, qint64 interval, Qt::TimerType type, QObject *object, Time now)
{
    remove(id);
    insert({.id = id, .interval = interval, .type = type, .object = object, .exact = now + duration(interval, type)},
           now);
}

void TimerList::insert(const Timer &timer, Time now)
{
    const Time due = rounded(timer.exact, duration(timer.interval, timer.type), timer.type);
    const Key key{std::max(due, now), m_order++};
    m_timers.emplace(key, timer);
    m_keys.insert_or_assign(timer.id, key);
}

bool TimerList::remove(int id)
{
    const auto key = m_keys.find(id);
    if (key == m_keys.end())
        return false;
    m_timers.erase(key->second);
    m_keys.erase(key);
    return true;
}

bool TimerList::removeAll(const QObject *object)
{
    const size_t removed = std::erase_if(m_timers, [this, object](const auto &entry) {
        const Timer &timer = entry.second;
        if (timer.object == object)
            m_keys.erase(timer.id);
        return timer.object == object;
    });
    return removed > 0;
}

QList<QAbstractEventDispatcher::TimerInfo> TimerList::of(const QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> list;
    for (const auto &[key, timer] : m_timers) {
        if (timer.object == object)
            list.append({timer.id, int(timer.interval), timer.type});
    }
    return list;
}

std::optional<TimerList::Time> TimerList::timeLeft(int id, Time now) const
{
    const auto key = m_keys.find(id);
    if (key == m_keys.end())
        return std::nullopt;
    return std::max<Time>(key->second.due - now, 0ns);
}

std::optional<TimerList::Time> TimerList::nextDue() const
{
    const auto next =
        std::find_if(m_timers.begin(), m_timers.end(), [](const auto &entry) { return !entry.second.isDelivering; });
    return next == m_timers.end() ? std::nullopt : std::optional(next->first.due);
}

std::optional<TimerList::Due> TimerList::takeDue(const Turn &turn)
{
    const auto next =
        std::find_if(m_timers.begin(), m_timers.end(), [](const auto &entry) { return !entry.second.isDelivering; });
    // Timers set during the turn are not due before its beginning, and follow all that belong to it.
    if (next == m_timers.end() || next->first.due > turn.begin || next->first.order >= turn.order)
        return std::nullopt;
    Timer timer = next->second;
    m_timers.erase(next);
    const Time interval = duration(timer.interval, timer.type);
    timer.exact += interval;
    if (timer.exact < turn.begin) // missed times are not made up for
        timer.exact = turn.begin + interval;
    timer.isDelivering = true;
    insert(timer, turn.begin);
    return Due{timer.id, timer.object};
}

void TimerList::delivered(int id)
{
    const auto key = m_keys.find(id);
    if (key != m_keys.end())
        m_timers.find(key->second)->second.isDelivering = false;
}
