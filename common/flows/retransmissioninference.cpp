// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "retransmissioninference.h"

namespace {

constexpr int manyDuplicateAcks = 2;
constexpr qint64 fastUs = 20'000;
constexpr size_t maxKept = 256; ///< positions

template<typename Value>
void addValue(std::map<qint64, Value> &values, qint64 position, const Value &value)
{
    values.emplace(position, value);
    if (values.size() > maxKept)
        values.erase(values.begin());
}

} // namespace

quint32 RetransmissionInference::notesOf(const FlowSegment &segment, const SegmentOptions &options,
                                         const SentStream::Carried &carried, qint64 acknowledged) const
{
    using enum FlowSegment::Note;
    const quint32 notes = notesByTime(segment, carried, acknowledged);
    if (notes == 0)
        return notes;
    if (carried.repeats || (notes & SpuriousRetransmission) != 0)
        return isOvertakenByCopy(segment, options) ? OutOfOrder | UnlikeWireshark : notes;
    const auto sentAgain = wasSentAgain(segment, options);
    if (!sentAgain || *sentAgain == ((notes & Retransmission) != 0))
        return notes;
    return UnlikeWireshark | (*sentAgain ? Retransmission : OutOfOrder);
}

/// Whether a copy of it, or of a part of it, that left its sender later has filled the gap already.
bool RetransmissionInference::isOvertakenByCopy(const FlowSegment &segment, const SegmentOptions &options) const
{
    const auto &copies = m_ends[size_t(segment.sender)].copies;
    auto copy = copies.upper_bound(segment.start());
    if (copy != copies.begin())
        --copy;
    for (; options.hasTimestamp && copy != copies.end() && copy->first < segment.end(); ++copy) {
        if (copy->second.end > segment.start())
            return qint32(options.timestamp - copy->second.timestamp) < 0;
    }
    return false;
}

/// Whether a segment that fills a gap left its sender after the one that left the gap. Nothing: timestamps do not tell.
std::optional<bool> RetransmissionInference::wasSentAgain(const FlowSegment &segment,
                                                          const SegmentOptions &options) const
{
    const End &end = m_ends[size_t(segment.sender)];
    const auto gapEnd = end.gapEnds.lower_bound(segment.end());
    if (!options.hasTimestamp || gapEnd == end.gapEnds.end())
        return {};
    if (options.timestamp != gapEnd->second)
        return qint32(options.timestamp - gapEnd->second) > 0;
    // A clock that ticks at least twice in a round trip would show that it was sent again.
    const qint64 ticks = qint32(options.timestamp - *end.firstTimestamp);
    const bool isFine = ticks * m_roundTrip.us() >= 2 * (segment.timeUs - end.firstTimestampUs);
    return isFine ? std::optional(false) : std::nullopt;
}

quint32 RetransmissionInference::notesByTime(const FlowSegment &segment, const SentStream::Carried &carried,
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
    const auto isWithin = [&](qint64 us) { return segment.timeUs - end.nextUs < us && segment.end() != end.next; };
    const bool isOutOfOrder = fillsGap && isWithin(m_roundTrip.us());
    const quint32 unlike = isOutOfOrder == isWithin(m_roundTrip.wiresharkUs()) ? 0U : UnlikeWireshark;
    if (!isOutOfOrder)
        return Retransmission | unlike;
    return (carried.repeats ? Retransmission | OutOfOrder : OutOfOrder) | unlike;
}

void RetransmissionInference::append(const FlowSegment &segment, const SegmentOptions &options)
{
    End &end = m_ends[size_t(segment.sender)];
    if (options.hasTimestamp && !end.firstTimestamp) {
        end.firstTimestamp = options.timestamp;
        end.firstTimestampUs = segment.timeUs;
    }
    const bool leavesGap =
        segment.has(FlowSegment::PreviousMissing) || (end.next != SentStream::nothing && segment.start() > end.next);
    if (options.hasTimestamp && leavesGap)
        addValue(end.gapEnds, segment.start(), options.timestamp);
    if (options.hasTimestamp && segment.has(FlowSegment::Retransmission) && segment.newBytes > 0)
        addValue(end.copies, segment.start(), Copy{segment.end(), options.timestamp});
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
    m_roundTrip.append(segment, options);
}
