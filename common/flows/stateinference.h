// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"
#include "sentstream.h"

#include <array>

/// The states of both ends of a flow as its segments show them (RFC 9293, sections 3.3.2, 3.5, 3.6 and 3.10.7). A part
/// of a Flow; writes senderState and receiverState of its rows.
///
/// A segment changes its sender's state when it leaves, its receiver's when it arrives, which is taken to be right
/// after its capture. A FIN that the other end's next segment does not acknowledge had not arrived when that one left;
/// if that one is a FIN too, the close is simultaneous. A SYN changes nothing in an end that never answers it. A SYN or
/// FIN that was sent again before it was acknowledged was lost. Who sends SYN-ACK or FIN again had not received the
/// acknowledgement. RST counts if its receiver would take it: in SYN-SENT it must acknowledge SYN, in any other state
/// it must not stand before what its receiver has acknowledged.
class StateInference
{
public:
    /// Takes in the newest of the rows, which the streams have taken in already. Returns the first row that changed.
    qsizetype append(FlowRows &rows, const std::array<SentStream, 2> &streams);

    TcpState before(Side side) const { return m_ends[size_t(side)].before; }
    TcpState now(Side side) const { return m_ends[size_t(side)].state(); }

private:
    /// What has left an end and what has arrived there.
    struct End {
        TcpState before = TcpState::Closed;
        bool sentSyn = false;
        bool sentSynFirst = false; ///< without having received one: it opened actively
        bool receivedSyn = false;
        bool synAcked = false;
        bool sentFin = false;
        bool sentFinFirst = false; ///< without having received one
        bool receivedFin = false;
        bool hasAckedFin = false; ///< it has shown that it received FIN
        bool finAcked = false;
        bool isOver = false; ///< by a reset
        TcpState stateAfterReset = TcpState::Closed;
        qsizetype synRow = -1; ///< the last SYN it sent
        qsizetype firstFinRow = -1;
        qsizetype finRow = -1; ///< the last copy of its FIN

        TcpState state() const;
    };

    void begin(const FlowSegment &first);
    void reset(FlowSegment &segment, const std::array<SentStream, 2> &streams);
    void leaveWithSyn(FlowRows &rows, End &end, const End &other);
    void leave(FlowRows &rows, End &end, End &other, const SentStream &otherStream);
    void loseFin(FlowRows &rows, const End &end, const End &other);
    void revise(FlowRows &rows, qsizetype row, TcpState receiverState);

    std::array<End, 2> m_ends; ///< by Side
    bool m_isSimultaneousOpen = false;
    qsizetype m_changedFrom = 0;
};
