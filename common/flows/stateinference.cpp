// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stateinference.h"

#include <utility>

TcpState StateInference::End::state() const
{
    if (isOver)
        return stateAfterReset;
    if (!hasSentSyn)
        return before;
    if (!hasReceivedSyn)
        return TcpState::SynSent;
    if (!hasSentFin) {
        if (!isSynAcked)
            return TcpState::SynReceived;
        return hasReceivedFin ? TcpState::CloseWait : TcpState::Established;
    }
    if (!hasReceivedFin)
        return isFinAcked ? TcpState::FinWait2 : TcpState::FinWait1;
    if (hasSentFinFirst)
        return isFinAcked ? TcpState::TimeWait : TcpState::Closing;
    return isFinAcked ? TcpState::Closed : TcpState::LastAck;
}

StateInference::Facts StateInference::factsOf(const FlowSegment &segment, const std::array<SentStream, 2> &streams)
{
    const SentStream &stream = streams[size_t(segment.sender)];
    const SentStream &otherStream = streams[1 - size_t(segment.sender)];
    const auto fin = otherStream.finPosition();
    Facts facts;
    facts.acknowledges = segment.has(Segment::Ack) && !segment.has(FlowSegment::Stray) &&
                         (!otherStream.isOriginKnown() ||
                          (segment.acknowledged >= 0 && segment.acknowledged <= otherStream.acknowledged()));
    facts.acknowledgesFin = fin && segment.acknowledged > *fin;
    facts.isDelayed = segment.acknowledged < otherStream.acknowledged();
    facts.hasGap = stream.hasGap();
    return facts;
}

qsizetype StateInference::append(FlowRows &rows, qsizetype row, const Facts &facts)
{
    FlowSegment &segment = rows[size_t(row)];
    m_changedFrom = row;
    const bool isError = segment.has(FlowSegment::Icmp);
    if (!isError && !std::exchange(m_hasBegun, true))
        begin(rows, row);
    if (segment.has(Segment::Rst) || isError) {
        reset(segment, facts.reset);
        return m_changedFrom;
    }
    End &end = m_ends[size_t(segment.sender)];
    End &other = m_ends[1 - size_t(segment.sender)];
    if (segment.has(Segment::Syn) && !segment.has(Segment::Ack) && end.isOver)
        restart(row);
    const bool isStraySyn = segment.has(Segment::Syn) && end.isSynAcked && !segment.has(Segment::Ack);
    const bool isStrayAck = !segment.has(Segment::Syn) && segment.has(Segment::Ack) && other.hasSentSyn &&
                            !other.hasReceivedSyn && !facts.acknowledges;
    const bool isStray = isStraySyn || isStrayAck || segment.has(FlowSegment::Stray);
    if (!isStray && !end.isOver) {
        leave(rows, row, end, other, facts);
        if (!facts.isLost)
            arrive(end, other, facts);
    } else {
        segment.senderState = end.state();
    }
    segment.receiverState = other.state();
    return m_changedFrom;
}

void StateInference::arrive(const End &end, End &other, const Facts &facts)
{
    other.hasReceivedSyn |= end.hasSentSyn;
    if (facts.acknowledges) {
        other.isSynAcked |= other.hasSentSyn;
        other.isFinAcked |= other.hasSentFin && facts.acknowledgesFin;
    }
    other.hasReceivedFin = end.hasSentFin && (!facts.hasGap || other.hasAckedFin);
}

void StateInference::begin(FlowRows &rows, qsizetype row)
{
    const FlowSegment &first = rows[size_t(row)];
    const auto side = size_t(first.sender);
    if (!first.has(Segment::Syn)) {
        m_before = {TcpState::Established, TcpState::Established};
        for (End &end : m_ends) {
            end.before = TcpState::Established;
            end.hasSentSyn = end.hasReceivedSyn = end.isSynAcked = true;
        }
    } else if (first.has(Segment::Ack)) {
        m_ends[side].hasReceivedSyn = true;
        End &receiver = m_ends[1 - side];
        receiver.before = m_before[1 - side] = TcpState::SynSent;
        receiver.hasSentSyn = receiver.hasSentSynFirst = true;
    }
    for (qsizetype error = 0; error < row; ++error) { // about what was not captured
        FlowSegment &before = rows[size_t(error)];
        before.senderState = m_before[size_t(before.sender)];
        before.receiverState = m_before[1 - size_t(before.sender)];
        m_changedFrom = 0;
    }
}

/// An end that was reset tries to connect again.
void StateInference::restart(qsizetype row)
{
    m_ends = {};
    m_isSimultaneousOpen = false;
    m_attemptRow = row;
}

void StateInference::reset(FlowSegment &segment, const ResetEffect &effect)
{
    End &end = m_ends[size_t(segment.sender)];
    End &other = m_ends[1 - size_t(segment.sender)];
    if (effect.closesReceiver && !other.isOver) {
        if (other.state() == TcpState::SynReceived && !other.hasSentSynFirst)
            other.stateAfterReset = TcpState::Listen;
        other.isOver = true;
    }
    end.isOver |= effect.closesSender;
    segment.senderState = end.state();
    segment.receiverState = other.state();
}

void StateInference::swapEnds()
{
    std::swap(m_ends[0], m_ends[1]);
    std::swap(m_before[0], m_before[1]);
}

void StateInference::revise(FlowRows &rows, qsizetype row, TcpState receiverState)
{
    if (row < 0 || rows[size_t(row)].receiverState == receiverState)
        return;
    rows[size_t(row)].receiverState = receiverState;
    m_changedFrom = qMin(m_changedFrom, row);
}

/// The last copy of end's FIN did not arrive: revises the receiver states of the rows that end has sent since, before
/// that row.
void StateInference::loseFin(FlowRows &rows, qsizetype before, const End &end, const End &other)
{
    for (qsizetype row = end.finRow; row < before; ++row) {
        const FlowSegment &sent = rows[size_t(row)];
        if (&m_ends[size_t(sent.sender)] != &end)
            continue;
        const bool hadSentFin = other.firstFinRow >= 0 && other.firstFinRow < row;
        if (sent.receiverState == TcpState::TimeWait)
            revise(rows, row, TcpState::FinWait2);
        else if (sent.receiverState == TcpState::Closing && hadSentFin)
            revise(rows, row, TcpState::FinWait1);
        else if (sent.receiverState == TcpState::Closing || sent.receiverState == TcpState::CloseWait)
            revise(rows, row, TcpState::Established);
    }
}

/// The end that now sends its first SYN-ACK was in LISTEN until the newest SYN arrived.
void StateInference::listenUntil(FlowRows &rows, qsizetype synRow, qsizetype row)
{
    const Side listener = rows[size_t(row)].sender;
    if (m_attemptRow == 0)
        m_before[size_t(listener)] = TcpState::Listen;
    for (qsizetype before = m_attemptRow; before < row; ++before) {
        const TcpState state = before < synRow ? TcpState::Listen : TcpState::SynReceived;
        FlowSegment &segment = rows[size_t(before)];
        if (segment.sender != listener) {
            revise(rows, before, state);
        } else if (segment.senderState != state) { // it answered something else
            segment.senderState = state;
            m_changedFrom = qMin(m_changedFrom, before);
        }
    }
}

void StateInference::leaveWithSyn(FlowRows &rows, qsizetype row, End &end, const End &other)
{
    FlowSegment &segment = rows[size_t(row)];
    const bool isFirst = !std::exchange(end.hasSentSyn, true);
    end.synRow = row;
    if (!segment.has(Segment::Ack)) {
        segment.senderState = TcpState::SynSent;
        end.hasSentSynFirst = true;
        if (isFirst && other.hasSentSyn) {
            m_isSimultaneousOpen = true;
            end.hasReceivedSyn = true;
            revise(rows, other.synRow, TcpState::SynReceived);
        }
        return;
    }
    segment.senderState = TcpState::SynReceived;
    end.hasReceivedSyn = true;
    if (!m_isSimultaneousOpen)
        end.isSynAcked = false;
    if (isFirst) {
        end.before = TcpState::Listen;
        listenUntil(rows, other.synRow, row);
    }
}

void StateInference::leave(FlowRows &rows, qsizetype row, End &end, End &other, const Facts &facts)
{
    FlowSegment &segment = rows[size_t(row)];
    if (segment.has(Segment::Syn))
        return leaveWithSyn(rows, row, end, other);
    if (facts.acknowledges) {
        for (End *each : {&end, &other}) {
            if (each->hasSentSyn)
                continue;
            // The SYN-ACK of that end was not captured.
            each->before = TcpState::Listen;
            if (m_attemptRow == 0)
                m_before[size_t(each - m_ends.data())] = TcpState::Listen;
            each->hasSentSyn = each->hasReceivedSyn = true;
            each->isSynAcked = each == &end;
        }
        if (end.hasSentSynFirst)
            end.hasReceivedSyn = end.isSynAcked = true;
        if (other.hasSentFin && facts.acknowledgesFin && !std::exchange(end.hasAckedFin, true) &&
            other.finRow == other.firstFinRow)
            end.finAckedFrom = segment.offset;
        end.hasReceivedFin |= end.hasAckedFin;
        // The FIN that it acknowledges may have carried the acknowledgement of its own.
        if (end.hasAckedFin && end.hasSentFin && other.finRow > end.firstFinRow)
            end.isFinAcked |= rows[size_t(other.finRow)].acknowledged >= rows[size_t(end.firstFinRow)].end();
    }
    const bool finCrossesIt = end.hasReceivedFin && !end.hasAckedFin && segment.has(Segment::Ack);
    if (segment.has(Segment::Fin)) {
        if (!std::exchange(end.hasSentFin, true)) {
            const bool leftBeforeAck = end.finAckedFrom >= segment.end();
            end.hasSentFinFirst = !end.hasReceivedFin || finCrossesIt || leftBeforeAck;
            end.firstFinRow = end.finRow = row;
            if (finCrossesIt)
                revise(rows, other.finRow, end.state());
        } else if (!facts.isDelayed) {
            if (!other.hasAckedFin)
                loseFin(rows, row, end, other);
            end.finRow = row;
            end.isFinAcked = false;
        }
    }
    End whenItLeft = end;
    whenItLeft.hasReceivedFin = end.hasReceivedFin && !finCrossesIt;
    segment.senderState = whenItLeft.state();
}
