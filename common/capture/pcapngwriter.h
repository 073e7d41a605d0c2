// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packetinterface.h"
#include "packets/capturedpacket.h"

#include <QStringList>

#include <functional>
#include <map>

class ExportProgress;
class QIODevice;

/// Writes a pcapng capture with comments on packets, which Wireshark and tshark show (frame.comment). If writing fails,
/// the device has the error. Any thread.
class PcapngWriter
{
public:
    explicit PcapngWriter(QIODevice &device)
        : m_device(device)
    {
    }

    bool begin(); ///< call it first; false, here and below: writing failed
    bool addInterface(const PacketInterface &interface);
    /// interface: counts those that were added, from 0.
    bool write(const CapturedPacket &packet, const QStringList &comments = {}, quint32 interface = 0);
    /// So many packets of the interface were dropped while capturing. Call it after its last packet.
    bool writeDrops(quint64 drops, quint32 interface = 0);

private:
    struct Interface {
        bool hasNanoseconds = false;
        quint64 lastTime = 0; ///< of its newest packet, as the file has it
    };

    bool writeBlock(quint32 type, const QByteArray &body);

    QIODevice &m_device;
    std::vector<Interface> m_interfaces;
};

/// Comments by the number of the packet (from 1, as Segment::frame).
using PacketComments = std::map<quint32, QStringList>;
using PacketFilter = std::function<bool(quint32 frame)>; ///< whether a packet is written; empty: all are
using CommentsOf = std::function<QStringList(quint32 frame)>;

/// Writes the capture `from` (what PacketFile reads) to `to` as pcapng, with its own comments and further ones. `to` is
/// readable by its owner only, and appears only when it is complete. drops: packets that `from` lacks, beside those
/// that it counts itself. May take long; any thread but the network's. Returns an error sentence, or nothing.
QString writeCommentedCapture(const QString &from, const QString &to, const PacketComments &comments,
                              quint64 drops = 0);
/// The same to an open device. Stops early, without a sentence, if writing fails.
QString writeCommentedCapture(const QString &from, QIODevice &to, const CommentsOf &comments, quint64 drops = 0,
                              const PacketFilter &filter = {}, ExportProgress *progress = nullptr);
