// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flow.h"

#include <deque>
#include <map>
#include <vector>

/// The segments of a capture, divided into flows. Flows stand in the order of their first segment and are never removed
/// or moved. Owned by what shows a capture; any one thread.
///
/// A segment belongs to the newest flow between its two addresses and ports, whichever way it goes, unless it opens
/// another connection between them. Only SYN and SYN-ACK can do that:
/// - With the same number as before it is a retransmission, even after a reset.
/// - A SYN with another number opens another flow if the one before is over, closing (a FIN was seen) or not open yet.
///   In an open connection it is a stray that TCP answers with an ACK (RFC 9293, section 3.10.7.4), and stays in the
///   flow.
/// - A first SYN of the other end, while the flow opens, is a simultaneous open. In a flow that began without SYN a SYN
///   counts as one with another number.
/// - A SYN-ACK with another number, or one where no SYN of this flow waits for it, opens another flow: the end of the
///   connection before was not captured.
class FlowTable
{
public:
    /// Where a segment went.
    struct Place {
        int flow = 0;
        qsizetype row = 0;
        qsizetype changedFrom = 0; ///< the first row of the flow that changed: row, or one before it
    };

    /// The end with this port is the server where no SYN tells (0: no hint).
    explicit FlowTable(quint16 serverPort = 0);

    Place append(const Segment &segment);
    void add(Flow flow); ///< a copy of one, from another table
    void setEnded();     ///< the capture is over: Flow::setEnded() of all
    void setEnded(int flow) { m_flows[size_t(flow)].setEnded(); }

    int count() const { return int(m_flows.size()); }
    const Flow &at(int flow) const { return m_flows[size_t(flow)]; } ///< 0 ≤ flow < count()

    /// The flows between two endpoints, in either order, ascending.
    const std::vector<int> &find(const SocketAddress &one, const SocketAddress &other) const;
    /// As Step names them ("127.0.0.1:8700"); empty where a text is no such endpoint.
    const std::vector<int> &find(QStringView one, QStringView other) const;

private:
    using Pair = std::pair<SocketAddress, SocketAddress>; ///< the lesser one first

    quint16 m_serverPort = 0;
    std::deque<Flow> m_flows;
    std::map<Pair, std::vector<int>> m_byAddresses;
};
