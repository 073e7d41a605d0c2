// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkedflows.h"

#include "link/linknetwork.h"

#include <algorithm>
#include <tuple>
#include <utility>

LinkedFlows::LinkedFlows(FlowTable &flows, TcpdumpPages &pages, QStringList files)
    : m_flows(flows)
    , m_pages(pages)
    , m_files(std::move(files))
{
}

bool LinkedFlows::carries(const Segment &segment)
{
    static const std::array<SocketAddress, 4> addresses{
        LinkNetwork::socketAddress(Side::Client, 4), LinkNetwork::socketAddress(Side::Server, 4),
        LinkNetwork::socketAddress(Side::Client, 6), LinkNetwork::socketAddress(Side::Server, 6)};
    const auto isThere = [](SocketAddress address) {
        address.port = 0;
        return std::ranges::find(addresses, address) != addresses.end();
    };
    return isThere(segment.source) && isThere(segment.destination) &&
           segment.source.address != segment.destination.address;
}

std::vector<LinkedFlows::Change> LinkedFlows::addSegments(Side end, const std::vector<Segment> &segments)
{
    End &at = m_ends[size_t(end)];
    for (const Segment &segment : segments) {
        const FlowTable::Place place = at.flows.append(segment);
        at.pages.append(segment, place);
        at.rowOf.resize(size_t(at.flows.count()));
        at.rowOf[size_t(place.flow)].emplace_back();
        at.waiting.push_back({segment, place});
        at.waiting.back().segment.payloadFile = quint8(firstFile + int(end));
        for (qsizetype row = place.changedFrom; row < place.row; ++row)
            takeState(end, {place.flow, row});
    }
    takeReports();
    return std::exchange(m_changes, {});
}

std::vector<LinkedFlows::Change> LinkedFlows::addReports(std::span<const LinkReport> reports)
{
    m_reports.insert(m_reports.end(), reports.begin(), reports.end());
    takeReports();
    return std::exchange(m_changes, {});
}

std::vector<LinkedFlows::Change> LinkedFlows::missReports()
{
    for (const auto &[row, packet] : m_packetAt) {
        m_flows.at(row.first).setFate(row.second, Transit::Fate::NotCaptured);
        change({row.first, row.second});
    }
    m_packetAt.clear();
    m_onTheirWay.clear();
    return std::exchange(m_changes, {});
}

/// In their order, as far as their segments have come.
void LinkedFlows::takeReports()
{
    while (!m_reports.empty() && take(m_reports.front()))
        m_reports.pop_front();
}

/// False: it waits for its segment.
bool LinkedFlows::take(const LinkReport &report)
{
    switch (report.kind) {
    case LinkEvent::Kind::Departed:
        return takeDeparture(report);
    case LinkEvent::Kind::Arrived:
        return takeArrival(report);
    case LinkEvent::Kind::Lost:
        takeLoss(report);
        break;
    case LinkEvent::Kind::Copied:
        if (const auto original = m_onTheirWay.find(report.copyOf); original != m_onTheirWay.end()) {
            Packet copy = original->second;
            copy.isCopy = true;
            m_onTheirWay.emplace(report.id, copy);
        }
        break;
    }
    return true;
}

/// False: it has not come yet. Segments that go one way are reported in their order; those that are older than the last
/// ones of both ways have no report, and are forgotten.
bool LinkedFlows::takeSegment(Side end, Way way, quint32 frame, std::optional<Seen> &seen)
{
    End &at = m_ends[size_t(end)];
    at.last[size_t(way)] = frame;
    const auto found =
        std::ranges::lower_bound(at.waiting, frame, {}, [](const Seen &one) { return one.segment.frame; });
    if (found == at.waiting.end())
        return false;
    if (found->segment.frame == frame) {
        seen = std::move(*found);
        at.waiting.erase(found);
    }
    const quint32 oldest = std::min(at.last[0], at.last[1]);
    while (!at.waiting.empty() && at.waiting.front().segment.frame < oldest)
        at.waiting.pop_front();
    return true;
}

bool LinkedFlows::takeDeparture(const LinkReport &report)
{
    std::optional<Seen> seen;
    if (!takeSegment(report.from, Way::Sent, report.frame, seen))
        return false;
    if (!seen)
        return true;
    const Row row = append(seen->segment, report.isLost || report.isCorrupted);
    const Transit::Fate fate = report.isLost   ? Transit::Fate::Lost
                               : report.isHeld ? Transit::Fate::Held
                                               : Transit::Fate::OnItsWay;
    m_flows.at(row.flow).setDeparted(join(report.from, Way::Sent, *seen, row), fate, report.isCorrupted);
    takeState(report.from, seen->place);
    if (!report.isLost) {
        m_onTheirWay.emplace(report.id, Packet{.row = row, .from = report.from});
        m_packetAt.emplace(std::pair(row.flow, row.row), report.id);
    }
    return true;
}

bool LinkedFlows::takeArrival(const LinkReport &report)
{
    const auto packet = m_onTheirWay.find(report.id);
    if (packet == m_onTheirWay.end()) // it has left before anybody listened
        return true;
    const Side to = otherEnd(packet->second.from);
    std::optional<Seen> seen;
    if (!takeSegment(to, Way::Arrived, report.frame, seen))
        return false;
    Row row = packet->second.row;
    const bool isCopy = packet->second.isCopy;
    m_onTheirWay.erase(packet);
    if (!isCopy)
        m_packetAt.erase({row.flow, row.row});
    if (!seen)
        return true;
    if (isCopy)
        row = append(seen->segment, false);
    m_flows.at(row.flow).setArrived(join(to, Way::Arrived, *seen, row), report.timeUs);
    takeState(to, seen->place);
    return true;
}

void LinkedFlows::takeLoss(const LinkReport &report)
{
    const auto packet = m_onTheirWay.find(report.id);
    if (packet == m_onTheirWay.end()) // a departure that was lost at once has said so
        return;
    const auto [row, from, isCopy] = packet->second;
    m_onTheirWay.erase(packet);
    if (isCopy)
        return;
    m_packetAt.erase({row.flow, row.row});
    m_flows.at(row.flow).setFate(row.row, Transit::Fate::Lost);
    change(row);
}

LinkedFlows::Row LinkedFlows::append(const Segment &segment, bool isLost)
{
    const FlowTable::Place place = m_flows.append(segment, isLost);
    m_pages.append(segment, place);
    change({place.flow, place.changedFrom});
    return {place.flow, place.row};
}

/// What this end has seen is the row.
Transits::Line LinkedFlows::join(Side end, Way way, const Seen &seen, Row row)
{
    End &at = m_ends[size_t(end)];
    at.rowOf[size_t(seen.place.flow)][size_t(seen.place.row)] = {row, way};
    at.flowOf.resize(size_t(m_flows.count()), -1);
    if (at.flowOf[size_t(row.flow)] < 0)
        at.flowOf[size_t(row.flow)] = seen.place.flow;
    return {.row = quint32(row.row), .captureRow = quint32(seen.place.row), .capture = quint8(end)};
}

/// The states of this end are those of its own capture, which has what it sent and what arrived in the right order.
void LinkedFlows::takeState(Side end, const FlowTable::Place &there)
{
    const Known &known = m_ends[size_t(end)].rowOf[size_t(there.flow)][size_t(there.row)];
    if (known.row.flow < 0)
        return;
    Flow &flow = m_flows.at(known.row.flow);
    const FlowSegment &segment = flowsAt(end).at(there.flow).at(there.row);
    if (known.way == Way::Sent)
        flow.setSenderState(known.row.row, segment.senderState);
    else if (!flow.transits() || !flow.transits()->rows[size_t(known.row.row)].isCorrupted)
        flow.setReceiverState(known.row.row, segment.receiverState);
    change(known.row);
}

quint64 LinkedFlows::packetAt(Row row) const
{
    const auto found = m_packetAt.find({row.flow, row.row});
    return found == m_packetAt.end() ? 0 : found->second;
}

std::vector<quint64> LinkedFlows::copiesOf(Row row) const
{
    constexpr auto kept = Segment::Syn | Segment::Fin | Segment::Rst;
    const auto contentOf = [](const FlowSegment &segment) {
        return std::tuple(segment.sender, segment.start(), segment.end(), segment.flags & kept);
    };
    const Flow &flow = m_flows.at(row.flow);
    const FlowSegment &segment = flow.at(row.row);
    std::vector<quint64> copies;
    if (segment.start() == segment.end()) // an acknowledgement
        return copies;
    for (auto it = m_packetAt.lower_bound({row.flow, 0}); it != m_packetAt.end() && it->first.first == row.flow; ++it) {
        if (it->first.second != row.row && contentOf(flow.at(it->first.second)) == contentOf(segment))
            copies.push_back(it->second);
    }
    return copies;
}

int LinkedFlows::flowAt(Side end, int flow) const
{
    const std::vector<int> &flowOf = m_ends[size_t(end)].flowOf;
    return size_t(flow) < flowOf.size() ? flowOf[size_t(flow)] : -1;
}

LinkedFlows::Row LinkedFlows::rowOf(Side end, int flowThere, qsizetype row) const
{
    return m_ends[size_t(end)].rowOf[size_t(flowThere)][size_t(row)].row;
}

qsizetype LinkedFlows::rowAt(Side end, Row row) const
{
    const int flowThere = flowAt(end, row.flow);
    const Transits *transits = m_flows.at(row.flow).transits();
    if (flowThere < 0 || !transits)
        return -1;
    const Transit &transit = transits->rows[size_t(row.row)];
    for (const quint32 index : {transit.departureLine, transit.arrivalLine}) {
        if (index == Transit::noLine || transits->lines[index].capture != quint8(end))
            continue;
        const auto found = qsizetype(transits->lines[index].captureRow);
        // Where ports are reused, this end may count the row to another connection.
        return found < flowsAt(end).at(flowThere).count() && rowOf(end, flowThere, found) == row ? found : -1;
    }
    return -1;
}
