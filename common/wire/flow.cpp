// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "flow.h"

namespace {

Side otherEnd(Side side)
{
    return side == Side::Client ? Side::Server : Side::Client;
}

bool firstIsFromServer(const Segment &first, quint16 serverPort)
{
    if (first.has(Segment::Syn))
        return first.has(Segment::Ack);
    return first.source.port == serverPort && first.destination.port != serverPort;
}

bool isControl(const FlowSegment &segment)
{
    return (segment.flags & (Segment::Syn | Segment::Fin | Segment::Rst)) != 0;
}

} // namespace

Flow::Flow(const Segment &first, quint16 serverPort)
    : m_addresses{first.source, first.destination}
{
    if (firstIsFromServer(first, serverPort))
        std::swap(m_addresses[0], m_addresses[1]);
}

Side Flow::senderOf(const Segment &segment) const
{
    const bool isClient = segment.source == m_addresses[0] && segment.destination == m_addresses[1];
    return isClient ? Side::Client : Side::Server;
}

qsizetype Flow::append(const Segment &segment)
{
    if (std::exchange(m_ended, false))
        m_headings.setEnded(false);
    const auto row = qsizetype(m_rows.size());
    const Side sender = senderOf(segment);
    SentStream &stream = m_streams[size_t(sender)];
    SentStream &otherStream = m_streams[size_t(otherEnd(sender))];
    locate(segment, stream, otherStream);
    FlowSegment &added = m_rows.emplace_back();
    const bool wasInTimeWait = state(sender) == TcpState::TimeWait;
    added = {.timeUs = segment.timeUs,
             .length = segment.length,
             .sequence = segment.sequence,
             .acknowledgement = segment.acknowledgement,
             .frame = segment.frame,
             .flags = segment.flags,
             .window = segment.window,
             .sender = sender};
    added.offset = stream.position(segment.sequence + (segment.has(Segment::Syn) ? 1 : 0));
    if (segment.has(Segment::Ack))
        added.acknowledged = otherStream.position(segment.acknowledgement);
    note(stream, otherStream, wasInTimeWait);
    const bool isStrayAck = state(otherEnd(sender)) == TcpState::SynSent && added.acknowledged > otherStream.end();
    if (segment.has(Segment::Ack) && !segment.has(Segment::Rst) && !isStrayAck)
        otherStream.acknowledge(m_rows);
    const qsizetype changedFrom = m_states.append(m_rows, m_streams);
    m_headings.append(row, added);
    m_last[size_t(sender)] = row;
    if (segment.has(Segment::Rst) && m_resets[size_t(sender)] < 0)
        m_resets[size_t(sender)] = row;
    return changedFrom;
}

/// Learns where the streams begin.
void Flow::locate(const Segment &segment, SentStream &stream, SentStream &otherStream)
{
    const bool isSyn = segment.has(Segment::Syn);
    if (isSyn)
        stream.setOrigin(segment.sequence + 1);
    else
        stream.seeNumber(segment.sequence);
    if (!segment.has(Segment::Ack))
        return;
    if (isSyn)
        otherStream.setOrigin(segment.acknowledgement);
    else
        otherStream.seeNumber(segment.acknowledgement);
}

/// Notes what is remarkable about the newest row, and lets its stream take it in.
void Flow::note(SentStream &stream, const SentStream &otherStream, bool wasInTimeWait)
{
    using enum FlowSegment::Note;
    FlowSegment &added = m_rows.back();
    const FlowSegment *other = last(otherEnd(added.sender));
    const FlowSegment *before = last(added.sender);
    const bool blocked = other && other->window == 0 && !isControl(*other);
    if (added.window == 0 && added.has(Segment::Ack) && !isControl(added))
        added.notes |= ZeroWindow;
    if (added.has(Segment::Rst))
        return;
    const bool asks = !isControl(added) && added.length <= 1 && added.offset == stream.end() - 1 &&
                      stream.acknowledged() == stream.end();
    if (asks) {
        added.notes |= blocked ? ZeroWindowProbe : KeepAlive;
        return;
    }
    if (blocked && added.length == 1 && added.offset == stream.end())
        added.notes |= ZeroWindowProbe;
    const SentStream::Carried carried = stream.carry(m_rows);
    added.newBytes = carried.newBytes;
    if (carried.repeats)
        added.notes |= Retransmission;
    if (carried.fillsGap)
        added.notes |= OutOfOrder;
    if (carried.leavesGap)
        added.notes |= PreviousMissing;
    const bool saysNothingNew = before && added.length == 0 && !isControl(added) && added.offset == stream.end() &&
                                added.acknowledged == before->acknowledged && before->has(Segment::Ack);
    if (!saysNothingNew)
        return;
    if (wasInTimeWait)
        added.notes |= TimeWaitAck;
    else if (added.window != before->window)
        added.notes |= WindowUpdate;
    else if (other && (other->has(KeepAlive) || other->has(ZeroWindowProbe)))
        added.notes |= KeepAliveAck;
    else if (otherStream.end() > added.acknowledged)
        added.notes |= DuplicateAck;
}

const FlowSegment *Flow::last(Side sender) const
{
    const qsizetype row = m_last[size_t(sender)];
    return row < 0 ? nullptr : &m_rows[size_t(row)];
}

void Flow::setEnded()
{
    m_ended = true;
    m_headings.setEnded(true);
}

bool Flow::isOver() const
{
    const auto isGone = [this](Side side) {
        const TcpState now = state(side);
        return now == TcpState::Closed || now == TcpState::TimeWait || now == TcpState::Listen;
    };
    return !m_rows.empty() && isGone(Side::Client) && isGone(Side::Server);
}

bool Flow::crosses(qsizetype earlier, qsizetype later) const
{
    const FlowSegment &first = at(earlier);
    const FlowSegment &second = at(later);
    if (earlier >= later || first.sender == second.sender)
        return false;
    if (first.has(Segment::Syn) && second.has(Segment::Syn)) // simultaneous open: SYN and SYN, SYN-ACK and SYN-ACK
        return first.has(Segment::Ack) == second.has(Segment::Ack);
    const bool isNew = first.newBytes > 0 || (isControl(first) && !first.has(FlowSegment::Retransmission));
    if (!isNew || first.has(Segment::Rst) || first.has(Segment::Syn) || !second.has(Segment::Ack) ||
        second.has(Segment::Rst) || second.acknowledged >= first.end())
        return false;
    // What the second one still waited for left before or with the first one, and was neither lost nor held up by a gap.
    const SentStream &stream = m_streams[size_t(first.sender)];
    const qsizetype awaited = stream.firstRowOf(m_rows, second.acknowledged);
    return awaited >= 0 && awaited <= earlier && stream.acknowledgedBefore(m_rows, later) <= second.acknowledged &&
           !stream.isRepeated(m_rows, awaited) && !stream.isRepeated(m_rows, earlier);
}

std::vector<qsizetype> Flow::rowsOf(Side sender, qint64 from, qint64 to) const
{
    return m_streams[size_t(sender)].rowsOf(m_rows, from, to);
}

std::vector<qsizetype> Flow::finRows(Side sender) const
{
    const auto position = finPosition(sender);
    return position ? rowsOf(sender, *position, *position + 1) : std::vector<qsizetype>();
}

qsizetype Flow::firstRowOf(Side sender, qint64 position) const
{
    return m_streams[size_t(sender)].firstRowOf(m_rows, position);
}

qsizetype Flow::ackRowOf(Side sender, qint64 end) const
{
    return m_streams[size_t(sender)].ackRowOf(m_rows, end);
}

qint64 Flow::acknowledgedBefore(qsizetype row) const
{
    return m_streams[size_t(otherEnd(at(row).sender))].acknowledgedBefore(m_rows, row);
}

bool Flow::isOrigin(Side sender, quint32 number) const
{
    const SentStream &stream = m_streams[size_t(sender)];
    return stream.isOriginKnown() && stream.zero() == number;
}
