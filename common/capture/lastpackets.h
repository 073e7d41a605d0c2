// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QTimer>

class PacketSink;

/// When a live capture that is to stop has read all that was captured until then: packets come a while after they were
/// captured, and in order. A flood has no end, so what is captured later is not waited for. Owned by a source, on its
/// thread.
class LastPackets : public QObject
{
    Q_OBJECT
public:
    /// quietMs: the longest time from a packet's capture until it can be read.
    LastPackets(const PacketSink &sink, int quietMs);

    void await();   ///< the capture is to stop now; read() follows
    void batched(); ///< the sink has taken packets
    void cancel();
    bool arePast() const; ///< what the sink took last was captured after await()

signals:
    void read();

private:
    const PacketSink &m_sink;
    QTimer m_timer;
    qint64 m_stopUs = 0; ///< since 1970; 0: not yet
};
