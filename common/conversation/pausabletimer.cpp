// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "pausabletimer.h"

#include <QAbstractEventDispatcher>
#include <QTimerEvent>

#include <utility>

void PausableTimer::start(int ms, QObject *owner)
{
    m_isRest = false;
    if (m_isPaused)
        m_leftMs = ms;
    else
        m_timer.start(ms, Qt::PreciseTimer, owner);
}

void PausableTimer::stop()
{
    m_timer.stop();
    m_leftMs = -1;
}

void PausableTimer::setPaused(bool isPaused, QObject *owner)
{
    if (std::exchange(m_isPaused, isPaused) == isPaused)
        return;
    if (isPaused && m_timer.isActive()) {
        m_leftMs = qMax(0, QAbstractEventDispatcher::instance()->remainingTime(m_timer.timerId()));
        m_isRest = true;
        m_timer.stop();
    } else if (!isPaused && m_leftMs >= 0) {
        m_timer.start(std::exchange(m_leftMs, -1), Qt::PreciseTimer, owner);
    }
}

bool PausableTimer::hasFired(const QTimerEvent *event)
{
    if (!m_timer.isActive() || event->timerId() != m_timer.timerId())
        return false;
    m_timer.stop();
    return true;
}

bool PausableTimer::hasRepeated(const QTimerEvent *event, int ms, QObject *owner)
{
    if (!m_timer.isActive() || event->timerId() != m_timer.timerId())
        return false;
    if (m_isRest)
        start(ms, owner);
    return true;
}
