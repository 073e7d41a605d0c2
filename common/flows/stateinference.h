// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"
#include "reseteffect.h"
#include "sentstream.h"

#include <array>

/// Infers the states of both ends of a flow from its segments (RFC 9293, sections 3.3.2, 3.5, 3.6 and 3.10.7). A part
/// of a Flow; writes senderState and receiverState of its rows.
///
/// A segment changes its sender's state when it leaves, and its receiver's state when it arrives, which is assumed to
/// be right after its capture. If the other end's next segment does not acknowledge a FIN, the FIN had not arrived
/// when that segment left; if that segment is a FIN too, the close is simultaneous. It is simultaneous, too, if the
/// acknowledgement of a FIN has a number behind the FIN of its own sender, which is captured only later. A SYN that an
/// end never answers does not change the state of that end. A SYN or FIN that was sent again before it was
/// acknowledged was lost. An end that sends SYN-ACK or FIN again has not received the acknowledgement. A RST does what
/// its ResetEffect says. If an end that was reset sends a SYN again, it tries anew, and the states begin anew.
class StateInference
{
public:
    /// What the streams show about a row when it is captured.
    struct Facts {
        bool acknowledges = false;    ///< something that the other end has sent on this connection
        bool acknowledgesFin = false; ///< the other end's FIN
        bool isDelayed = false;       ///< it acknowledges less than an earlier row
        bool hasGap = false;          ///< something before it was not captured
        bool isLost = false;          ///< a capture at the other end shows that it did not arrive
        ResetEffect reset;            ///< of a RST
    };

    static Facts factsOf(const FlowSegment &segment, const std::array<SentStream, 2> &streams);
    /// Takes a row: the newest one, or after a return to an earlier state, the rows since then once more. Returns the
    /// first row that changed.
    qsizetype append(FlowRows &rows, qsizetype row, const Facts &facts);
    void swapEnds();

    TcpState before(Side side) const { return m_before[size_t(side)]; }
    TcpState now(Side side) const { return m_ends[size_t(side)].state(); }
    bool isReset(Side side) const { return m_ends[size_t(side)].isOver; }

private:
    /// What has left an end, and what has arrived there.
    struct End {
        TcpState before = TcpState::Closed;
        bool hasSentSyn = false;
        bool hasSentSynFirst = false; ///< without having received a SYN: it opened actively
        bool hasReceivedSyn = false;
        bool isSynAcked = false;
        bool hasSentFin = false;
        bool hasSentFinFirst = false; ///< without having received a FIN
        bool hasReceivedFin = false;
        bool hasAckedFin = false; ///< it has shown that it received the FIN
        bool isFinAcked = false;
        qint64 finAckedFrom = SentStream::nothing; ///< the offset of the segment with which it first acked the FIN
        bool isOver = false;                       ///< because of a reset
        TcpState stateAfterReset = TcpState::Closed;
        qsizetype synRow = -1; ///< the last SYN that it sent
        qsizetype firstFinRow = -1;
        qsizetype finRow = -1; ///< the last copy of its FIN

        TcpState state() const;
    };

    static void arrive(const End &end, End &other, const Facts &facts);
    void begin(FlowRows &rows, qsizetype row);
    void restart(qsizetype row);
    void reset(FlowSegment &segment, const ResetEffect &effect);
    void leaveWithSyn(FlowRows &rows, qsizetype row, End &end, const End &other);
    void leave(FlowRows &rows, qsizetype row, End &end, End &other, const Facts &facts);
    void loseFin(FlowRows &rows, qsizetype before, const End &end, const End &other);
    void listenUntil(FlowRows &rows, qsizetype synRow, qsizetype row);
    void revise(FlowRows &rows, qsizetype row, TcpState receiverState);

    std::array<End, 2> m_ends; ///< by Side
    std::array<TcpState, 2> m_before{TcpState::Closed, TcpState::Closed};
    bool m_hasBegun = false;    ///< with a segment
    qsizetype m_attemptRow = 0; ///< where the newest attempt to connect begins
    bool m_isSimultaneousOpen = false;
    qsizetype m_changedFrom = 0;
};
