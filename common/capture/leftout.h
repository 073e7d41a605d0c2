// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/capturedpacket.h"

#include <QString>

#include <array>

/// Counts the packets of a capture that may carry TCP, but give no segment, and those that the capture lacks. A plain
/// value.
class LeftOut
{
public:
    /// linkType: for Decoded::UnknownLink.
    void add(Decoded kind, int linkType);
    quint32 count(Decoded kind) const { return m_counts[size_t(kind)]; } ///< of any kind
    quint32 total() const;                                               ///< without segments, and what is not TCP

    void setDropped(quint64 packets) { m_dropped = packets; } ///< while capturing, as the file says
    quint64 dropped() const { return m_dropped; }

    /// What is wrong with the end of the file, without a full stop; empty: nothing.
    void setEnd(const QString &sentence) { m_end = sentence; }
    QString end() const { return m_end; }

    /// "9 packets are left out: 7 continue a fragmented packet, 2 have damaged headers. While capturing, 3 packets were
    /// dropped. The file ends in the middle of packet 8." Empty if there is nothing to say.
    QString sentence() const;

    bool operator==(const LeftOut &) const = default;

private:
    static constexpr size_t kinds = size_t(Decoded::UnknownLink) + 1;

    std::array<quint32, kinds> m_counts{}; ///< by Decoded
    int m_unknownLink = -1;                ///< the link type of the first such packet
    quint64 m_dropped = 0;
    QString m_end;
};
