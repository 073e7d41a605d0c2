// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "wirelessheader.h"

#include "ethernetheader.h"
#include "radiotapfields.h"

namespace {

constexpr quint32 checkSequenceBytes = 4;

/// isPadded: the header fills whole words.
Decoded skipDataFrame(PacketBytes &bytes, bool isPadded, Network &network, Segment &segment)
{
    enum Control : quint8 { TypeBits = 0x0c, Data = 0x08, Null = 0x40, QualityOfService = 0x80 };
    enum Flag : quint8 { BothWays = 0x03, Protected = 0x40 };
    if (!bytes.has(2))
        return Decoded::Cut;
    const quint8 control = bytes.u8(0);
    const quint8 flags = bytes.u8(1);
    if ((control & TypeBits) != Data || (control & Null) != 0)
        return Decoded::NotTcp;
    if ((flags & Protected) != 0)
        return Decoded::Encrypted;
    quint32 headerBytes = (flags & BothWays) == BothWays ? 30 : 24;
    if ((control & QualityOfService) != 0) {
        if (!bytes.has(headerBytes + 2))
            return Decoded::Cut;
        if ((bytes.u8(headerBytes) & 0x80) != 0) // several frames in one
            return Decoded::Encapsulated;
        headerBytes += 2;
    }
    if (isPadded)
        headerBytes = (headerBytes + 3) & ~3U;
    if (!bytes.has(headerBytes))
        return Decoded::Cut;
    bytes.skip(headerBytes);
    return EthernetHeader::skipLlc(bytes, network, segment);
}

} // namespace

Decoded WirelessHeader::skip(PacketBytes &bytes, Network &network, Segment &segment)
{
    return skipDataFrame(bytes, false, network, segment);
}

Decoded WirelessHeader::skipRadiotap(PacketBytes &bytes, Network &network, Segment &segment)
{
    constexpr quint32 fixedBytes = 8;
    if (!bytes.has(fixedBytes))
        return Decoded::Cut;
    const quint32 headerBytes = bytes.le16(2);
    if (headerBytes < fixedBytes)
        return Decoded::Malformed;
    if (!bytes.has(headerBytes))
        return Decoded::Cut;
    const RadiotapFields fields = RadiotapFields::of(bytes.data, headerBytes);
    if (!fields.text.isEmpty())
        segment.oddity().beforeIp += fields.text;
    bytes.skip(headerBytes);
    if (fields.hasCheckSequence) {
        bytes.length -= std::min(bytes.length, checkSequenceBytes);
        bytes.cutAt(bytes.length);
    }
    return skipDataFrame(bytes, fields.isPadded, network, segment);
}
