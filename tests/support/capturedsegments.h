// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/decoder.h"

#include <QFile>
#include <QtEndian>

#include <vector>

/// Reads the TCP segments of a pcap file with microseconds in this machine's byte order.
inline std::vector<Segment> segmentsOfFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    const QByteArray all = file.readAll();
    const auto number = [&all](qsizetype at) { return qFromLittleEndian<quint32>(all.constData() + at); };
    const int linkType = int(number(20));
    std::vector<Segment> segments;
    quint32 frame = 0;
    for (qsizetype at = 24; at + 16 <= all.size(); at += 16 + number(at + 8)) {
        Segment segment;
        const CapturedPacket packet{.data = reinterpret_cast<const uchar *>(all.constData()) + at + 16,
                                    .captured = number(at + 8),
                                    .length = number(at + 12),
                                    .timeUs = qint64(number(at)) * 1'000'000 + number(at + 4),
                                    .frame = ++frame};
        if (Decoder::decode(linkType, packet, segment) == Decoded::Segment)
            segments.push_back(segment);
    }
    return segments;
}
