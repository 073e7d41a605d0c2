// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flows/flowrow.h"
#include "flows/flowtable.h"
#include "stepindex.h"
#include "steps/steprow.h"

#include <deque>
#include <map>
#include <optional>
#include <vector>

/// The segments of a step.
struct StepSegments {
    int flow = -1; ///< index in the FlowTable; -1: none is known (yet)
    /// Rows of the flow, ascending: every segment, and every copy, that carried a part of the step; may be empty.
    std::vector<FlowRow> rows;
    FlowRow ackRow; ///< the first row that acknowledges the whole step; invalid: none (yet)
    bool operator==(const StepSegments &) const = default;
};

/// What refused an attempt to connect, according to a capture.
struct Refusal {
    FlowRow row;                    ///< the RST or the ICMP error
    std::optional<IcmpError> error; ///< none: a RST
};

/// A step of an end whose own steps are unknown, inferred from the segments and from the steps of the other end.
struct InferredStep {
    Side side = Side::Client;       ///< the end of the flow that took the step
    StepKind kind = StepKind::Send; ///< Send, Recv, Close (a FIN: it may have been Finish Sending) or Reset
    int number = 0; ///< by the counting rule of the steps, in the order in which that end saw the messages
    int flow = 0;
    /// The segment that completed the step: for Recv its acknowledgement, otherwise the first one with its last byte.
    FlowRow row;
    qint64 offset = -1; ///< as in Step; for Send and Recv
    qint64 bytes = -1;  ///< as in Step; for Send and Recv
    StepRow origin;     ///< for Send and Recv: the other end's step with the same message
    bool operator==(const InferredStep &) const = default;
};

/// Finds the segments that carried a step, and the steps of a segment, by stream offset. Steps and segments may
/// arrive in either order, because they come from different threads: nothing is decided before it is requested.
/// Adding takes amortised constant time, a query logarithmic time. StepIndex documents the memory per step. Owned by
/// the class that shows a capture; does not own the table; lives on the same thread.
///
///     | step                             | its segments                                                  |
///     | Connecting                       | this end's SYN                                                |
///     | Refused                          | the other end's first RST, or the ICMP error                  |
///     | Unreachable                      | the ICMP error, if there was one                              |
///     | Send                             | this end's with its bytes                                     |
///     | Recv                             | the other end's with its bytes                                |
///     | Connected (accepted)             | this end's SYN or SYN-ACK                                     |
///     | FinishedSending                  | this end's FIN; none if that had to wait                      |
///     | FinSent                          | this end's FIN                                                |
///     | Close                            | this end's FIN if not FinishedSending's, and its first RST    |
///     | Reset                            | this end's first RST                                          |
///     | PeerFinished                     | the other end's FIN                                           |
///     | ResetByPeer                      | the other end's first RST                                     |
///     | any other                        | none                                                          |
///
/// So a Close after FinishedSending usually has no segments. If it left bytes unread, or if the peer sent data
/// afterwards, it has a RST. A RST is never acknowledged. If the flow does not know where a stream begins
/// (Flow::isOriginKnown()), bytes have no rows.
///
/// The steps of a client's attempt to connect do not belong to a connection yet: they belong to the flow between the
/// attempt's addresses that began nearest to the attempt. Attempts have the numbers -1, -2, … in their order.
/// Functions that take the number of a connection also accept that of an attempt.
///
/// The steps of a connection belong to a flow between its addresses. If ports were reused, time decides: the newest
/// flow that began before the connection's first step, but after the first step of the previous connection. If there
/// is only one flow and one connection with the same addresses, they belong together whatever their clocks say.
class StepMatch
{
public:
    explicit StepMatch(const FlowTable &table);

    /// Adds a step of any kind. A step that belongs neither to a connection nor to an attempt to open one matches
    /// nothing. Returns its index: 0, 1, 2, … in the order of the calls. It equals the row of a SessionFile if all
    /// steps of the file are added.
    StepRow add(const Step &step);
    void clear(); ///< forgets all steps
    qsizetype count() const { return m_index.count(); }
    const StepIndex &index() const { return m_index; }
    int flowOf(int connection) const; ///< -1: none is known (yet)
    /// The steps of a connection; null: there is no connection with this number (yet).
    const StepIndex::Connection *connection(int number) const;
    int attemptOf(StepRow step) const; ///< the attempt's number; 0: the step belongs to none

    /// 0 ≤ step < count()
    StepSegments segmentsOf(StepRow step) const;
    /// The steps that have the row in segmentsOf().rows, ascending.
    std::vector<StepRow> stepsOf(int flow, FlowRow row) const;
    /// For Refused and Unreachable, once it was captured.
    std::optional<Refusal> refusalOf(StepRow step) const;
    /// The steps that have the row as segmentsOf().ackRow, ascending.
    std::vector<StepRow> acknowledgedBy(int flow, FlowRow row) const;

    /// The other end's Recv for a Send that was acknowledged, or its Send for a message that was received. Empty if
    /// the other end's own steps are known, or if the segment that shows the step is not.
    std::optional<InferredStep> inferred(StepRow step) const;
    /// The Close or Reset of that end, once its FIN or RST was captured. Empty if the steps of that end are known, or
    /// if those of the other end are not.
    std::optional<InferredStep> inferredClose(int flow, Side side) const;
    /// All inferred steps that have the row, in the order of their numbers.
    std::vector<InferredStep> inferredAt(int flow, FlowRow row) const;

private:
    using Message = MessageList::Message;
    using Event = StepIndex::Event;
    using Connection = StepIndex::Connection;

    /// A connection, and the end of a flow that it corresponds to.
    struct End {
        const Connection *connection = nullptr;
        int flow = -1; ///< -1: none
        Side side = Side::Client;
    };
    /// The range of a step in a stream; empty for a RST.
    struct Span {
        Side sender = Side::Client;
        qint64 from = 0;
        qint64 to = 0; ///< same as from: empty
    };

    enum class Ends { OfConnections, WithAttempts };

    void addAttempt(const Step &step, qsizetype index);
    const Connection *findAttempt(qsizetype step) const;
    End endOf(const Connection &connection) const;
    End endOfAttempt(const Connection &attempt) const;
    End endOf(qsizetype step) const;
    std::vector<End> endsOf(int flow, Ends which) const;
    bool isKnown(int flow, Side side) const;
    Span spanOf(const End &end, const Event &event) const;
    Span spanOf(const End &end, const Message &message, Side sender) const;
    qsizetype resetRowOf(const End &end, const Event &event) const;
    qint64 seenWhenSent(const End &end, const Message &received) const;
    InferredStep inferredReceive(const End &end, qsizetype index) const;
    InferredStep inferredSend(const End &end, qsizetype index) const;

    const FlowTable &m_table;
    StepIndex m_index;
    std::deque<Connection> m_attempts; ///< in their order; they have only events
    /// The indices in m_attempts by local and peer address.
    std::multimap<std::pair<SocketAddress, SocketAddress>, size_t> m_attemptsBetween;
};
