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
    int flow = -1;             ///< of the FlowTable; -1: none is known (yet)
    std::vector<FlowRow> rows; ///< ascending: every segment that carried some of it, every copy; may be empty
    FlowRow ackRow;            ///< the first row that acknowledges all of it; invalid: none (yet)
    bool operator==(const StepSegments &) const = default;
};

/// A step of an end whose own steps are not known, as the segments and the steps of the other end show it.
struct InferredStep {
    Side side = Side::Client;       ///< the end of the flow that did it
    StepKind kind = StepKind::Send; ///< Send, Recv, Close (a FIN: it may have been Finish Sending) or Reset
    int number = 0;                 ///< design's counting rule, by the order in which that end saw the messages
    int flow = 0;
    FlowRow row;        ///< the segment that completed it: Recv, its acknowledgement; else what carried its end first
    qint64 offset = -1; ///< as in Step, of Send and Recv
    qint64 bytes = -1;  ///< as in Step, of Send and Recv
    StepRow origin;     ///< of Send and Recv: the other end's step with the same message
    bool operator==(const InferredStep &) const = default;
};

/// Which segments carried a step, and the other way round, by stream offset. Steps and segments may come in either
/// order, for they come from different threads: nothing is decided before it is asked for. Adding is amortised
/// constant, asking logarithmic; what a step needs, StepIndex says. Owned by what shows a capture; does not own the
/// table; same thread.
///
///     | step                             | its segments                                                  |
///     | Connecting                       | this end's SYN                                                |
///     | Refused                          | the other end's first RST                                     |
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
/// So a Close after FinishedSending usually has none; one that left bytes unread, or after which the peer still sent,
/// has RST. RST is never acknowledged. Where the flow does not know where a stream begins (Flow::isOriginKnown()),
/// bytes have no rows.
///
/// What a client tells of an attempt to connect is of no connection yet: it belongs to the flow between its addresses
/// that began nearest to it. Attempts have the numbers -1, -2, … in their order; wherever a connection's number is
/// asked for, an attempt's will do.
///
/// A connection's steps belong to a flow between its addresses. Where ports were used again, time decides: the newest
/// flow that began before the connection's first step, but after the first step of the connection before it. One flow
/// and one connection of the same addresses belong together whatever their clocks say.
class StepMatch
{
public:
    explicit StepMatch(const FlowTable &table);

    /// Adds a step of any kind; one of neither a connection nor an attempt to open one matches nothing. Returns its
    /// index: 0, 1, 2, … in the order of the calls, so that it is the row of a SessionFile whose steps are all added.
    StepRow add(const Step &step);
    void clear(); ///< forgets all steps
    qsizetype count() const { return m_index.count(); }
    const StepIndex &index() const { return m_index; }
    int flowOf(int connection) const; ///< -1: none is known (yet)
    /// Its steps; null: there is no connection of this number (yet).
    const StepIndex::Connection *connection(int number) const;
    int attemptOf(StepRow step) const; ///< the attempt's number; 0: it is of none

    /// 0 ≤ step < count()
    StepSegments segmentsOf(StepRow step) const;
    /// The steps that have the row among segmentsOf().rows, ascending.
    std::vector<StepRow> stepsOf(int flow, FlowRow row) const;
    /// The steps that have it as segmentsOf().ackRow, ascending.
    std::vector<StepRow> acknowledgedBy(int flow, FlowRow row) const;

    /// The other end's Recv of a Send that was acknowledged, or its Send of what was received. Nothing where the other
    /// end's own steps are known, or the segment that shows it is not.
    std::optional<InferredStep> inferred(StepRow step) const;
    /// The Close or Reset of that end, once its FIN or RST was captured. Nothing where its own steps are known, or the
    /// other end's are not.
    std::optional<InferredStep> inferredClose(int flow, Side side) const;
    /// Every inferred step that has the row, in the order of their numbers.
    std::vector<InferredStep> inferredAt(int flow, FlowRow row) const;

private:
    using Message = MessageList::Message;
    using Event = StepIndex::Event;
    using Connection = StepIndex::Connection;

    /// A connection and the end of the flow that it is.
    struct End {
        const Connection *connection = nullptr;
        int flow = -1; ///< -1: none
        Side side = Side::Client;
    };
    /// What a step is in a stream. RST is none.
    struct Span {
        Side sender = Side::Client;
        qint64 from = 0;
        qint64 to = 0; ///< as from: nothing
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
    std::deque<Connection> m_attempts; ///< in their order; all they have is events
    std::multimap<std::pair<SocketAddress, SocketAddress>, size_t> m_attemptsBetween; ///< local, peer: their places
};
