// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "flow.h"

namespace {

bool firstIsFromServer(const Segment &first, quint16 serverPort)
{
    if (first.isSound() && first.has(Segment::Syn))
        return first.has(Segment::Ack);
    const quint16 from = first.source.port;
    const quint16 to = first.destination.port;
    if (from != to && (from == serverPort || to == serverPort))
        return from == serverPort;
    return from < to;
}

bool isControl(const FlowSegment &segment)
{
    return (segment.flags & (Segment::Syn | Segment::Fin | Segment::Rst)) != 0;
}

} // namespace

Flow::Flow(const Segment &first, quint16 serverPort)
    : m_addresses{first.source, first.destination}
    , m_tunnel(first.tunnel)
{
    if (firstIsFromServer(first, serverPort))
        std::swap(m_addresses[0], m_addresses[1]);
}

Side Flow::senderOf(const Segment &segment) const
{
    const bool isClient = segment.source == m_addresses[0] && segment.destination == m_addresses[1];
    return isClient ? Side::Client : Side::Server;
}

qsizetype Flow::append(const Segment &segment, bool isLost)
{
    if (std::exchange(m_hasEnded, false))
        m_headings.setEnded(false);
    m_lastStates.reset();
    const auto row = qsizetype(m_rows.size());
    const Side sender = senderOf(segment);
    const Side receiver = otherEnd(sender);
    qsizetype changedFrom = row;
    if (segment.isSound() && !segment.has(Segment::Rst))
        changedFrom = goOn(sender, segment);
    FlowSegment &added = m_rows.emplace_back();
    added.timeUs = segment.timeUs;
    added.frame = segment.frame;
    added.sender = sender;
    added.senderState = state(sender);
    added.receiverState = state(receiver);
    if (const IcmpError *error = segment.icmp())
        return std::min(changedFrom, appendError(*error));
    if (!segment.isSound()) {
        m_headings.append(row, added, {});
        if (m_revision)
            m_revision->rows.push_back({.isSound = false});
        return changedFrom;
    }
    const SegmentOptions options = SegmentOptions::of(segment);
    SentStream &otherStream = m_streams[size_t(receiver)];
    place(segment);
    note(options, added.senderState == TcpState::TimeWait);
    if (!added.has(FlowSegment::Stray)) {
        if (!added.has(Segment::Rst))
            m_retransmissions.append(added, options);
        if (added.has(Segment::Ack) && !added.has(Segment::Rst))
            otherStream.acknowledge(m_rows);
    }
    bool isReset = false;
    StateInference::Facts facts = judge(isReset);
    facts.isLost = isLost;
    facts.reset.closesReceiver = facts.reset.closesReceiver && !isLost;
    if (isReset && facts.reset.closesReceiver)
        changedFrom = qMin(changedFrom, closedBefore(sender));
    remember(facts, isReset, false);
    changedFrom = qMin(changedFrom, take(row, facts));
    changedFrom = qMin(changedFrom, m_losses.append(m_rows, options, m_streams));
    m_resetInference.append(m_rows, options, otherStream);
    m_last[size_t(sender)] = row;
    if (added.has(Segment::Ack) && m_firstAck < 0 && !added.has(FlowSegment::Stray))
        m_firstAck = row;
    return changedFrom;
}

/// The newest row is an error. Returns the first row that changed.
qsizetype Flow::appendError(const IcmpError &error)
{
    const qsizetype row = count() - 1;
    const Side receiver = otherEnd(m_rows.back().sender);
    StateInference::Facts facts;
    facts.reset.closesReceiver = m_errors.append(m_rows, error, m_streams[size_t(receiver)], state(receiver));
    remember(facts, facts.reset.closesReceiver, true);
    return take(row, facts);
}

/// Whether the numbers of a segment cannot belong to this connection: an acknowledgement for an end in SYN-SENT that is
/// not acceptable, or the RST with which that end answers.
bool Flow::isStray(const Segment &segment, Side sender) const
{
    const SentStream &stream = m_streams[size_t(sender)];
    const SentStream &otherStream = m_streams[size_t(otherEnd(sender))];
    if (state(otherEnd(sender)) == TcpState::SynSent && segment.has(Segment::Ack)) {
        const qint64 acknowledged = otherStream.position(segment.acknowledgement);
        return acknowledged < 0 || acknowledged > otherStream.end();
    }
    return state(sender) == TcpState::SynSent && segment.has(Segment::Rst) &&
           stream.position(segment.sequence) != stream.end();
}

/// Determines the position of the newest row in the streams, and learns where the streams begin.
void Flow::place(const Segment &segment)
{
    FlowSegment &added = m_rows.back();
    SentStream &stream = m_streams[size_t(added.sender)];
    SentStream &otherStream = m_streams[size_t(otherEnd(added.sender))];
    const bool isSyn = segment.has(Segment::Syn);
    const quint32 firstByte = segment.sequence + (isSyn ? 1 : 0);
    added.length = segment.length;
    added.capturedLength = segment.capturedLength;
    added.payloadAt = segment.payloadAt;
    added.payloadFile = segment.payloadFile;
    added.sequence = segment.sequence;
    added.acknowledgement = segment.acknowledgement;
    added.flags = segment.flags;
    added.window = segment.window;
    // A refusal has no stream: its number is 0.
    const bool isRefusal = segment.has(Segment::Rst) && segment.sequence == 0 && !stream.isOriginKnown() &&
                           state(otherEnd(added.sender)) == TcpState::SynSent;
    if (isStray(segment, added.sender))
        added.notes |= FlowSegment::Stray;
    else if (isSyn)
        stream.setOrigin(firstByte);
    else if (!isRefusal)
        stream.seeNumber(firstByte);
    if (segment.has(Segment::Ack)) {
        if (!added.has(FlowSegment::Stray))
            isSyn ? otherStream.setOrigin(segment.acknowledgement) : otherStream.seeNumber(segment.acknowledgement);
        added.acknowledged = otherStream.position(segment.acknowledgement);
    }
    added.offset = isRefusal ? -1 : stream.position(firstByte);
}

/// Sets the notes of the newest row, and adds the row to its stream.
void Flow::note(const SegmentOptions &options, bool wasInTimeWait)
{
    using enum FlowSegment::Note;
    FlowSegment &added = m_rows.back();
    SentStream &stream = m_streams[size_t(added.sender)];
    const SentStream &otherStream = m_streams[size_t(otherEnd(added.sender))];
    const FlowSegment *other = last(otherEnd(added.sender));
    const FlowSegment *before = last(added.sender);
    const bool isBlocked = other && other->window == 0 && !isControl(*other);
    if (added.window == 0 && added.has(Segment::Ack) && !isControl(added))
        added.notes |= ZeroWindow;
    if (added.has(Segment::Rst) || added.has(FlowSegment::Stray))
        return;
    const bool asks = !isControl(added) && added.length <= 1 && added.offset == stream.end() - 1 &&
                      stream.acknowledged() == stream.end();
    if (asks) {
        added.notes |= isBlocked ? ZeroWindowProbe : KeepAlive;
        return;
    }
    if (isBlocked && added.length == 1 && added.offset == stream.end())
        added.notes |= ZeroWindowProbe;
    const SentStream::Carried carried = stream.carry(m_rows);
    added.newBytes = carried.newBytes;
    added.notes |= m_retransmissions.notesOf(added, options, carried, stream.acknowledged());
    if (added.has(Retransmission) && m_errors.requested(added))
        added.notes |= TooBig;
    if (carried.leavesGap)
        added.notes |= PreviousMissing;
    const bool saysNothingNew = before && added.length == 0 && !isControl(added) && added.offset == stream.end() &&
                                added.acknowledged == before->acknowledged && before->has(Segment::Ack);
    if (!saysNothingNew)
        return;
    if (wasInTimeWait && otherStream.end() <= added.acknowledged)
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
    m_hasEnded = true;
    m_headings.setEnded(true);
}

void Flow::forgetPayload()
{
    for (FlowSegment &row : m_rows)
        row.payloadAt = -1;
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
    // A simultaneous open: SYN and SYN, or SYN-ACK and SYN-ACK.
    if (first.has(Segment::Syn) && second.has(Segment::Syn))
        return first.has(Segment::Ack) == second.has(Segment::Ack);
    if (first.has(Segment::Rst) || first.has(Segment::Syn) || second.has(Segment::Rst) || !second.has(Segment::Ack) ||
        first.start() == first.end() || second.acknowledged >= first.end())
        return false;
    // What the second segment still waited for was in transit. It is neither lost nor a gap.
    const SentStream &stream = m_streams[size_t(first.sender)];
    return stream.acknowledgedBefore(m_rows, later) <= second.acknowledged &&
           stream.firstRowOf(m_rows, second.acknowledged) >= 0 &&
           !stream.isRepeated(m_rows, second.acknowledged, first.end(), earlier);
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

qint64 Flow::relativeZero(Side sender) const
{
    if (isOriginKnown(sender) || m_firstAck < 0)
        return 1;
    const FlowSegment &first = at(m_firstAck);
    return first.sender == sender ? -first.offset : 1 - first.acknowledged;
}

bool Flow::isOrigin(Side sender, quint32 number) const
{
    const SentStream &stream = m_streams[size_t(sender)];
    return stream.isOriginKnown() && stream.zero() == number;
}

void Flow::swapEnds()
{
    const auto swap = [](auto &bySide) { std::swap(bySide[0], bySide[1]); };
    swap(m_addresses);
    swap(m_streams);
    swap(m_last);
    swap(m_resets);
    for (FlowSegment &row : m_rows)
        row.sender = otherEnd(row.sender);
    if (m_lastStates)
        swap(*m_lastStates);
    m_states.swapEnds();
    m_resetInference.swapEnds();
    m_retransmissions.swapEnds();
    m_losses.swapEnds();
    m_errors.swapEnds();
    m_headings.swapEnds();
    if (m_transits)
        m_transits->swapEnds();
    if (m_revision) {
        m_revision->states.swapEnds();
        m_revision->headings.swapEnds();
        swap(m_revision->resets);
    }
}
