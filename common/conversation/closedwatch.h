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

/// Goes on watching connections that were closed while the peer had yet to acknowledge bytes: if one of them ends
/// without that, because the peer reset it or has vanished, an Undelivered event says how many were lost. What has
/// been acknowledged before the close needs no watching, since nothing is sent after it: ordinary closes cost nothing.
/// The kernel tells of a socket's end by itself, with its last counts, so that is not polled. When a FIN that had to wait has left,
/// a FinSent event says so; the kernel is asked for that, ten times a second. Owned by a Conversation, on the network thread; off
/// Linux it watches nothing.
class ClosedWatch : public QObject
{
    Q_OBJECT
public:
    /// So many at once, which is a megabyte or two; what is closed beyond that is not watched.
    static constexpr size_t most = 4096;

    explicit ClosedWatch(Journal &journal, QObject *parent = nullptr);
    ~ClosedWatch() override;

    /// To be called just before the close. event is what will be logged; it gets its time and bytes then, and its offset, which is
    /// that of the end of what was sent, becomes that of the first byte not acknowledged.
    void add(const TcpStream::Remainder &remainder, const Step &event);

    size_t count() const { return m_watched.size(); }

private:
    struct Watched {
        TcpStream::Remainder remainder;
        Step event;
    };

    void take();
    void askForFins();
    void tellFinSent(const Step &event);
    void socketEnded(const KernelSocket &socket);
    void dropUnknown();
    void stopIfIdle();

    Journal &m_journal;
    SocketEnds m_ends;
    std::unique_ptr<QSocketNotifier> m_notifier;    ///< while anything is watched
    QTimer m_dropTimer;                             ///< after the kernel could not tell of every end
    QTimer m_finTimer;                              ///< while some FIN waits
    std::unordered_map<quint64, Watched> m_watched; ///< by the sockets' cookies
    std::deque<quint64> m_finWaits;                 ///< the cookies of those whose FIN has not left
};
