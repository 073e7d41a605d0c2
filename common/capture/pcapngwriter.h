// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/decoder.h"

#include <QStringList>

#include <functional>
#include <map>

class ExportProgress;
class QIODevice;

/// Writes a pcapng capture of one interface, with comments on packets, which Wireshark and tshark show
/// (frame.comment). If writing fails, the device has the error. Any thread.
class PcapngWriter
{
public:
    explicit PcapngWriter(QIODevice &device)
        : m_device(device)
    {
    }

    /// Call it first. linkType: one of libpcap's DLT_ or LINKTYPE_ numbers; snapLength: the maximum bytes of a
    /// packet, 0: no limit.
    bool begin(int linkType, quint32 snapLength); ///< false, here and below: writing failed
    bool write(const CapturedPacket &packet, const QStringList &comments = {});

private:
    bool writeBlock(quint32 type, const QByteArray &body);

    QIODevice &m_device;
};

/// Comments by the number of the packet (from 1, as Segment::frame).
using PacketComments = std::map<quint32, QStringList>;
using CommentsOf = std::function<QStringList(quint32 frame)>;

/// Writes the capture file `from` (pcap or pcapng) to `to` as pcapng with comments. `to` is readable by its owner
/// only, and appears only when it is complete. May take long; any thread but the network's. Returns an error
/// sentence, or nothing.
QString writeCommentedCapture(const QString &from, const QString &to, const PacketComments &comments);
/// The same to an open device. Stops early, without a sentence, if writing fails.
QString writeCommentedCapture(const QString &from, QIODevice &to, const CommentsOf &comments,
                              ExportProgress *progress = nullptr);
