// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/connectionstatus.h"
#include "kernel/kernelstate.h"

#include <QTimer>

/// What the kernel reports about both ends of a connection. A plain value.
struct KernelView {
    KernelState::Availability availability = KernelState::Availability::NotLinux;
    std::optional<KernelSocket> local; ///< empty: the kernel does not report it, or there is no connection
    std::optional<KernelSocket> peer;  ///< empty: the peer was never seen on this machine

    bool operator==(const KernelView &) const = default;
};

/// Asks the kernel about the connection that a window shows: at events, and ten times a second while the window is
/// visible and there is something left to ask. Owned by a window, on its thread: an answer takes microseconds.
class KernelMonitor : public QObject
{
    Q_OBJECT
public:
    explicit KernelMonitor(QWidget *window);

    /// Call this when something has happened to the connection, or when another connection is selected.
    void setConnection(const std::optional<ConnectionStatus> &status);
    const KernelView &view() const { return m_view; }

signals:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void ask();
    void take(const KernelView &view);
    KernelView answer();
    void watch();
    bool isOver() const;

    QWidget *m_window;
    KernelState m_kernel;
    KernelView m_view;
    std::optional<ConnectionStatus> m_status;
    std::optional<SocketPair> m_ends;
    quint64 m_peerCookie = 0; ///< of the peer's socket, after it was seen
    QTimer m_timer;
};
