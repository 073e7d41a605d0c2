// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "retransmissioninference.h"

namespace {

constexpr int manyDuplicateAcks = 2;
constexpr qint64 fastUs = 20'000;
constexpr qint64 defaultRoundTripUs = 3000;

} // namespace

quint32 RetransmissionInference::notesOf(const FlowSegment &segment, const SentStream::Carried &carried,
                                         qint64 acknowledged) const
{
    using enum FlowSegment::Note;
    const End &end = m_ends[size_t(segment.sender)];
    const End &other = m_ends[1 - size_t(segment.sender)];
    const bool fillsGap = carried.fillsGap || (!carried.repeats && segment.length > 0 && segment.offset < end.next);
    if (!carried.repeats && !fillsGap)
        return 0;
    const qint64 payloadEnd = segment.offset + segment.length;
    if (segment.length > 0 && payloadEnd <= acknowledged)
        return Retransmission | SpuriousRetransmission | (payloadEnd <= other.acknowledged ? 0U : UnlikeWireshark);
    if (other.duplicateAcks >= manyDuplicateAcks && other.acknowledged == segment.start() &&
        segment.timeUs - other.acknowledgedUs < fastUs)
        return Retransmission | FastRetransmission;
    // Wireshark takes the repeated last byte for a keep-alive, but it was not acknowledged.
    if (segment.length == 1 && segment.end() == end.next && !segment.has(Segment::Fin) && !segment.has(Segment::Syn))
        return Retransmission | UnlikeWireshark;
    const bool isAtOnce = segment.timeUs - end.nextUs < roundTripUs() && segment.end() != end.next;
    if (!isAtOnce)
        return Retransmission;
    if (!carried.repeats)
        return OutOfOrder;
    return fillsGap ? Retransmission | OutOfOrder : Retransmission | UnlikeWireshark;
}

qint64 RetransmissionInference::roundTripUs() const
{
    return m_roundTripUs > 0 ? m_roundTripUs : defaultRoundTripUs;
}

void RetransmissionInference::append(const FlowSegment &segment)
{
    End &end = m_ends[size_t(segment.sender)];
    const bool saysNothingNew = segment.length == 0 && !segment.has(Segment::Syn) && !segment.has(Segment::Fin) &&
                                segment.offset == end.next && segment.window == end.window;
    if (segment.end() > end.next) {
        end.next = segment.end();
        end.nextUs = segment.timeUs;
    }
    if (segment.has(Segment::Ack)) {
        if (segment.acknowledged != end.acknowledged)
            end.duplicateAcks = 0;
        else if (saysNothingNew)
            ++end.duplicateAcks;
        end.window = segment.window;
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
