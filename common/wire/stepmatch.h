// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowtable.h"

#include "steps/step.h"

#include <map>
#include <optional>
#include <vector>

/// The segments of a step.
struct StepSegments {
    int flow = -1;               ///< of the FlowTable; -1: none is known (yet)
    std::vector<qsizetype> rows; ///< of the flow, ascending: all copies of all segments that carried it; may be empty
    qsizetype ackRow = -1;       ///< the first row that acknowledges all of it; -1: none (yet)
};

/// A step of the end whose program's steps are not known, as the wire and the steps of this end show it.
struct InferredStep {
    Side side = Side::Client;       ///< which end of the flow did it
    StepKind kind = StepKind::Send; ///< Send, Recv, Close (a FIN: it may have been Finish Sending) or Reset
    int number = 0; ///< as design's counting rule gives it to an end that saw the messages in this order
    int flow = 0;
    qsizetype row = 0;  ///< Send, Close, Reset: the segment that carried its end; Recv: the one that acknowledged it
    qint64 offset = -1; ///< as in Step; -1 for Close and Reset
    qint64 bytes = -1;
    qsizetype origin =
        -1; ///< the step of this end that it belongs to (its payload is the same); -1 for Close and Reset
    bool operator==(const InferredStep &) const = default;
};

/// Which segments carried a step, and the other way round, by stream offset. Steps and segments may come in either order,
/// for they come from different threads: nothing is decided before it is asked for. Needs about 24 bytes a step. Owned
/// by what shows a capture; does not own the table; same thread.
///
///     | step                                     | its segments                                                   |
///     | Send                                     | those of this end with its bytes                               |
///     | Recv                                     | those of the other end with its bytes                          |
///     | Connecting, Connected (accepted)         | this end's SYN or SYN-ACK                                      |
///     | FinishedSending                          | this end's FIN                                                 |
///     | Close                                    | this end's FIN; its RST if it sent no FIN; none after          |
///     |                                          | FinishedSending                                                |
///     | Reset                                    | this end's RST                                                 |
///     | PeerFinished / Refused, ResetByPeer      | the other end's FIN / RST                                      |
///     | any other                                | none                                                           |
///
/// RST is never acknowledged. Where SYN was not captured, bytes of steps cannot be found in the stream: no rows.
///
/// A connection's steps belong to the flow between its addresses. Where ports were used again, time decides: the flow
/// began before the connection's first step, and after the first step of the connection before it. One flow and one
/// connection of the same addresses belong together whatever the clocks say.
class StepMatch
{
public:
    explicit StepMatch(const FlowTable &table);

    /// Adds a step, of any kind; those of no connection match nothing. Returns its index: 0, 1, 2, … in the order of the
    /// calls, so that it is the row of a SessionFile whose steps are all added.
    qsizetype add(const Step &step);
    qsizetype count() const { return qsizetype(m_steps.size()); }

    StepSegments segmentsOf(qsizetype step) const;
    /// The steps whose segmentsOf() has the row among its rows, ascending.
    std::vector<qsizetype> stepsOf(int flow, qsizetype row) const;
    /// The steps whose segmentsOf() has it as ackRow, ascending.
    std::vector<qsizetype> acknowledgedBy(int flow, qsizetype row) const;

    /// The other end's Recv of a Send that was acknowledged, or its Send of a Recv. Nothing where the other end's own
    /// steps are known, or there is no flow.
    std::optional<InferredStep> inferred(qsizetype step) const;
    /// The close (or reset) of that end, once its FIN or RST was captured. Nothing where its own steps are known, or the
    /// other end's are not.
    std::optional<InferredStep> inferredClose(int flow, Side side) const;
    /// All inferred steps that belong to the row.
    std::vector<InferredStep> inferredAt(int flow, qsizetype row) const;
};
