// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"
#include "reseteffect.h"
#include "segmentoptions.h"
#include "sentstream.h"

#include <array>

/// Tells whether the receiver of a RST accepts it (RFC 9293, section 3.10.7; RFC 5961, section 3.2). A part of a Flow,
/// which revises the answer if the ends go on.
///
///     | the receiver's state     | the RST counts if                                                               |
///     | SYN-SENT                 | it acknowledges the SYN (section 3.10.7.3)                                      |
///     | any synchronized state,  | its sequence number is RCV.NXT (section 3.10.7.4). If it is elsewhere in the    |
///     | SYN-RECEIVED, TIME-WAIT  | window, the receiver answers with a challenge ACK; outside, with nothing        |
///     | the same, on Linux       | also at the right edge of the highest SACK block                                |
///     | CLOSE-WAIT, CLOSING and  | also at RCV.NXT - 1: its sender may not count its own FIN                       |
///     | LAST-ACK, on Linux       |                                                                                 |
///
/// In TIME-WAIT it counts, too: RFC 9293 and Linux say so, unless the system follows the advice of RFC 1337
/// (net.ipv4.tcp_rfc1337).
///
/// RCV.NXT is at least what the receiver has acknowledged. If more was sent, RCV.NXT may also be the end of any segment
/// after that. If segments are missing in the capture, it may be anything in the window. A RST then counts until the
/// capture shows something else.
///
/// In SYN-SENT, TCP answers an unacceptable ACK with a RST and stays in that state (section 3.10.7.3). Such a RST
/// belongs to another connection, and does not count.
class ResetInference
{
public:
    /// What is known when a RST leaves.
    struct Situation {
        TcpState sender = TcpState::Closed;
        TcpState receiver = TcpState::Closed;
        const SentStream &sent;     ///< the stream of the RST's sender
        const SentStream &answered; ///< the stream of its receiver
    };
    enum class Verdict : quint8 {
        Foreign, ///< it belongs to another connection, or its receiver cannot have expected it
        Ignored, ///< it is in the receiver's window, but not at RCV.NXT
        Counts,
    };

    /// Takes the newest of the rows. The streams contain it already.
    void append(const FlowRows &rows, const SegmentOptions &options, const SentStream &otherStream);
    /// Judges the newest of the rows, a RST.
    Verdict judge(const FlowRows &rows, const Situation &situation) const;
    void swapEnds() { std::swap(m_ends[0], m_ends[1]); }

private:
    /// What an end has announced as a receiver.
    struct End {
        int windowScale = -1; ///< -1: unknown or none
        bool hasSyn = false;
        qint64 windowEnd = SentStream::nothing; ///< the position after the window; nothing: unknown
        qint64 sackedEnd = SentStream::nothing; ///< the right edge of the highest SACK block
    };

    std::array<End, 2> m_ends; ///< by Side
};
