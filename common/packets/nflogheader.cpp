// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "nflogheader.h"

namespace {

constexpr quint32 attributeBytes = 4;

/// Skips attributes up to the packet itself, whose length is then that of bytes.
Decoded skipAttributes(PacketBytes &bytes, bool isLittle)
{
    constexpr quint16 payload = 9;
    for (;;) {
        if (!bytes.has(attributeBytes))
            return Decoded::Cut;
        const quint32 size = isLittle ? bytes.le16(0) : bytes.u16(0);
        const quint16 type = isLittle ? bytes.le16(2) : bytes.u16(2);
        if (size < attributeBytes)
            return Decoded::Malformed;
        if (type == payload) {
            bytes.skip(attributeBytes);
            return Decoded::Segment;
        }
        const quint32 padded = (size + 3) & ~3U;
        if (!bytes.has(padded))
            return Decoded::Cut;
        bytes.skip(padded);
    }
}

} // namespace

Decoded NflogHeader::skip(PacketBytes &bytes, Network &network)
{
    constexpr quint32 headerBytes = 4;
    if (!bytes.has(headerBytes + attributeBytes))
        return Decoded::Cut;
    const quint8 family = bytes.u8(0);
    if (bytes.u8(1) != 0)
        return Decoded::NotTcp;
    bytes.skip(headerBytes);
    // The types are small numbers.
    network = family == 2 ? Network::Ip4 : family == 10 ? Network::Ip6 : Network::None;
    return network == Network::None ? Decoded::NotTcp : skipAttributes(bytes, bytes.u8(3) == 0 && bytes.u8(2) != 0);
}
