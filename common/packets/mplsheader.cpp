// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "mplsheader.h"

namespace {

enum Label : quint32 { Ip4Null = 0, Ip6Null = 2, ImplicitNull = 3 };

Decoded guessNetwork(quint32 label, const PacketBytes &bytes, Network &network)
{
    if (label == Ip4Null || label == ImplicitNull) {
        network = Network::Ip4;
        return Decoded::Segment;
    }
    if (label == Ip6Null) {
        network = Network::Ip6;
        return Decoded::Segment;
    }
    if (!bytes.has(1))
        return Decoded::Cut;
    const quint8 first = bytes.u8(0);
    network = first >= 0x45 && first <= 0x4f ? Network::Ip4 : first >> 4 == 6 ? Network::Ip6 : Network::None;
    return network == Network::None ? Decoded::Encapsulated : Decoded::Segment;
}

} // namespace

Decoded MplsHeader::skip(PacketBytes &bytes, Network &network, Segment &segment)
{
    constexpr quint32 entryBytes = 4;
    QByteArray &text = segment.oddity().beforeIp;
    text += "MPLS";
    quint32 label = 0;
    for (bool isLast = false; !isLast;) {
        if (!bytes.has(entryBytes))
            return Decoded::Cut;
        const quint32 entry = bytes.u32(0);
        bytes.skip(entryBytes);
        isLast = (entry & 0x100) != 0;
        label = entry >> 12;
        text += " (label " + QByteArray::number(label) + ", tc " + QByteArray::number(entry >> 9 & 7) +
                (isLast ? ", [S]" : "") + ", ttl " + QByteArray::number(entry & 0xff) + ')';
    }
    text += ' ';
    return guessNetwork(label, bytes, network);
}
