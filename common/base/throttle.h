// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>

/// Limits how often expensive work is done while many things happen: timeout() says when to do the work. It follows a
/// request at once after a quiet time, but comes at most once per interval. Lives on its owner's thread.
class Throttle : public QTimer
{
public:
    explicit Throttle(int ms)
        : m_ms(ms)
    {
        setSingleShot(true);
        setTimerType(Qt::PreciseTimer);
    }

    void setMs(int ms) { m_ms = ms; } ///< takes effect with the next ask()

    /// Requests the work.
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
    QElapsedTimer m_since; ///< when timeout() was last emitted
};
