// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "bothends.h"
#include "segmentcapture.h"

#include "base/exportprogress.h"

#include <QFile>

/// A segment with its payload, as a capture file has it.
struct FileSegment {
    Segment segment;
    QByteArray payload;
};

/// Captures of a BothEnds as files with payload, for tests.
struct EndFiles {
    BothEnds ends;
    std::array<quint32, 2> isn{1000, 2000}; ///< by Side; of the SegmentScript
    std::array<QByteArray, 2> streams;      ///< by Side

    std::vector<FileSegment> segmentsAt(Side side) const
    {
        std::vector<FileSegment> all;
        for (const Segment &segment : ends.captureAt(side)) {
            const size_t sender = segment.source.port == 8700 ? 1 : 0;
            const qsizetype from = qint32(segment.sequence - isn[sender] - 1);
            all.push_back({segment, segment.length == 0 ? QByteArray() : streams[sender].mid(from, segment.length)});
        }
        return all;
    }

    /// Writes a pcap file of raw IPv4 packets. snapLength: of a packet.
    static void write(const QString &path, const std::vector<FileSegment> &segments, quint32 snapLength = 65535)
    {
        using namespace Packets;
        constexpr quint32 rawIp = 101;
        QByteArray bytes = be32(0xa1b2c3d4) + be16(2) + be16(4) + be32(0) + be32(0) + be32(snapLength) + be32(rawIp);
        for (const FileSegment &one : segments) {
            QByteArray packet = packetOf(one.segment);
            packet[8] = char(one.segment.timeToLive);
            packet.replace(packet.size() - one.payload.size(), one.payload.size(), one.payload);
            const QByteArray captured = packet.left(snapLength);
            const qint64 us = one.segment.timeUs;
            bytes += be32(quint32(us / 1'000'000)) + be32(quint32(us % 1'000'000)) + be32(quint32(captured.size())) +
                     be32(quint32(packet.size())) + captured;
        }
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(path));
    }
};

/// Bytes in which each line is another one.
inline QByteArray numberedLines(const QByteArray &name, qsizetype size)
{
    QByteArray text;
    for (int line = 0; text.size() < size; ++line)
        text += name + ' ' + QByteArray::number(line) + '\n';
    return text.first(size);
}

/// Reads both files.
inline std::shared_ptr<JointCapture> jointOfFiles(const QString &first, const QString &second)
{
    ExportProgress progress;
    return JointCapture::read({first, second}, progress);
}
