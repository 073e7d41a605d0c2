// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/bytequeue.h"
#include "packets/decoder.h"

#include <optional>

/// Parses a pcap file that arrives in pieces, for example from a pipe: bytes in, packets out. A plain value, on its
/// owner's thread.
class PacketStream
{
public:
    static constexpr quint32 maxPacketBytes = 262144; ///< captured; a longer packet breaks the stream

    void append(QByteArrayView bytes);

    /// Valid until the next call of next() or append(). Nothing if more bytes are needed, or if the stream is broken.
    std::optional<CapturedPacket> next();

    bool hasHeader() const { return m_hasHeader; }
    bool isBroken() const { return m_isBroken; } ///< not pcap, or an impossible packet
    int linkType() const { return m_linkType; }  ///< LINKTYPE_…, once the header is there

private:
    static constexpr qsizetype compactAt = qsizetype(1024) * 1024;

    void readHeader();
    quint32 number(qsizetype at) const;

    ByteQueue m_bytes{compactAt, compactAt}; ///< not given out yet
    bool m_hasHeader = false;
    bool m_isBroken = false;
    bool m_isSwapped = false; ///< written in the other byte order
    bool m_hasNanoseconds = false;
    int m_linkType = 0;
    quint32 m_frames = 0;
};
