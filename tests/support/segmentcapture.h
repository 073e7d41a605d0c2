// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets.h"

#include <vector>

/// RFC 1071.
inline quint16 internetChecksum(const QByteArray &bytes)
{
    quint32 sum = 0;
    for (qsizetype at = 0; at < bytes.size(); at += 2)
        sum += quint32(quint8(bytes[at])) << 8 | (at + 1 < bytes.size() ? quint8(bytes[at + 1]) : 0U);
    while (sum > 0xffff)
        sum = (sum & 0xffff) + (sum >> 16);
    return quint16(~sum);
}

/// Creates the IPv4 packet of a segment: its addresses, numbers, flags and options, with a payload of zeros.
inline QByteArray packetOf(const Segment &segment)
{
    using namespace Packets;
    const auto address = [](const SocketAddress &end) {
        return QByteArray(reinterpret_cast<const char *>(end.address.data()), 4);
    };
    const Tcp tcp{.from = segment.source.port,
                  .to = segment.destination.port,
                  .sequence = segment.sequence,
                  .acknowledgement = segment.acknowledgement,
                  .flags = segment.flags,
                  .options = QByteArray(reinterpret_cast<const char *>(segment.options.data()), segment.optionBytes),
                  .payload = QByteArray(qsizetype(segment.length), '\0')};
    QByteArray bytes = tcp.bytes();
    bytes.replace(14, 6, be16(segment.window) + be32(0)); // no checksum yet, and no urgent pointer
    const QByteArray addresses = address(segment.source) + address(segment.destination);
    const QByteArray pseudoHeader = addresses + be16(6) + be16(quint16(bytes.size()));
    bytes.replace(16, 2, be16(internetChecksum(pseudoHeader + bytes)));
    QByteArray header = byte(0x45) + byte(0) + be16(quint16(20 + bytes.size())) + be16(1) + be16(0x4000) + byte(64) +
                        byte(6) + be16(0) + addresses;
    header.replace(10, 2, be16(internetChecksum(header)));
    return header + bytes;
}

/// Creates a capture of raw IP that contains these segments, with their times.
inline QByteArray captureOf(const std::vector<Segment> &segments)
{
    using namespace Packets;
    constexpr quint32 rawIp = 101;
    QByteArray file = be32(0xa1b2c3d4) + be16(2) + be16(4) + be32(0) + be32(0) + be32(262144) + be32(rawIp);
    for (const Segment &segment : segments) {
        const QByteArray packet = packetOf(segment);
        file += be32(quint32(segment.timeUs / 1'000'000)) + be32(quint32(segment.timeUs % 1'000'000)) +
                be32(quint32(packet.size())) + be32(quint32(packet.size())) + packet;
    }
    return file;
}
