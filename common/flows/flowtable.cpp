// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "flowtable.h"

namespace {

const std::vector<int> &none()
{
    static const std::vector<int> flows;
    return flows;
}

/// Whether the flow is neither opening, closing nor over.
bool isOpen(const Flow &flow)
{
    const auto isEstablished = [&flow](Side side) { return flow.state(side) == TcpState::Established; };
    return isEstablished(Side::Client) && isEstablished(Side::Server);
}

/// Whether the segment belongs to a connection other than the newest flow between its addresses.
bool opensAnother(const Flow &flow, const Segment &segment)
{
    if (!segment.isSound() || !segment.has(Segment::Syn))
        return false;
    const Side sender = flow.senderOf(segment);
    const Side receiver = otherEnd(sender);
    const bool isAnswer = segment.has(Segment::Ack);
    if (flow.isOrigin(sender, segment.sequence + 1)) {
        // After a connection that was open, or that this end took back itself, another SYN-ACK will answer.
        const bool isAnotherAttempt = flow.acknowledged(receiver) != SentStream::nothing || flow.rstRow(sender) >= 0;
        return !isAnswer && flow.isReset(sender) && flow.isOriginKnown(receiver) && isAnotherAttempt;
    }
    if (isAnswer && !flow.isOriginKnown(sender) && flow.isOrigin(receiver, segment.acknowledgement))
        return false; // even if the SYN was refused before
    const bool waitsForSyn =
        flow.state(receiver) == TcpState::SynSent && !flow.isOriginKnown(sender) && flow.rstRow(sender) < 0;
    return !waitsForSyn && (isAnswer || !isOpen(flow));
}

} // namespace

FlowTable::FlowTable(quint16 serverPort)
    : m_serverPort(serverPort)
{
}

FlowTable::Place FlowTable::append(const Segment &segment, bool isLost)
{
    if (!segment.isSound() && !segment.icmp()) {
        Segment addressed;
        addressed.timeUs = segment.timeUs;
        addressed.frame = segment.frame;
        addressed.source = segment.source;
        addressed.destination = segment.destination;
        addressed.tunnel = segment.tunnel;
        return append(addressed, isLost);
    }
    std::vector<int> &flows = m_byAddresses[{segment.tunnel, AddressPair::of(segment.source, segment.destination)}];
    if (flows.empty() || opensAnother(at(flows.back()), segment)) {
        flows.push_back(count());
        m_flows.emplace_back(segment, m_serverPort);
    }
    Flow &flow = m_flows[size_t(flows.back())];
    const qsizetype row = flow.count();
    const qsizetype changedFrom = flow.append(segment, isLost);
    return {flows.back(), row, changedFrom};
}

void FlowTable::add(Flow flow)
{
    const auto ends = AddressPair::of(flow.address(Side::Client), flow.address(Side::Server));
    m_byAddresses[{flow.tunnel(), ends}].push_back(count());
    m_flows.push_back(std::move(flow));
}

void FlowTable::forgetPayload()
{
    for (Flow &flow : m_flows) {
        if (!flow.transits())
            flow.forgetPayload();
    }
}

void FlowTable::swapEnds(int flow)
{
    m_flows[size_t(flow)].swapEnds();
}

void FlowTable::setEnded()
{
    for (Flow &flow : m_flows)
        flow.setEnded();
}

const std::vector<int> &FlowTable::find(const SocketAddress &one, const SocketAddress &other) const
{
    const auto found = m_byAddresses.constFind({0, AddressPair::of(one, other)});
    return found == m_byAddresses.cend() ? none() : *found;
}

const std::vector<int> &FlowTable::find(QStringView one, QStringView other) const
{
    const auto first = SocketAddress::fromText(one);
    const auto second = SocketAddress::fromText(other);
    return first && second ? find(*first, *second) : none();
}
