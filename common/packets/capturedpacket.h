// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

/// One packet as libpcap hands it out. A view; any thread.
struct CapturedPacket {
    /// A hostile file may contain any time. A sum of two differences of times within this limit fits into 64 bits.
    static constexpr qint64 maxSeconds = 2'000'000'000'000;

    const uchar *data = nullptr;
    quint32 captured = 0; ///< bytes at data
    quint32 length = 0;   ///< of the whole packet, in bytes
    qint64 timeUs = 0;    ///< since 1970-01-01T00:00:00Z; at most maxSeconds before or after it
    quint32 frame = 0;    ///< from 1
    qint64 at = -1;       ///< where the bytes are in the file; -1: not known
    quint16 timeNs = 0;   ///< the nanoseconds beyond timeUs: 0 to 999
};

/// The result of decoding a packet.
enum class Decoded {
    Segment,
    NotTcp,
    Fragment,     ///< a later fragment of a TCP segment, which has no TCP header
    Cut,          ///< the capture ends before the ports of TCP, or before it is clear whether it is TCP
    Malformed,    ///< a header contradicts itself or the packet
    Encrypted,    ///< an encapsulation that hides what it carries: ESP, WireGuard, MACsec, Wi-Fi
    Encapsulated, ///< an encapsulation that carries IP, but is not decoded here
    DeepTunnel,   ///< a tunnel in more than Decoder::maxTunnels others
    UnknownLink,  ///< a link type that is not decoded here
};
