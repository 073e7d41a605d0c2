// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/decoder.h"

#include <pcap/pcap.h>

/// Raw IP in files. libpcap's DLT_RAW is another number and differs between systems.
constexpr quint16 linkTypeRaw = 101;

/// A packet of libpcap, from a file or live, for the decoder. frame: from 1. The view is valid until the next packet
/// is read.
inline CapturedPacket capturedPacket(const pcap_pkthdr &header, const uchar *data, quint32 frame)
{
    constexpr qint64 maxSeconds = CapturedPacket::maxSeconds;
    const qint64 seconds = qBound(-maxSeconds, qint64(header.ts.tv_sec), maxSeconds);
    return {data, header.caplen, header.len, seconds * 1'000'000 + header.ts.tv_usec, frame};
}
