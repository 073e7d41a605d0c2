// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "errorinference.h"
#include "flowsegment.h"
#include "headings.h"
#include "lossinference.h"
#include "resetinference.h"
#include "retransmissioninference.h"
#include "sentstream.h"
#include "stateinference.h"
#include "transits.h"

#include <array>
#include <optional>
#include <vector>

/// The segments of one TCP connection in the order of the capture, and what follows from them: which end is the
/// client, stream offsets, retransmissions, the RFC 9293 state of both ends, the headings of tcpdump's page. It grows
/// by one segment at a time, in amortised constant time, and needs about 80 bytes per segment. Owned by a FlowTable;
/// any one thread.
///
/// The inference assumes that a captured segment arrives right after its capture, unless the acknowledgement number
/// of a later segment from the other end shows that it had not arrived when that segment left, or LossInference shows
/// that it never arrived. So the row of a FIN or SYN may get another receiverState later, and a segment that was sent
/// again may turn out to be lost, or one that seemed lost to be late. It does not look at checksums: a segment that its
/// receiver discards counts as arrived. append() returns the first row that changed.
///
/// A RST counts if its receiver accepts it (ResetInference). What follows may show something else: an end that sends
/// anything but RST later has not been reset (within a round trip after its own RST, only new bytes show that, because
/// the RST may have overtaken other segments). The states and headings since the RST then change. If the receiver goes
/// on and the RST's sender answers with another RST that counts, the sender had closed with the first one.
///
/// An ICMP error that ends an attempt to connect (ErrorInference) is judged again in the same way.
class Flow
{
public:
    /// Creates a flow that starts with first, which is not appended yet. The client is the sender of the SYN or the
    /// receiver of the SYN-ACK; otherwise the end whose port is not serverPort (0: no hint); otherwise the end with the
    /// higher port, because servers usually listen on well-known or other low ports; otherwise the sender of first.
    explicit Flow(const Segment &first, quint16 serverPort = 0);

    /// Adds a segment of this flow, in either direction. A segment that is not sound gets a row without flags and
    /// changes nothing else. An ICMP error gets a row, too. Returns the first row that changed: the new one, or an
    /// earlier one.
    /// isLost: it is known that it does not arrive, or is discarded there; otherwise later segments may show it.
    qsizetype append(const Segment &segment, bool isLost = false);
    /// The capture has ended, or the kernel no longer has this connection: anything unanswered or unfinished stays
    /// so, and the headings are final. A later append() undoes this.
    void setEnded();
    bool isEnded() const { return m_hasEnded; }
    /// The states of both ends after a row has left its sender, and after it has arrived.
    struct RowStates {
        TcpState sender = TcpState::Closed;
        TcpState receiver = TcpState::Closed;
    };
    /// Takes when each row left and arrived, and so which of them were lost. All rows are there.
    void setTransits(Transits transits);
    /// The same with the states that the captures at both ends show: of each row, and after the last one, by Side.
    void setTransits(Transits transits, const std::vector<RowStates> &states, const std::array<TcpState, 2> &last);
    // An emulated link reports the way of each segment while it goes, instead of setTransits().
    /// The newest row has left its sender: of the line, only row is not set. It is on its way, held or lost.
    void setDeparted(Transits::Line line, Transit::Fate fate, bool isCorrupted);
    /// The row has arrived. A copy that the link made is the newest row, which has not left.
    void setArrived(Transits::Line line, qint64 timeUs);
    void setFate(qsizetype row, Transit::Fate fate); ///< of one that has left and not arrived
    // What the capture of one end shows of a row: the order of departures alone may show something else.
    void setSenderState(qsizetype row, TcpState state) { m_rows[size_t(row)].senderState = state; }
    void setReceiverState(qsizetype row, TcpState state) { m_rows[size_t(row)].receiverState = state; }
    const Transits *transits() const { return m_transits ? &*m_transits : nullptr; } ///< null: nothing shows both ends
    void forgetPayload(); ///< the file with the payload of its rows is gone

    qsizetype count() const { return qsizetype(m_rows.size()); }
    const FlowSegment &at(qsizetype row) const { return m_rows[size_t(row)]; } ///< 0 ≤ row < count()

    const IcmpError *error(qsizetype row) const { return m_errors.at(row); } ///< null: the row is a segment
    qsizetype errorCount() const { return m_errors.count(); }                ///< rows that are errors

    const SocketAddress &address(Side side) const { return m_addresses[size_t(side)]; }
    quint32 tunnel() const { return m_tunnel; } ///< that carries the connection; as in Segment
    /// Whether a SYN or SYN-ACK shows which end is the client.
    bool areEndsKnown() const { return isOriginKnown(Side::Client) || isOriginKnown(Side::Server); }
    /// Makes the client the server: everything that depends on Side changes, in every row. O(n).
    void swapEnds();

    /// The end that sent the segment. If both ends have the same address and port, the client.
    Side senderOf(const Segment &segment) const;
    /// Whether a SYN or SYN-ACK has shown where the stream of this end begins, so that offsets agree with those of
    /// the steps.
    bool isOriginKnown(Side sender) const { return m_streams[size_t(sender)].isOriginKnown(); }

    /// The state before the first row. The server is CLOSED until it answers with SYN-ACK, which changes it to LISTEN
    /// (and changes row 0). Both ends are ESTABLISHED if the capture begins later.
    TcpState stateBefore(Side side) const { return m_states.before(side); }
    /// The state after the last row. A timer, not a segment, turns TIME-WAIT into CLOSED.
    TcpState state(Side side) const { return m_lastStates ? (*m_lastStates)[size_t(side)] : m_states.now(side); }
    /// Whether a RST has closed this end, as far as the segments show.
    bool isReset(Side side) const { return m_states.isReset(side); }
    /// Whether neither end can send new data: the connection is closed, reset, refused, or in TIME-WAIT.
    bool isOver() const;

    /// Whether two segments of opposite directions, earlier < later, are known to have crossed: when the later one
    /// left, it did not acknowledge what the earlier one carried, and that was not sent again after the earlier one.
    /// O(log n).
    bool crosses(qsizetype earlier, qsizetype later) const;

    /// All rows of that sender, ascending, that carry some of the positions from ≤ p < to, including retransmissions
    /// but not keep-alives. For a SYN use synRows(), for a FIN finRows().
    std::vector<qsizetype> rowsOf(Side sender, qint64 from, qint64 to) const;
    std::vector<qsizetype> synRows(Side sender) const { return rowsOf(sender, -1, 0); }
    std::vector<qsizetype> finRows(Side sender) const;
    qsizetype rstRow(Side sender) const
    {
        return m_resets[size_t(sender)];
    } ///< its first RST that was not ignored, or -1
    /// The newest ICMP error that ended an attempt of that end to connect, or about which nothing else is known; or -1.
    qsizetype refusalRow(Side receiver) const { return m_errors.refusal(receiver); }
    /// The first row that carried this position, or -1.
    qsizetype firstRowOf(Side sender, qint64 position) const;
    /// The first row of the other end that acknowledges all positions of that sender before end, or -1. The end of a
    /// SYN is 0, the end of a FIN is *finPosition() + 1.
    qsizetype ackRowOf(Side sender, qint64 end) const;
    /// What rows before this one had already acknowledged, as a position in the stream of the other end. If the row
    /// acknowledges more, it is the ackRowOf() of everything in between.
    qint64 acknowledgedBefore(qsizetype row) const;
    std::optional<qint64> finPosition(Side sender) const { return m_streams[size_t(sender)].finPosition(); }
    /// The number that tcpdump without -S prints for that sender's position 0. It is 1, since the SYN is 0. If no SYN
    /// was seen, tcpdump counts from the beginning of the first segment with ACK.
    qint64 relativeZero(Side sender) const;
    /// Whether a SYN or its answer showed that this is the sequence number of that sender's position 0.
    bool isOrigin(Side sender, quint32 number) const;
    /// The first position of that sender's stream that a segment carried or acknowledged; 0 if its origin is known.
    qint64 sentBegin(Side sender) const { return m_streams[size_t(sender)].begin(); }
    /// The end of the gap in that sender's captured stream that contains the position: position itself if it was
    /// captured, SentStream::never if nothing after it was.
    qint64 gapEnd(Side sender, qint64 position) const { return m_streams[size_t(sender)].gapEnd(position); }
    /// The position after everything captured.
    qint64 sentEnd(Side sender) const { return m_streams[size_t(sender)].end(); }
    /// The furthest position of that sender's stream that the other end has acknowledged, or SentStream::nothing.
    qint64 acknowledged(Side sender) const { return m_streams[size_t(sender)].acknowledged(); }
    /// The number of captured bytes of that sender's stream, each counted once.
    qint64 streamBytes(Side sender) const { return m_streams[size_t(sender)].bytes(); }

    /// The headings in the order of their rows; there is always one at row 0. See Headings.
    const std::vector<Heading> &headings() const { return m_headings.list(); }

private:
    /// The RSTs and ICMP errors that later segments may show in another light, and the rows since the first of them.
    struct Revision {
        struct Row {
            StateInference::Facts facts;
            bool isSound = true;
            bool isReset = false;        ///< a RST, or an error, that may have closed an end
            bool isSenderAlive = false;  ///< its sender went on
            bool isSenderClosed = false; ///< its sender answered with another RST when the receiver went on
        };
        static constexpr size_t maxRows = 256;
        static constexpr size_t maxRowsBeforeReset = 64; ///< another RST then begins another revision

        qsizetype first = 0;
        StateInference states; ///< before the first row
        Headings headings;
        std::array<qsizetype, 2> resets{-1, -1};
        std::vector<Row> rows;
    };

    qsizetype appendError(const IcmpError &error);
    bool isStray(const Segment &segment, Side sender) const;
    void place(const Segment &segment);
    void note(const SegmentOptions &options, bool wasInTimeWait);
    const FlowSegment *last(Side sender) const;
    void leaveReceiver(qsizetype row);
    StateInference::Facts judge(bool &isReset);
    void remember(const StateInference::Facts &facts, bool isReset, bool isError);
    bool isRefusedByError(Side side) const;
    qsizetype take(qsizetype row, const StateInference::Facts &facts);
    qsizetype goOn(Side side, const Segment &segment);
    qsizetype closedBefore(Side sender);
    qsizetype revise();

    std::array<SocketAddress, 2> m_addresses; ///< by Side
    quint32 m_tunnel = 0;
    std::array<SentStream, 2> m_streams;
    std::array<qsizetype, 2> m_last{-1, -1};   ///< the newest row of each sender
    std::array<qsizetype, 2> m_resets{-1, -1}; ///< the first RST of each sender that was not ignored
    qsizetype m_firstAck = -1;                 ///< the first row with ACK
    FlowRows m_rows;
    StateInference m_states;
    ResetInference m_resetInference;
    RetransmissionInference m_retransmissions;
    LossInference m_losses;
    ErrorInference m_errors;
    Headings m_headings;
    std::optional<Revision> m_revision;
    std::optional<Transits> m_transits;
    std::optional<std::array<TcpState, 2>> m_lastStates; ///< by Side; as captures at both ends show them
    bool m_hasEnded = false;
};
