// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets.h"
#include "tcpdump.h"
#include "tcpdump/tcpdumpline.h"

/// The line of one packet: that of tcpdump, and ours.
namespace TcpdumpLines {

inline QByteArray expected(int linkType, const QByteArray &packet)
{
    return Tcpdump::output(Tcpdump::program(), Packets::pcap(linkType, {{packet}}), false).trimmed();
}

inline QByteArray textOf(const Segment &segment, const SequenceOrigin &origin = {})
{
    std::string line;
    TcpdumpLine::append(segment, origin, line);
    return QByteArray::fromStdString(line);
}

/// segment: what the packet is.
inline QByteArray actual(int linkType, const QByteArray &packet, Segment &segment)
{
    if (Decoder::decode(linkType, Packets::captured({packet}, 1700000000000000), segment) != Decoded::Segment)
        return "not a segment";
    return textOf(segment);
}

inline QByteArray actual(int linkType, const QByteArray &packet)
{
    Segment segment;
    return actual(linkType, packet, segment);
}

} // namespace TcpdumpLines
