// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "linktruth.h"
#include "matching/endcapture.h"
#include "weatherreport.h"

#include <QHash>

/// The packet of the link that each row of a flow shows. The flow is of a capture at the device of one end.
class EndView
{
public:
    /// Reports a capture that does not have exactly what passed the device, in the same order.
    EndView(const EndCapture &capture, const LinkTruth &truth, Side at, WeatherReport &report);

    /// Tells the truth which of the segments that arrived at this end its TCP has taken: not those with a wrong
    /// checksum, nor those with an old timestamp (PAWS; RFC 7323, section 5).
    void noteAccepted(LinkTruth &truth);
    /// The row of the first arrival of this packet that TCP has taken; -1: there is none.
    qsizetype acceptedRow(size_t packet) const { return m_acceptedRows.value(packet, -1); }

    bool isWhole() const { return m_isWhole; }
    Side at() const { return m_at; }
    const Flow &flow() const { return *m_flow; }
    size_t packetOf(qsizetype row) const { return m_packets[size_t(row)]; } ///< an index of LinkTruth

private:
    const EndCapture *m_capture;
    const Flow *m_flow;
    Side m_at;
    bool m_isWhole = true;
    std::vector<size_t> m_packets;           ///< by row
    QHash<size_t, qsizetype> m_acceptedRows; ///< by packet
};
