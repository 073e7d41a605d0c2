// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "closedwatch.h"

#include "journal.h"

namespace {

constexpr int dropMs = 1000;
constexpr int finMs = 100;
constexpr size_t maxAsked = 64; ///< FINs asked for at a time, so that many of them do not block the thread

bool hasSentFin(const KernelSocket &socket)
{
    using enum TcpState;
    const bool mayWait = socket.state == FinWait1 || socket.state == Closing || socket.state == LastAck;
    return socket.state == FinWait2 || socket.state == TimeWait ||
           (mayWait && socket.path && socket.path->notSentBytes == 0);
}

} // namespace

ClosedWatch::ClosedWatch(Journal &journal, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
    , m_dropTimer(this)
    , m_finTimer(this)
{
    m_dropTimer.setSingleShot(true);
    m_dropTimer.setInterval(dropMs);
    connect(&m_dropTimer, &QTimer::timeout, this, &ClosedWatch::dropUnknown);
    m_finTimer.setInterval(finMs);
    connect(&m_finTimer, &QTimer::timeout, this, &ClosedWatch::askForFins);
}

ClosedWatch::~ClosedWatch() = default;

void ClosedWatch::add(const TcpStream::Remainder &remainder, const Step &event)
{
    const bool hasMore = remainder.bytes > 0 || remainder.finWaits;
    if (remainder.cookie == 0 || !hasMore || count() >= maxCount || !m_ends.listen())
        return;
    if (!m_notifier) {
        m_notifier = std::make_unique<QSocketNotifier>(m_ends.descriptor(), QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, &ClosedWatch::take);
    }
    m_watched.insert_or_assign(remainder.cookie, Watched{remainder, event});
    if (!remainder.finWaits)
        return;
    m_finWaits.push_back(remainder.cookie);
    if (!m_finTimer.isActive())
        m_finTimer.start();
}

void ClosedWatch::askForFins()
{
    const KernelState kernel;
    for (size_t left = std::min(m_finWaits.size(), maxAsked); left > 0; --left) {
        const quint64 cookie = m_finWaits.front();
        m_finWaits.pop_front();
        const auto found = m_watched.find(cookie);
        if (found == m_watched.end())
            continue; // it has ended
        Watched &watched = found->second;
        const auto pair = SocketPair::fromText(watched.event.local, watched.event.peer);
        const auto socket = pair ? kernel.ask(*pair, cookie) : std::nullopt;
        if (!socket)
            continue;
        if (!hasSentFin(*socket))
            m_finWaits.push_back(cookie);
        else if (std::exchange(watched.remainder.finWaits, false))
            logFinSent(watched.event);
    }
    if (m_finWaits.empty())
        m_finTimer.stop();
}

void ClosedWatch::logFinSent(const Step &event)
{
    Step sent = event;
    sent.kind = StepKind::FinSent;
    sent.time = StepTime::now();
    sent.offset = -1;
    m_journal.add(std::move(sent));
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
    // An acknowledged FIN counts as one byte; all bytes before it are acknowledged then.
    const qint64 lost = watched.remainder.bytes - qint64(socket.path->bytesAcked - watched.remainder.acknowledged);
    if (lost < 0 && watched.remainder.finWaits)
        logFinSent(watched.event);
    if (lost <= 0)
        return;
    Step event = watched.event;
    event.time = StepTime::now();
    event.bytes = lost;
    event.offset -= lost;
    m_journal.add(std::move(event));
}

/// If the kernel could not report an end, it is not known whether bytes were lost: logs nothing.
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
    m_finTimer.stop();
    m_finWaits.clear();
    if (m_notifier) { // it may be emitting its signal
        m_notifier->setEnabled(false);
        m_notifier.release()->deleteLater();
    }
    m_ends.stop();
}

#include "moc_closedwatch.cpp"
