// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/bytequeue.h"
#include "packets/decoder.h"

#include <optional>

/// A pcap file that comes in pieces, as from a pipe: bytes in, packets out. Never looks beyond what has come. Lives
/// where its owner does.
class PacketStream
{
public:
    static constexpr quint32 longestPacket = 262144; ///< captured bytes; a longer one breaks the stream

    void append(QByteArrayView bytes);

    /// Valid until the next call of either. Nothing until more bytes come, or if the stream is broken.
    std::optional<CapturedPacket> next();

    bool hasHeader() const { return m_hasHeader; }
    bool isBroken() const { return m_isBroken; } ///< no pcap, or a packet that cannot be
    int linkType() const { return m_linkType; }  ///< LINKTYPE_…, once the header is there

private:
    static constexpr qsizetype compactAt = qsizetype(1024) * 1024;

    void readHeader();
    quint32 number(qsizetype at) const;

    ByteQueue m_bytes{compactAt, compactAt}; ///< not given out yet
    bool m_hasHeader = false;
    bool m_isBroken = false;
    bool m_isSwapped = false; ///< written on a machine of the other byte order
    bool m_hasNanoseconds = false;
    int m_linkType = 0;
    quint32 m_frames = 0;
};
