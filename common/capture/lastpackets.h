// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QTimer>

class PacketSink;

/// Says when a live capture that is to stop has read everything captured until then. Packets arrive in order, but
/// some time after they were captured. A flood has no end, so packets that are captured later are not awaited. Owned
/// by a source, on its thread.
class LastPackets : public QObject
{
    Q_OBJECT
public:
    /// quietMs: the longest time between the capture of a packet and its arrival.
    LastPackets(const PacketSink &sink, int quietMs);

    void await();   ///< the capture is to stop; read() follows
    void batched(); ///< after the sink has taken packets
    void cancel();
    bool arePast() const; ///< the last packet in the sink was captured after await()

signals:
    void read();

private:
    const PacketSink &m_sink;
    QTimer m_timer;
    qint64 m_stopUs = 0; ///< of await(), since 1970; 0: not called yet
};
