// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stateinference.h"

namespace {

/// Whether a segment acknowledges what its receiver has sent, rather than the stream of an earlier connection.
bool acknowledges(const FlowSegment &segment, const SentStream &receiver)
{
    return segment.has(Segment::Ack) &&
           (!receiver.isOriginKnown() ||
            (segment.acknowledged >= 0 && segment.acknowledged <= receiver.acknowledged()));
}

} // namespace

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

qsizetype StateInference::append(FlowRows &rows, const std::array<SentStream, 2> &streams)
{
    const auto row = qsizetype(rows.size()) - 1;
    FlowSegment &segment = rows.back();
    m_changedFrom = row;
    if (row == 0)
        begin(segment);
    if (segment.has(Segment::Rst)) {
        reset(segment, streams);
        return m_changedFrom;
    }
    const auto side = size_t(segment.sender);
    End &end = m_ends[side];
    End &other = m_ends[1 - side];
    const SentStream &otherStream = streams[1 - side];
    if (segment.has(Segment::Syn) && !segment.has(Segment::Ack) && end.isOver) {
        m_ends = {}; // a new attempt to connect
        m_isSimultaneousOpen = false;
    }
    const bool isStraySyn = segment.has(Segment::Syn) && end.isSynAcked && !segment.has(Segment::Ack);
    const bool isStrayAck = !segment.has(Segment::Syn) && segment.has(Segment::Ack) && other.hasSentSyn &&
                            !other.hasReceivedSyn && !acknowledges(segment, otherStream);
    if (!isStraySyn && !isStrayAck && !end.isOver) {
        leave(rows, end, other, otherStream);
        // The segment arrives.
        other.hasReceivedSyn |= end.hasSentSyn;
        if (acknowledges(segment, otherStream)) {
            other.isSynAcked |= other.hasSentSyn;
            other.isFinAcked |= other.hasSentFin && segment.acknowledged > otherStream.finPosition();
        }
        other.hasReceivedFin = end.hasSentFin && (!streams[side].hasGap() || other.hasAckedFin);
    } else {
        segment.senderState = end.state();
    }
    segment.receiverState = other.state();
    return m_changedFrom;
}

void StateInference::begin(const FlowSegment &first)
{
    End &sender = m_ends[size_t(first.sender)];
    End &receiver = m_ends[1 - size_t(first.sender)];
    if (!first.has(Segment::Syn)) {
        for (End &end : m_ends) {
            end.before = TcpState::Established;
            end.hasSentSyn = end.hasReceivedSyn = end.isSynAcked = true;
        }
    } else if (first.has(Segment::Ack)) {
        sender.hasReceivedSyn = true;
        receiver.before = TcpState::SynSent;
        receiver.hasSentSyn = receiver.hasSentSynFirst = true;
    }
}

void StateInference::reset(FlowSegment &segment, const std::array<SentStream, 2> &streams)
{
    const auto side = size_t(segment.sender);
    End &end = m_ends[side];
    End &other = m_ends[1 - side];
    const qint64 expected = streams[side].acknowledged();
    const bool isTaken = other.state() == TcpState::SynSent ? segment.has(Segment::Ack) && segment.acknowledged >= 0 &&
                                                                  segment.acknowledged <= streams[1 - side].end()
                                                            : segment.offset >= expected;
    if (isTaken) {
        const bool listensAgain = other.state() == TcpState::SynReceived && !other.hasSentSynFirst;
        end.isOver = true;
        other.isOver = true;
        if (listensAgain)
            other.stateAfterReset = TcpState::Listen;
    }
    segment.senderState = end.state();
    segment.receiverState = other.state();
}

void StateInference::revise(FlowRows &rows, qsizetype row, TcpState receiverState)
{
    if (row < 0 || rows[size_t(row)].receiverState == receiverState)
        return;
    rows[size_t(row)].receiverState = receiverState;
    m_changedFrom = qMin(m_changedFrom, row);
}

/// The last copy of end's FIN did not arrive: revises the receiver states of the rows that end has sent since.
void StateInference::loseFin(FlowRows &rows, const End &end, const End &other)
{
    for (qsizetype row = end.finRow; row < qsizetype(rows.size()) - 1; ++row) {
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

void StateInference::leaveWithSyn(FlowRows &rows, End &end, const End &other)
{
    FlowSegment &segment = rows.back();
    const bool isFirst = !std::exchange(end.hasSentSyn, true);
    end.synRow = qsizetype(rows.size()) - 1;
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
        for (qsizetype row = 0; row < end.synRow; ++row) {
            if (rows[size_t(row)].sender != segment.sender)
                revise(rows, row, TcpState::Listen);
        }
        revise(rows, other.synRow, TcpState::SynReceived);
    }
}

void StateInference::leave(FlowRows &rows, End &end, End &other, const SentStream &otherStream)
{
    FlowSegment &segment = rows.back();
    if (segment.has(Segment::Syn))
        return leaveWithSyn(rows, end, other);
    if (acknowledges(segment, otherStream)) {
        for (End *each : {&end, &other}) {
            if (each->hasSentSyn)
                continue;
            // The SYN-ACK of that end was not captured.
            each->before = TcpState::Listen;
            each->hasSentSyn = each->hasReceivedSyn = true;
            each->isSynAcked = each == &end;
        }
        if (end.hasSentSynFirst)
            end.hasReceivedSyn = end.isSynAcked = true;
        end.hasAckedFin |= other.hasSentFin && segment.acknowledged > otherStream.finPosition();
        end.hasReceivedFin |= end.hasAckedFin;
    }
    const bool finCrossesIt = end.hasReceivedFin && !end.hasAckedFin && segment.has(Segment::Ack);
    if (segment.has(Segment::Fin)) {
        const auto row = qsizetype(rows.size()) - 1;
        if (!std::exchange(end.hasSentFin, true)) {
            end.hasSentFinFirst = !end.hasReceivedFin || finCrossesIt;
            end.firstFinRow = end.finRow = row;
            if (finCrossesIt)
                revise(rows, other.finRow, end.state());
        } else if (segment.acknowledged >= otherStream.acknowledged()) { // not a delayed copy
            if (!other.hasAckedFin)
                loseFin(rows, end, other);
            end.finRow = row;
            end.isFinAcked = false;
        }
    }
    End whenItLeft = end;
    whenItLeft.hasReceivedFin = end.hasReceivedFin && !finCrossesIt;
    segment.senderState = whenItLeft.state();
}
