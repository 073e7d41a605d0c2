// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>

/// For what costs, and would be done again and again while much happens: timeout() says when to do it, at once after a quiet time, but
/// at most once in so many milliseconds. Lives on its owner's thread.
class Throttle : public QTimer
{
public:
    explicit Throttle(int ms)
        : m_ms(ms)
    {
        setSingleShot(true);
        setTimerType(Qt::PreciseTimer);
    }

    void setMs(int ms) { m_ms = ms; } ///< from the next ask() on

    /// There is something to do.
    void ask()
    {
        if (!isActive())
            start(m_since.isValid() ? int(std::max<qint64>(0, m_ms - m_since.elapsed())) : 0);
    }

protected:
    void timerEvent(QTimerEvent *event) override
    {
        m_since.start();
        QTimer::timerEvent(event);
    }

private:
    int m_ms;
    QElapsedTimer m_since; ///< the last time
};
