// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ipheader.h"

#include "extensionheader.h"

namespace {

constexpr quint32 ip4FixedBytes = 20;
constexpr quint32 ip6Bytes = 40;

QByteArray missingText(const char *what, quint32 bytes)
{
    return QByteArray(what) + " - " + QByteArray::number(bytes) + " bytes missing!";
}

/// Any number of Authentication Headers.
Decoded skipAuthentications(quint8 &protocol, PacketBytes &bytes, Segment &segment)
{
    while (protocol == ExtensionHeader::Authentication) {
        const Decoded result = ExtensionHeader::skipAuthentication(bytes, protocol, segment.oddity().beforePorts);
        if (result != Decoded::Segment)
            return result;
    }
    return Decoded::Segment;
}

bool isExtension(quint8 protocol)
{
    return protocol == ExtensionHeader::HopByHop || protocol == ExtensionHeader::Destination ||
           protocol == ExtensionHeader::Routing || protocol == ExtensionHeader::Fragment;
}

} // namespace

Decoded IpHeader::skip4(PacketBytes &bytes, Segment &segment, quint8 &protocol)
{
    if (!bytes.has(1))
        return Decoded::Cut;
    if (bytes.u8(0) >> 4 != 4)
        return Decoded::Malformed;
    if (!bytes.has(ip4FixedBytes))
        return Decoded::Cut;
    const quint32 headerBytes = (bytes.u8(0) & 0x0f) * 4;
    const quint32 total = bytes.u16(2) != 0 ? bytes.u16(2) : bytes.length;
    if (bytes.length < ip4FixedBytes || headerBytes < ip4FixedBytes || total < headerBytes)
        return Decoded::Malformed;

    protocol = bytes.u8(9);
    segment.timeToLive = bytes.u8(8);
    if ((bytes.u16(6) & 0x1fff) != 0)
        return ExtensionHeader::fragmentOf(protocol);
    segment.source = {.version = 4}; // an outer header may be IPv6
    segment.destination = {.version = 4};
    std::copy_n(bytes.data + 12, 4, segment.source.address.begin());
    std::copy_n(bytes.data + 16, 4, segment.destination.address.begin());
    if (bytes.length < total)
        segment.oddity().beforeAddresses = missingText("truncated-ip", total - bytes.length) + ' ';
    bytes.cutAt(total);
    bytes.length = total;
    if (!bytes.has(headerBytes))
        return Decoded::Cut;
    bytes.skip(headerBytes);
    return skipAuthentications(protocol, bytes, segment);
}

Decoded IpHeader::skip6(PacketBytes &bytes, Segment &segment, quint8 &protocol)
{
    if (!bytes.has(ip6Bytes))
        return Decoded::Cut;
    if (bytes.u8(0) >> 4 != 6 || bytes.length < ip6Bytes)
        return Decoded::Malformed;
    const quint32 frameBytes = bytes.length;
    quint32 payload = bytes.u16(4);
    protocol = bytes.u8(6);
    segment.timeToLive = bytes.u8(7);
    segment.source.version = segment.destination.version = 6;
    std::copy_n(bytes.data + 8, 16, segment.source.address.begin());
    std::copy_n(bytes.data + 24, 16, segment.destination.address.begin());
    if (frameBytes < ip6Bytes + payload)
        segment.oddity().beforeAddresses = missingText("truncated-ip6", ip6Bytes + payload - frameBytes);
    // If the length is 0, the frame is the limit, unless a Jumbo Payload option follows.
    const bool mayBeJumbo = payload == 0;
    bytes.length = mayBeJumbo ? frameBytes : ip6Bytes + payload;
    bytes.cutAt(bytes.length);
    bytes.skip(ip6Bytes);

    quint32 jumbo = 0;
    const uchar *const payloadBegin = bytes.data;
    for (bool isFirst = true; isExtension(protocol); isFirst = false) {
        QByteArray &text = segment.oddity().beforePorts;
        const auto skipped = quint64(bytes.data - payloadBegin);
        Decoded result = Decoded::Malformed;
        if (protocol == ExtensionHeader::HopByHop && isFirst)
            result = ExtensionHeader::skipHopByHop(bytes, protocol, jumbo, text);
        else if (protocol == ExtensionHeader::Destination)
            result = ExtensionHeader::skipDestination(bytes, protocol, text);
        else if (protocol == ExtensionHeader::Routing)
            result = ExtensionHeader::skipRouting(bytes, protocol, text);
        else if (protocol == ExtensionHeader::Fragment)
            result = ExtensionHeader::skipFragment(bytes, protocol, payload - skipped - 8, text);
        if (result != Decoded::Segment)
            return result;
    }
    if (mayBeJumbo && jumbo > 0) {
        const auto skipped = quint32(bytes.data - payloadBegin);
        const quint32 total = ip6Bytes + jumbo;
        if (total < ip6Bytes + skipped) // or it does not fit into 32 bits
            return Decoded::Malformed;
        if (frameBytes < total)
            segment.oddity().beforePorts += missingText("truncated-ip6", total - frameBytes);
        bytes.length = jumbo - skipped;
        bytes.cutAt(bytes.length);
    }
    return skipAuthentications(protocol, bytes, segment);
}
