// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "closedwatch.h"

#include "journal.h"

namespace {

constexpr int dropMs = 1000;

} // namespace

ClosedWatch::ClosedWatch(Journal &journal, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
    , m_dropTimer(this)
{
    m_dropTimer.setSingleShot(true);
    m_dropTimer.setInterval(dropMs);
    connect(&m_dropTimer, &QTimer::timeout, this, &ClosedWatch::dropUnknown);
}

ClosedWatch::~ClosedWatch() = default;

void ClosedWatch::add(const TcpStream::Remainder &remainder, const Step &event)
{
    if (remainder.cookie == 0 || remainder.bytes <= 0 || count() >= most || !m_ends.listen())
        return;
    if (!m_notifier) {
        m_notifier = std::make_unique<QSocketNotifier>(m_ends.descriptor(), QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, &ClosedWatch::take);
    }
    m_watched.insert_or_assign(remainder.cookie, Watched{remainder, event});
}

void ClosedWatch::take()
{
    const SocketEnds::Batch batch = m_ends.take();
    for (const KernelSocket &socket : batch.sockets)
        socketEnded(socket);
    if (!batch.isComplete && !m_dropTimer.isActive())
        m_dropTimer.start();
    stopIfIdle();
}

void ClosedWatch::socketEnded(const KernelSocket &socket)
{
    const auto found = m_watched.find(socket.cookie);
    if (found == m_watched.end())
        return; // another program's, or the other end's
    const Watched watched = std::move(found->second);
    m_watched.erase(found);
    if (!socket.path)
        return;
    // A FIN that was acknowledged counts as one byte, but only once all bytes before it are.
    const qint64 lost = watched.remainder.bytes - qint64(socket.path->bytesAcked - watched.remainder.acknowledged);
    if (lost <= 0)
        return;
    Step event = watched.event;
    event.time = StepTime::now();
    event.bytes = lost;
    m_journal.add(std::move(event));
}

/// Where the kernel could not tell of an end, nobody knows whether bytes were lost: nothing is said of those.
void ClosedWatch::dropUnknown()
{
    const KernelState kernel;
    std::erase_if(m_watched, [&kernel](const auto &entry) {
        const auto &[cookie, watched] = entry;
        const auto pair = SocketPair::fromText(watched.event.local, watched.event.peer);
        const auto socket = pair ? kernel.ask(*pair, cookie) : std::nullopt;
        return !socket || socket->state == TcpState::Closed || socket->state == TcpState::TimeWait;
    });
    stopIfIdle();
}

void ClosedWatch::stopIfIdle()
{
    if (!m_watched.empty())
        return;
    m_dropTimer.stop();
    if (m_notifier) { // it may be in the middle of its own signal
        m_notifier->setEnabled(false);
        m_notifier.release()->deleteLater();
    }
    m_ends.stop();
}
