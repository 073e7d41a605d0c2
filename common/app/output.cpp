// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "output.h"

#include <cerrno>
#include <climits>
#include <poll.h>
#include <unistd.h>

namespace {

constexpr qsizetype compactAt = 1024 * 1024;

} // namespace

Output::Output(int descriptor, QObject *parent)
    : QObject(parent)
    , m_writable(descriptor, QSocketNotifier::Write)
{
    m_writable.setEnabled(false);
    connect(&m_writable, &QSocketNotifier::activated, this, &Output::write);
}

void Output::writeLine(const QByteArray &line)
{
    if (m_failed || m_waiting.size() - m_start + line.size() > limit) {
        ++m_dropped;
        return;
    }
    m_waiting.append(line).append('\n');
    write();
}

/// A pipe that poll() calls writable takes PIPE_BUF bytes at once without blocking, whoever else writes to it.
void Output::write()
{
    const auto descriptor = int(m_writable.socket());
    pollfd ready{.fd = descriptor, .events = POLLOUT, .revents = 0};
    while (!isDone() && poll(&ready, 1, 0) > 0) {
        const qsizetype piece = qMin<qsizetype>(m_waiting.size() - m_start, PIPE_BUF);
        const ssize_t written = ::write(descriptor, m_waiting.constData() + m_start, size_t(piece));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0 && errno == EAGAIN)
            break;
        m_failed = written < 0;
        m_start = m_failed ? m_waiting.size() : m_start + written;
        if (m_failed)
            emit failed();
    }
    m_writable.setEnabled(!isDone());
    if (isDone()) {
        m_waiting.clear();
        m_start = 0;
        emit done();
    } else if (m_start >= compactAt && m_start >= m_waiting.size() / 2) {
        m_waiting.remove(0, m_start);
        m_start = 0;
    }
}

#include "moc_output.cpp"
