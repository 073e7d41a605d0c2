// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"
#include "sentstream.h"

#include <array>

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
/// Wireshark does not know which bytes were captured before, so it also calls a copy that comes within a round trip
/// out of order. And it compares with the last acknowledgement in the capture, which may be an older one. Where that
/// leads to another verdict, the note is FlowSegment::UnlikeWireshark.
class RetransmissionInference
{
public:
    /// Returns the notes of a segment, before append(). acknowledged: of its stream, by the other end.
    quint32 notesOf(const FlowSegment &segment, const SentStream::Carried &carried, qint64 acknowledged) const;
    /// Takes a segment with all its notes.
    void append(const FlowSegment &segment);
    /// From the SYN to the ACK of the SYN-ACK; 3 ms if the handshake does not show it.
    qint64 roundTripUs() const;
    void swapEnds() { std::swap(m_ends[0], m_ends[1]); }

private:
    struct End {
        qint64 next = SentStream::nothing;         ///< the furthest number, even of a segment that carries nothing
        qint64 nextUs = 0;                         ///< when that was captured
        quint16 window = 0;                        ///< of its last segment with ACK
        int duplicateAcks = 0;                     ///< of the number that it acknowledged last
        qint64 acknowledged = SentStream::nothing; ///< by its last segment with ACK
        qint64 acknowledgedUs = 0;
    };

    std::array<End, 2> m_ends; ///< by Side
    qint64 m_synUs = -1;       ///< of the newest SYN
    bool m_isAnswered = false; ///< with SYN-ACK
    qint64 m_roundTripUs = 0;  ///< 0: unknown
};
