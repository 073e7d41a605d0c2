// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/decoder.h"

#include <pcap/pcap.h>

/// Raw IP in files. libpcap's DLT_RAW is another number, which differs between systems.
constexpr quint16 linkTypeRaw = 101;

/// What libpcap hands out, from a file or live, as the decoder takes it. frame counts from 1. The view lives until the
/// next packet is read.
inline CapturedPacket capturedPacket(const pcap_pkthdr &header, const uchar *data, quint32 frame)
{
    // A hostile file may name any second.
    constexpr qint64 mostSeconds = 9'000'000'000'000;
    const qint64 seconds = qBound(-mostSeconds, qint64(header.ts.tv_sec), mostSeconds);
    return {data, header.caplen, header.len, seconds * 1'000'000 + header.ts.tv_usec, frame};
}
