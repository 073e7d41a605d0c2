// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "retransmissioninference.h"

namespace {

constexpr int manyDuplicateAcks = 2;
constexpr qint64 fastUs = 20'000;
constexpr qint64 defaultRoundTripUs = 3000;

} // namespace

quint16 RetransmissionInference::notesOf(const FlowSegment &segment, const SentStream::Carried &carried, qint64 end,
                                         qint64 acknowledged) const
{
    using enum FlowSegment::Note;
    if (!carried.repeats && !carried.fillsGap)
        return 0;
    if (segment.length > 0 && segment.offset + segment.length <= acknowledged)
        return Retransmission | SpuriousRetransmission;
    const End &other = m_ends[1 - size_t(segment.sender)];
    if (segment.start() < end && other.duplicateAcks >= manyDuplicateAcks && other.acknowledged == segment.start() &&
        segment.timeUs - other.acknowledgedUs < fastUs)
        return Retransmission | FastRetransmission;
    const bool isAtOnce = segment.timeUs - m_ends[size_t(segment.sender)].newestUs < roundTripUs() &&
                          segment.start() + segment.length != end;
    if (!isAtOnce)
        return Retransmission;
    if (!carried.repeats)
        return OutOfOrder;
    return carried.fillsGap ? Retransmission | OutOfOrder : Retransmission | RepeatedAtOnce;
}

qint64 RetransmissionInference::roundTripUs() const
{
    return m_roundTripUs > 0 ? m_roundTripUs : defaultRoundTripUs;
}

void RetransmissionInference::append(const FlowSegment &segment, bool extends)
{
    End &end = m_ends[size_t(segment.sender)];
    if (extends)
        end.newestUs = segment.timeUs;
    if (segment.has(Segment::Ack)) {
        end.duplicateAcks = segment.has(FlowSegment::DuplicateAck) ? end.duplicateAcks + 1 : 0;
        end.acknowledged = segment.acknowledged;
        end.acknowledgedUs = segment.timeUs;
    }
    if (segment.has(Segment::Syn)) {
        m_isAnswered = segment.has(Segment::Ack);
        if (!m_isAnswered)
            m_synUs = segment.timeUs;
    } else if (segment.has(Segment::Ack) && m_isAnswered && m_synUs >= 0 && m_roundTripUs == 0) {
        m_roundTripUs = segment.timeUs - m_synUs;
    }
}
