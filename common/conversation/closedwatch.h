// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kernel/kernelstate.h"
#include "kernel/socketends.h"
#include "tcpstream.h"

#include <QTimer>

#include <deque>
#include <unordered_map>

class Journal;

/// Watches connections that were closed before the peer had acknowledged all bytes. If one ends without that, because
/// the peer has reset it or has vanished, logs an Undelivered event with the number of bytes lost. A connection
/// without unacknowledged bytes is not watched, so ordinary closes cost nothing. The kernel reports the end of a
/// socket, with its last counts, so nothing is polled for that. Logs a FinSent event when a FIN that had to wait has
/// left; asks the kernel for that ten times a second. Owned by a Conversation, on the network thread.
class ClosedWatch : public QObject
{
    Q_OBJECT
public:
    /// Connections closed beyond this number are not watched. So many take a megabyte or two.
    static constexpr size_t maxCount = 4096;

    explicit ClosedWatch(Journal &journal, QObject *parent = nullptr);
    ~ClosedWatch() override;

    /// Call it just before the close. event is what to log if bytes are lost: its time and bytes are filled in then,
    /// and its offset, which is the end of the stream, is moved back to the first byte that was lost.
    void add(const TcpStream::Remainder &remainder, const Step &event);

    size_t count() const { return m_watched.size(); }

private:
    struct Watched {
        TcpStream::Remainder remainder;
        Step event;
    };

    void take();
    void askForFins();
    void logFinSent(const Step &event);
    void socketEnded(const KernelSocket &socket);
    void dropUnknown();
    void stopIfIdle();

    Journal &m_journal;
    SocketEnds m_ends;
    std::unique_ptr<QSocketNotifier> m_notifier;    ///< while anything is watched
    QTimer m_dropTimer;                             ///< after the kernel could not report every end
    QTimer m_finTimer;                              ///< while a FIN waits
    std::unordered_map<quint64, Watched> m_watched; ///< by the sockets' cookies
    std::deque<quint64> m_finWaits;                 ///< cookies of connections whose FIN has not left
};
