// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtEndian>

#include <algorithm>

/// What follows a link or tunnel header.
enum class Network { None, Ip4, Ip6, Ip4Or6 };

/// A packet from one of its headers on: the captured bytes, and the length on the wire. A view that owns nothing. Call
/// has() before reading.
struct PacketBytes {
    const uchar *data = nullptr;
    quint32 captured = 0;
    quint32 length = 0; ///< on the wire, or according to an outer header

    bool has(quint32 count) const { return captured >= count; }
    quint8 u8(quint32 at) const { return data[at]; }
    quint16 u16(quint32 at) const { return qFromBigEndian<quint16>(data + at); }
    quint32 u32(quint32 at) const { return qFromBigEndian<quint32>(data + at); }
    quint16 le16(quint32 at) const { return qFromLittleEndian<quint16>(data + at); }
    quint32 le32(quint32 at) const { return qFromLittleEndian<quint32>(data + at); }

    /// Only if has(count).
    void skip(quint32 count)
    {
        Q_ASSERT(has(count));
        data += count;
        captured -= count;
        length -= std::min(length, count);
    }
    /// Drops what follows count bytes: it is padding.
    void cutAt(quint32 count) { captured = std::min(captured, count); }
};
