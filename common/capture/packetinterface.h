// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <utility>
#include <vector>

/// Where the packets of a capture file were captured: an interface description of pcapng, or the header of a pcap
/// file. A plain value.
struct PacketInterface {
    using Option = std::pair<quint16, QByteArray>; ///< its code and its value

    int linkType = 0;            ///< one of libpcap's LINKTYPE_ numbers
    quint32 snapLength = 0;      ///< the maximum bytes of a packet; 0: no limit
    bool hasNanoseconds = false; ///< its times are more precise than microseconds
    std::vector<Option> texts;   ///< its name, description, hardware and system, as pcapng's options
};
