// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"
#include "headings.h"
#include "lossinference.h"
#include "sentstream.h"
#include "stateinference.h"

#include <array>
#include <optional>
#include <vector>

/// The segments of one TCP connection as captured, in that order, and what follows from them: who is the client, stream
/// offsets, retransmissions, the RFC 9293 state of both ends, the headings of tcpdump's page. It grows by one segment
/// at a time, in amortised constant time, and needs about 64 bytes for each. Owned by a FlowTable; any one thread.
///
/// What is inferred takes for granted that a segment that was captured arrives right after that, unless a later one of
/// the other end shows by its acknowledgement number that it had not arrived when that one left, or LossInference that it never
/// did. So the row of a FIN or SYN may get another receiverState later, and one that was sent again may turn out to be lost;
/// append() says which rows to look at again.
class Flow
{
public:
    /// A flow that starts with first, which is not appended yet. The client is the sender of SYN, the receiver of
    /// SYN-ACK; else the end whose port is not serverPort (0: no hint); else the sender of first.
    explicit Flow(const Segment &first, quint16 serverPort = 0);

    /// Adds a segment of this flow (in either direction). One that is not sound gets a row without flags, and changes
    /// nothing. Returns the first row that changed: the new one, or one before it.
    qsizetype append(const Segment &segment);
    /// The capture is over, or the kernel has no such connection any more: what is unanswered or unfinished stays so,
    /// and headings are final. append() may follow and takes that back.
    void setEnded();
    bool isEnded() const { return m_ended; }

    qsizetype count() const { return qsizetype(m_rows.size()); }
    const FlowSegment &at(qsizetype row) const { return m_rows[size_t(row)]; } ///< 0 ≤ row < count()

    const SocketAddress &address(Side side) const { return m_addresses[size_t(side)]; }
    /// The end that sends segment. Of a connection with itself (one address, one port) the client.
    Side senderOf(const Segment &segment) const;
    /// SYN or SYN-ACK told where the stream of this end begins, so that offsets are those of steps.
    bool isOriginKnown(Side sender) const { return m_streams[size_t(sender)].isOriginKnown(); }

    /// Before the first row. The server's is CLOSED until it answers with SYN-ACK, which makes it LISTEN (and changes
    /// row 0); ESTABLISHED for both where the capture begins later.
    TcpState stateBefore(Side side) const { return m_states.before(side); }
    /// After the last row. TIME-WAIT turns to CLOSED by a timer, not by a segment.
    TcpState state(Side side) const { return m_states.now(side); }
    /// No end can send anything new any more: closed, reset, refused, or in TIME-WAIT.
    bool isOver() const;

    /// Two segments of opposite directions, earlier < later, are known to have crossed: the later one, when it left,
    /// did not acknowledge what the earlier one carried, and that was not sent again after the earlier one. O(log n).
    bool crosses(qsizetype earlier, qsizetype later) const;

    /// All rows, ascending, of that sender that carry some of the positions from ≤ p < to, retransmissions included,
    /// keep-alives left out. SYN: synRows(); FIN: finRows().
    std::vector<qsizetype> rowsOf(Side sender, qint64 from, qint64 to) const;
    std::vector<qsizetype> synRows(Side sender) const { return rowsOf(sender, -1, 0); }
    std::vector<qsizetype> finRows(Side sender) const;
    qsizetype rstRow(Side sender) const { return m_resets[size_t(sender)]; } ///< the first RST of that sender, or -1
    /// The row that carried this position first, or -1.
    qsizetype firstRowOf(Side sender, qint64 position) const;
    /// The first row of the other end that acknowledges all of that sender's positions before end, or -1. A SYN's end
    /// is 0, a FIN's *finPosition() + 1.
    qsizetype ackRowOf(Side sender, qint64 end) const;
    /// What the row, of either end, acknowledged before: of the other end's stream, the end of what was acknowledged by
    /// rows before this one. Where the row acknowledges more, ackRowOf() of all in between is the row.
    qint64 acknowledgedBefore(qsizetype row) const;
    std::optional<qint64> finPosition(Side sender) const { return m_streams[size_t(sender)].finPosition(); }
    /// What tcpdump without -S calls that sender's position 0: 1, since SYN is 0; but where no SYN was seen, it calls what the first
    /// segment with ACK begins with 0.
    qint64 relativeZero(Side sender) const;
    /// SYN, or its answer, told that this is the sequence number of that sender's position 0.
    bool isOrigin(Side sender, quint32 number) const;
    qint64 sentEnd(Side sender) const { return m_streams[size_t(sender)].end(); } ///< behind all that was captured
    /// The furthest position of that sender's stream that the other end has acknowledged; SentStream::nothing: none.
    qint64 acknowledged(Side sender) const { return m_streams[size_t(sender)].acknowledged(); }
    /// How many bytes of that sender's stream were captured, each counted once.
    qint64 streamBytes(Side sender) const { return m_streams[size_t(sender)].bytes(); }

    /// In the order of their rows; there is always one at row 0. See Headings.
    const std::vector<Heading> &headings() const { return m_headings.list(); }

private:
    void place(const Segment &segment);
    void note(bool wasInTimeWait);
    const FlowSegment *last(Side sender) const;

    std::array<SocketAddress, 2> m_addresses; ///< by Side
    std::array<SentStream, 2> m_streams;
    std::array<qsizetype, 2> m_last{-1, -1};   ///< the newest row of each sender
    std::array<qsizetype, 2> m_resets{-1, -1}; ///< the first RST of each sender
    qsizetype m_firstAck = -1;                 ///< the first row with ACK
    FlowRows m_rows;
    StateInference m_states;
    LossInference m_losses;
    Headings m_headings;
    bool m_ended = false;
};
