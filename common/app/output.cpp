// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "output.h"

#include <cerrno>
#include <climits>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace {

constexpr qsizetype compactAt = 1024 * 1024;

} // namespace

Output::Output(int descriptor, QObject *parent)
    : QObject(parent)
    , m_writable(descriptor, QSocketNotifier::Write)
    , m_waiting(compactAt)
{
    m_writable.setEnabled(false);
    connect(&m_writable, &QSocketNotifier::activated, this, &Output::write);
}

Output::~Output()
{
    const QSignalBlocker blocker(this);
    if (m_isAsked)
        write();
}

void Output::writeLine(const QByteArray &line)
{
    if (hasFailed() || m_waiting.size() + line.size() > limit) {
        ++m_dropped;
        return;
    }
    m_waiting.appendCopy(line);
    m_waiting.appendCopy("\n");
    if (!std::exchange(m_isAsked, true))
        QMetaObject::invokeMethod(this, &Output::write, Qt::QueuedConnection);
}

/// A pipe that poll() calls writable takes PIPE_BUF bytes at once without blocking, whoever else writes to it.
void Output::write()
{
    m_isAsked = false;
    const auto descriptor = int(m_writable.socket());
    pollfd ready{.fd = descriptor, .events = POLLOUT, .revents = 0};
    while (!isDone() && poll(&ready, 1, 0) > 0) {
        const qsizetype piece = qMin<qsizetype>(m_waiting.size(), PIPE_BUF);
        const ssize_t written = ::write(descriptor, m_waiting.data(), size_t(piece));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0 && errno == EAGAIN)
            break;
        m_error = written < 0 ? errno : 0;
        m_waiting.take(hasFailed() ? m_waiting.size() : written);
        if (hasFailed())
            emit failed();
    }
    m_writable.setEnabled(!isDone());
    m_waiting.compact();
    if (isDone())
        emit done();
}

#include "moc_output.cpp"
