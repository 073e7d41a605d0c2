// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/decoder.h"

#include <QFile>
#include <QtEndian>

#include <vector>

/// Reads the segments of a classic pcap file with this machine's byte order and microseconds. Empty on failure.
inline std::vector<Segment> capturedSegments(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    constexpr qsizetype fileHeader = 24;
    constexpr qsizetype packetHeader = 16;
    const auto number = [&bytes](qsizetype at) { return qFromLittleEndian<quint32>(bytes.constData() + at); };
    std::vector<Segment> segments;
    CapturedPacket packet;
    for (qsizetype at = fileHeader; at + packetHeader <= bytes.size(); at += packetHeader + packet.captured) {
        packet.data = reinterpret_cast<const uchar *>(bytes.constData() + at + packetHeader);
        packet.captured = number(at + 8);
        packet.length = number(at + 12);
        packet.timeUs = qint64(number(at)) * 1'000'000 + number(at + 4);
        ++packet.frame;
        Segment segment;
        if (Decoder::decode(int(number(20)), packet, segment) == Decoded::Segment)
            segments.push_back(segment);
    }
    return segments;
}
