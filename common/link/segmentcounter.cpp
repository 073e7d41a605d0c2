// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "segmentcounter.h"

#include <algorithm>

bool SegmentCounter::Counted::has(SegmentKind kind) const
{
    return std::any_of(names.begin(), names.end(), [kind](const SegmentName &name) { return name.kind == kind; });
}

qint64 SegmentCounter::Sent::position(quint32 sequence) const
{
    return end + qint32(sequence - (origin + quint32(end)));
}

SegmentCounter::Counted SegmentCounter::count(Side from, const Segment &segment)
{
    Counted counted;
    if (segment.icmp() || !segment.isSound())
        return counted;
    Connection &connection = connectionOf(from, segment);
    counted.connection = connection.number;
    Sent &sent = connection.sent.at(size_t(from));
    const auto add = [&](SegmentKind kind) { counted.names.append({kind, 1, ++sent.copies.at(size_t(kind))}); };
    if (!sent.hasOrigin) {
        sent.hasOrigin = true;
        sent.origin = segment.sequence;
    }
    if (segment.has(Segment::Syn))
        add(segment.has(Segment::Ack) ? SegmentKind::SynAck : SegmentKind::Syn);
    if (segment.length > 0)
        countData(sent, segment, counted);
    if (segment.has(Segment::Fin))
        add(SegmentKind::Fin);
    if (segment.has(Segment::Rst))
        add(SegmentKind::Rst);
    if (segment.length == 0 && counted.names.isEmpty())
        counted.names.append({SegmentKind::Ack, ++sent.copies.at(size_t(SegmentKind::Ack)), 1});
    return counted;
}

/// A SYN with a new number begins a new connection.
SegmentCounter::Connection &SegmentCounter::connectionOf(Side from, const Segment &segment)
{
    const Key key =
        from == Side::Client ? Key(segment.source, segment.destination) : Key(segment.destination, segment.source);
    const auto found = m_connections.find(key);
    if (found != m_connections.end()) {
        const Sent &sent = found->sent.at(size_t(from));
        if (!segment.has(Segment::Syn) || !sent.hasOrigin || sent.origin == segment.sequence)
            return *found;
        *found = Connection{++m_count, {}};
        return *found;
    }
    if (m_order.size() == maxConnections) {
        m_connections.remove(m_order.front());
        m_order.pop_front();
    }
    m_order.push_back(key);
    return *m_connections.insert(key, Connection{++m_count, {}});
}

void SegmentCounter::countData(Sent &sent, const Segment &segment, Counted &counted)
{
    const qint64 begin = sent.position(segment.sequence) + (segment.has(Segment::Syn) ? 1 : 0);
    const qint64 end = begin + segment.length;
    auto start = std::partition_point(sent.starts.begin(), sent.starts.end(),
                                      [begin](const Start &before) { return before.position < begin; });
    for (; start != sent.starts.end() && start->position < end; ++start) {
        const auto number = quint32(start - sent.starts.begin()) + sent.forgotten + 1;
        counted.names.append({SegmentKind::Data, number, ++start->copies});
    }
    if (end <= sent.end)
        return;
    sent.starts.push_back({std::max(begin, sent.end), 1});
    sent.end = end;
    if (sent.starts.size() > maxStarts) {
        sent.starts.pop_front();
        ++sent.forgotten;
    }
    counted.names.append({SegmentKind::Data, quint32(sent.starts.size()) + sent.forgotten, 1});
}
