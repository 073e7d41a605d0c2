// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QBasicTimer>
#include <QObject>

class QTimerEvent;

/// A precise timer that can be paused, and then goes on with the rest of its time. Times are in ms. Its owner gets a
/// QTimerEvent, as from a QBasicTimer, and is the same in every call. Small, because each connection has several.
class PausableTimer
{
public:
    bool isActive() const { return m_timer.isActive() || m_leftMs >= 0; } ///< paused or not

    void start(int ms, QObject *owner); ///< anew; while it is paused, the whole time is left
    void stop();
    void setPaused(bool isPaused, QObject *owner);

    /// Whether the event is this timer's, which then stops.
    bool hasFired(const QTimerEvent *event);
    /// The same, but the timer then fires after every ms.
    bool hasRepeated(const QTimerEvent *event, int ms, QObject *owner);

private:
    QBasicTimer m_timer;
    int m_leftMs = -1; ///< while it is paused and active: its time; otherwise -1
    bool m_isPaused = false;
    bool m_isRest = false; ///< the time that runs is what a pause has left
};
