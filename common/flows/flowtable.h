// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flow.h"
#include "packets/addresspair.h"

#include <QHash>

#include <deque>
#include <vector>

/// Divides the segments of a capture into flows. Flows are in the order of their first segment, and are never removed
/// or moved. Owned by the class that shows a capture; any one thread.
///
/// A segment, in either direction, belongs to the newest flow between its two addresses and ports in its tunnel, unless
/// it opens another connection between them. Only SYN and SYN-ACK can do that:
/// - With the same number as before, it is a retransmission, even after a reset: the flow begins anew. It opens another
///   flow only after a SYN-ACK that its sender acknowledged or reset, as the next SYN-ACK will have another number.
/// - A SYN with another number opens another flow if the previous one is over, closing (a FIN was seen) or not open
///   yet. In an open connection it is a stray segment, which TCP answers with an ACK (RFC 9293, section 3.10.7.4),
///   and it stays in the flow.
/// - A first SYN of the other end, while the flow opens, is a simultaneous open. In a flow that began without a SYN,
///   a SYN counts as one with another number.
/// - A SYN-ACK with another number, or one that answers no pending SYN of this flow, opens another flow: the end of
///   the previous connection was not captured.
class FlowTable
{
public:
    /// The place of a segment.
    struct Place {
        int flow = 0;
        qsizetype row = 0;
        qsizetype changedFrom = 0; ///< the first row of the flow that changed: row, or an earlier one
    };

    /// Creates a table in which the end with this port is the server if no SYN shows it (0: no hint;
    /// see Flow).
    explicit FlowTable(quint16 serverPort = 0);

    Place append(const Segment &segment, bool isLost = false); ///< isLost: as Flow::append()
    void add(Flow flow);                                       ///< adds a copy of a flow from another table
    void swapEnds(int flow);                                   ///< calls Flow::swapEnds()
    void forgetPayload(); ///< the capture file is gone that had all segments without Transits
    void setEnded();      ///< the capture has ended: calls Flow::setEnded() on all flows
    void setEnded(int flow) { m_flows[size_t(flow)].setEnded(); }

    int count() const { return int(m_flows.size()); }
    const Flow &at(int flow) const { return m_flows[size_t(flow)]; } ///< 0 ≤ flow < count()
    Flow &at(int flow) { return m_flows[size_t(flow)]; }             ///< for what a link reports

    /// Returns the flows between two endpoints, given in either order, ascending. Without those inside a tunnel.
    const std::vector<int> &find(const SocketAddress &one, const SocketAddress &other) const;
    /// The same for endpoints as they appear in Step ("127.0.0.1:8700"). Empty if a text is not such an endpoint.
    const std::vector<int> &find(QStringView one, QStringView other) const;

private:
    using Key = std::pair<quint32, AddressPair>; ///< the tunnel, and the addresses in it

    quint16 m_serverPort = 0;
    std::deque<Flow> m_flows;
    QHash<Key, std::vector<int>> m_byAddresses;
};
