// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtEndian>

#include <algorithm>

/// A packet from one of its headers on: the bytes that were captured, and how many there were. A view that owns
/// nothing; whoever reads asks has() first.
struct PacketBytes {
    const uchar *data = nullptr;
    quint32 captured = 0;
    quint32 length = 0; ///< on the wire, or as an outer header tells it

    bool has(quint32 count) const { return captured >= count; }
    quint8 u8(quint32 at) const { return data[at]; }
    quint16 u16(quint32 at) const { return qFromBigEndian<quint16>(data + at); }
    quint32 u32(quint32 at) const { return qFromBigEndian<quint32>(data + at); }

    /// has(count) must be true.
    void skip(quint32 count)
    {
        data += count;
        captured -= count;
        length -= std::min(length, count);
    }
    /// What comes after count bytes is padding.
    void cutAt(quint32 count) { captured = std::min(captured, count); }
};
