// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/decoder.h"

#include <QStringList>

#include <functional>
#include <map>

class ExportProgress;
class QIODevice;

/// Writes a pcapng capture of one interface whose packets may have comments, which Wireshark and tshark show
/// (frame.comment). What the device does not take is the device's error. Any thread.
class PcapngWriter
{
public:
    explicit PcapngWriter(QIODevice &device)
        : m_device(device)
    {
    }

    /// First. linkType: one of libpcap's DLT_ or LINKTYPE_ numbers; snapLength: the most bytes that a packet has, 0: no
    /// limit.
    bool begin(int linkType, quint32 snapLength); ///< false, here and below: the device took less
    bool write(const CapturedPacket &packet, const QStringList &comments = {});

private:
    bool writeBlock(quint32 type, const QByteArray &body);

    QIODevice &m_device;
};

/// Comments by the number of the packet (from 1, as Segment::frame).
using PacketComments = std::map<quint32, QStringList>;
using CommentsOf = std::function<QStringList(quint32 frame)>;

/// Writes the capture file `from` (pcap or pcapng) to `to` as pcapng with comments; `to` is for its owner alone, and
/// appears only when it is whole. May take long; any thread but the network's. Empty, or a sentence that says why not.
QString writeCommentedCapture(const QString &from, const QString &to, const PacketComments &comments);
/// The same into what is open; ends early, with nothing to say, where the device takes no more.
QString writeCommentedCapture(const QString &from, QIODevice &to, const CommentsOf &comments,
                              ExportProgress *progress = nullptr);
