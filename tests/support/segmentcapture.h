// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets.h"

#include <vector>

/// Creates a capture of raw IP that contains these segments: their addresses (IPv4), times, numbers, flags and options,
/// with payloads of zeros.
inline QByteArray captureOf(const std::vector<Segment> &segments)
{
    using namespace Packets;
    constexpr quint32 rawIp = 101;
    QByteArray file = be32(0xa1b2c3d4) + be16(2) + be16(4) + be32(0) + be32(0) + be32(262144) + be32(rawIp);
    for (const Segment &segment : segments) {
        const auto address = [](const SocketAddress &end) {
            return QByteArray(reinterpret_cast<const char *>(end.address.data()), 4);
        };
        const Tcp tcp{.from = segment.source.port,
                      .to = segment.destination.port,
                      .sequence = segment.sequence,
                      .acknowledgement = segment.acknowledgement,
                      .flags = segment.flags,
                      .options =
                          QByteArray(reinterpret_cast<const char *>(segment.options.data()), segment.optionBytes),
                      .payload = QByteArray(qsizetype(segment.length), '\0')};
        QByteArray bytes = tcp.bytes();
        bytes.replace(14, 2, be16(segment.window));
        const QByteArray packet = byte(0x45) + byte(0) + be16(quint16(20 + bytes.size())) + be16(1) + be16(0x4000) +
                                  byte(64) + byte(6) + be16(0) + address(segment.source) +
                                  address(segment.destination) + bytes;
        file += be32(quint32(segment.timeUs / 1'000'000)) + be32(quint32(segment.timeUs % 1'000'000)) +
                be32(quint32(packet.size())) + be32(quint32(packet.size())) + packet;
    }
    return file;
}
