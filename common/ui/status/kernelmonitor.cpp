// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "kernelmonitor.h"

#include <QEvent>
#include <QWidget>

namespace {

constexpr int askMs = 100;

} // namespace

KernelMonitor::KernelMonitor(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    m_view.availability = m_kernel.availability();
    m_timer.setInterval(askMs);
    connect(&m_timer, &QTimer::timeout, this, &KernelMonitor::ask);
    window->installEventFilter(this);
}

void KernelMonitor::setConnection(const std::optional<ConnectionStatus> &status)
{
    const bool isSame = status && m_status && status->id == m_status->id;
    m_status = status;
    if (isSame) {
        ask();
        return;
    }
    m_ends = status ? SocketPair::fromText(status->local, status->peer) : std::nullopt;
    m_peerCookie = 0;
    // changed() is emitted only now: an empty view would look as if the kernel no longer knew the connection.
    take(answer());
    emit changed();
}

void KernelMonitor::ask()
{
    const KernelView view = answer();
    const bool isChanged = view != m_view;
    take(view);
    if (isChanged)
        emit changed();
}

void KernelMonitor::take(const KernelView &view)
{
    m_view = view;
    watch();
}

KernelView KernelMonitor::answer()
{
    KernelView view{.availability = m_view.availability};
    if (m_ends && m_status->cookie != 0) {
        view.local = m_kernel.ask(*m_ends, m_status->cookie);
        view.peer = m_kernel.ask(m_ends->swapped(), m_peerCookie);
        if (m_peerCookie == 0 && view.peer)
            m_peerCookie = view.peer->cookie;
        // The socket was never seen on this machine, so it is unknown whether it is closed.
        if (m_peerCookie == 0)
            view.peer.reset();
    }
    return view;
}

void KernelMonitor::watch()
{
    const bool canBeSeen = m_window->isVisible() && !m_window->isMinimized();
    if (!canBeSeen || isOver())
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start();
}

/// Whether the state of neither end can change any more.
bool KernelMonitor::isOver() const
{
    const auto isGone = [](const std::optional<KernelSocket> &socket) {
        return !socket || socket->state == TcpState::Closed;
    };
    return !m_status || (!m_status->isOpen() && isGone(m_view.local) && isGone(m_view.peer));
}

bool KernelMonitor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::WindowStateChange)
        ask();
    else if (event->type() == QEvent::Hide)
        m_timer.stop();
    return QObject::eventFilter(watched, event);
}

#include "moc_kernelmonitor.cpp"
