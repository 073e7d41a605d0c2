// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"
#include "handshakeroundtrip.h"
#include "segmentoptions.h"
#include "sentstream.h"

#include <array>
#include <map>
#include <optional>

/// Tells why a segment does not continue its stream, by duplicate ACKs and time: the Retransmission notes and
/// FlowSegment::OutOfOrder. A part of a Flow. In this order, which is that of Wireshark's TCP analysis:
///
/// - Spurious retransmission: the other end has acknowledged the whole payload already.
/// - Fast retransmission: the other end has sent two or more duplicate ACKs of the number at which the segment begins,
///   and has acknowledged that number in the last 20 ms (RFC 5681, section 3.2, waits for three; a capture may lack
///   one).
/// - Out of order: it fills a gap, does not end at the end of the stream, and comes within a round trip after the
///   newest number.
/// - Retransmission: any other. If it fills a gap, its first copy was not captured.
///
/// Timestamps (RFC 7323) decide whether what fills a gap was sent before or after the segment that left the gap: in the
/// first case it was overtaken, in the second one sent again, however late it comes. A segment that its own copy has
/// overtaken is out of order, too. A copy that the network has made has the same timestamp, and is a retransmission
/// here: only a capture at the other end tells.
///
/// Wireshark does not know which bytes were captured before, so it also calls a copy that comes within a round trip
/// out of order. It compares with the last acknowledgement in the capture, which may be an older one. It does not use
/// timestamps. And it measures the round trip in another way (HandshakeRoundTrip). Where that leads to another verdict,
/// the note is FlowSegment::UnlikeWireshark.
class RetransmissionInference
{
public:
    /// Returns the notes of a segment, before append(). acknowledged: of its stream, by the other end.
    quint32 notesOf(const FlowSegment &segment, const SegmentOptions &options, const SentStream::Carried &carried,
                    qint64 acknowledged) const;
    /// Takes a segment with all its notes.
    void append(const FlowSegment &segment, const SegmentOptions &options);
    qint64 roundTripUs() const { return m_roundTrip.us(); }
    void swapEnds() { std::swap(m_ends[0], m_ends[1]); }

private:
    /// A segment that filled a gap and had been sent again.
    struct Copy {
        qint64 end = 0;
        quint32 timestamp = 0;
    };
    struct End {
        qint64 next = SentStream::nothing;         ///< the furthest number, even of a segment that carries nothing
        qint64 nextUs = 0;                         ///< when that was captured
        quint16 window = 0;                        ///< of its last segment with ACK
        int duplicateAcks = 0;                     ///< of the number that it acknowledged last
        qint64 acknowledged = SentStream::nothing; ///< by its last segment with ACK
        qint64 acknowledgedUs = 0;
        std::map<qint64, quint32> gapEnds; ///< timestamps of segments that left a gap, by their positions
        std::map<qint64, Copy> copies;     ///< by their positions
        std::optional<quint32> firstTimestamp;
        qint64 firstTimestampUs = 0; ///< when that was captured
    };

    quint32 notesByTime(const FlowSegment &segment, const SentStream::Carried &carried, qint64 acknowledged) const;
    bool isOvertakenByCopy(const FlowSegment &segment, const SegmentOptions &options) const;
    std::optional<bool> wasSentAgain(const FlowSegment &segment, const SegmentOptions &options) const;

    std::array<End, 2> m_ends; ///< by Side
    HandshakeRoundTrip m_roundTrip;
};
