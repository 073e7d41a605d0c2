// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "leftout.h"
#include "packets/segment.h"
#include "packetstream.h"

#include <QFile>

#include <memory>
#include <utility>
#include <vector>

using pcap_t = struct pcap;
using pcap_dumper_t = struct pcap_dumper;

/// Where the packets of a live capture go: each is kept in a pcap file, and the segments among them are collected.
/// Owned by a LiveSource, on the capture's thread.
class PacketSink
{
public:
    /// path: of the file; empty: a temporary file, which is removed with the sink.
    explicit PacketSink(QString path);
    ~PacketSink();
    Q_DISABLE_COPY_MOVE(PacketSink)

    /// Call it before the first packet: creates the file, readable by its owner only. linkType: one of libpcap's DLT_
    /// or LINKTYPE_ numbers. False: see error().
    bool begin(int linkType);
    void take(const CapturedPacket &packet); ///< frame: from 1
    /// Call it after a batch of packets, to write them to the file. False once the file cannot be written.
    bool flush();
    std::vector<Segment> takeSegments() { return std::exchange(m_segments, {}); } ///< those since the last call

    const LeftOut &leftOut() const { return m_leftOut; }
    quint32 packets() const { return m_packets; }
    qint64 lastUs() const { return m_lastUs; }               ///< when the last packet was captured, since 1970
    bool isOfOneMachine() const { return m_isOfOneMachine; } ///< both ends of the last segment have the same address
    const QString &path() const { return m_path; }
    const QString &error() const { return m_error; } ///< a sentence; empty while all is well

private:
    bool open();
    void fail(const QString &reason);

    QString m_path;
    std::unique_ptr<QFile> m_file;
    QString m_error;
    pcap_t *m_format = nullptr;
    pcap_dumper_t *m_dumper = nullptr; ///< while the file can be written
    int m_linkType = 0;
    LeftOut m_leftOut;
    qint64 m_end = 24; ///< of the file: after its header and all packets
    quint32 m_packets = 0;
    qint64 m_lastUs = 0;
    bool m_isOfOneMachine = false;
    std::vector<Segment> m_segments; ///< since the last takeSegments()
};
