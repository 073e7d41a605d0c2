// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

/// One packet as libpcap hands it out. A view; any thread.
struct CapturedPacket {
    const uchar *data = nullptr;
    quint32 captured = 0; ///< bytes at data
    quint32 length = 0;   ///< bytes that the packet had
    qint64 timeUs = 0;    ///< since 1970-01-01T00:00:00Z
    quint32 frame = 0;    ///< from 1
};

/// What a packet turned out to be.
enum class Decoded {
    Segment,
    NotTcp,
    Fragment,  ///< of a TCP segment, but not the first: without a TCP header
    Cut,       ///< the capture ends before the ports
    Malformed, ///< a header contradicts itself or the packet
};
