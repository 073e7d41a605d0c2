// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linktruth.h"

#include "base/side.h"

#include <algorithm>

using namespace Qt::StringLiterals;

QString LinkTruth::Packet::text() const
{
    return u"%1 %2-%3 flags %4 ack %5%6"_s.arg(sideWords.at(size_t(from)))
        .arg(start)
        .arg(end)
        .arg(segment.flags)
        .arg(segment.acknowledgement)
        .arg(isCorrupted ? u" corrupted"_s : QString());
}

LinkTruth::LinkTruth(const std::vector<LinkEvent> &events)
{
    for (const LinkEvent &event : events) {
        if (event.kind == LinkEvent::Kind::Departed)
            depart(event);
        else if (event.kind == LinkEvent::Kind::Copied)
            m_byId[event.id] = m_byId.value(event.copyOf);
        else if (event.kind == LinkEvent::Kind::Arrived)
            arrive(event.id);
    }
    noteSentAgain();
}

void LinkTruth::depart(const LinkEvent &event)
{
    const Segment &segment = event.packet.segment;
    Stream &stream = m_streams.at(size_t(event.packet.from));
    if (segment.has(Segment::Syn))
        stream.isn = segment.sequence;
    Packet packet{.from = event.packet.from, .segment = segment, .isCorrupted = event.isCorrupted};
    packet.start = segment.sequence - stream.isn;
    packet.end =
        packet.start + segment.length + (segment.has(Segment::Syn) ? 1 : 0) + (segment.has(Segment::Fin) ? 1 : 0);
    packet.repeats = stream.departed.hasAny(packet.start, packet.end);
    packet.wasThere = stream.arrived.hasAll(packet.start, packet.end);
    stream.departed.add(packet.start, packet.end);
    m_byId[event.id] = m_packets.size();
    m_departures.at(size_t(packet.from)).push_back(m_packets.size());
    m_packets.push_back(packet);
}

void LinkTruth::arrive(quint64 id)
{
    const size_t index = m_byId.value(id);
    Packet &packet = m_packets.at(index);
    ++packet.arrivals;
    m_arrivals.at(size_t(otherEnd(packet.from))).push_back(index);
    if (!packet.isCorrupted)
        m_streams.at(size_t(packet.from)).arrived.add(packet.start, packet.end);
}

void LinkTruth::noteSentAgain()
{
    std::array<Positions, 2> later;
    std::for_each(m_packets.rbegin(), m_packets.rend(), [&later](auto &packet) {
        Positions &positions = later.at(size_t(packet.from));
        packet.sentAgain = positions.hasAny(packet.start, packet.end);
        positions.add(packet.start, packet.end);
    });
}
