// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"
#include "recording.h"
#include "shownladder.h"
#include "stepstates.h"

#include <QTimer>

#include <deque>

/// One connection of a Recording as rows, ordered by time: its segments, and between them the steps, events and kernel
/// states that no segment carried. The latter need 8 bytes each, segments none, and adding does not look at older rows.
/// LadderRows makes a row on request. Owned by a view or an export, on the recording's thread.
///
/// If there are segments, the states come from them; otherwise from the steps, and the kernel confirms or corrects
/// these (StepStates).
///
/// Steps and segments come from different threads. While a capture runs, a step that should have a segment waits half a
/// second for it. Then it gets a row of its own, which it loses if the segment arrives even later.
class LadderModel : public QObject
{
    Q_OBJECT
public:
    /// What a row shows: a segment of the flow, a step, or a state.
    struct Item {
        FlowRow segment;
        StepRow step;
        const Recording::KernelState *state = nullptr;
        qint64 timeUs = 0;
    };

    explicit LadderModel(const Recording &recording, QObject *parent = nullptr);

    /// Its steps, and its flow once it is known. Negative: an attempt (StepMatch numbers them). 0: nothing.
    void showConnection(int connection);
    void showFlow(int flow);         ///< with its steps, if any; -1: nothing
    void setAbsolute(bool absolute); ///< sequence numbers as on the wire; otherwise from 0
    bool isAbsolute() const { return m_absolute; }
    /// The seconds until an end leaves TIME-WAIT, according to the kernel; -1: unknown. Only the newest connection
    /// shows them.
    void setTimeWaitLeft(Side side, int seconds);
    int timeWaitLeft(Side side) const { return m_timeWaitLeft[size_t(side)]; }

    qsizetype count() const { return m_segments + qsizetype(m_lone.size()); }
    Item itemAt(LadderIndex at) const;               ///< 0 ≤ at < count()
    LadderIndex rowOfSegment(FlowRow segment) const; ///< 0 ≤ segment < the flow's count
    /// The rows of a step, ascending: those of its segments, or its own. Empty: it is not in this ladder.
    std::vector<LadderIndex> rowsOfStep(StepRow row) const;
    LadderIndex ackRowOfStep(StepRow step) const; ///< invalid: none

    const Recording &recording() const { return m_recording; }
    int flowIndex() const { return m_flow; }
    const Flow *flow() const { return m_flow < 0 ? nullptr : &m_recording.flows().at(m_flow); }
    int connection() const { return m_connection; }
    /// Whether nothing shows which end is the client: no SYN was captured, and there are no steps. The ends may then be
    /// swapped (Recording::swapEnds()).
    bool canSwapEnds() const { return flow() && !flow()->areEndsKnown() && m_recording.stepCount() == 0; }
    ShownLadder shown() const;
    QString address(Side side) const; ///< "127.0.0.1:8700"; empty if it is unknown
    QStringList legend() const;       ///< what its picture says about two captures (Recording::legend())
    /// What is known, for this time, of the bytes from one position of a sender's stream to another; nothing: they
    /// were not sent.
    std::optional<LadderRow::Arrival> arrivalOf(Side sender, qint64 from, qint64 to, qint64 timeUs) const;
    std::optional<LadderRow::Arrival> arrivalOfFin(Side sender, qint64 timeUs) const;
    bool isRead(Side sender, qint64 to) const; ///< by the other end's program, as far as is known
    /// Whether a capture would have the segments of a step of this time.
    bool isCaptured(qint64 timeUs) const;
    /// The next event after this step that changes a state; null: none.
    const StepIndex::Event *eventBehind(StepRow step) const;
    bool hasEvent(StepKind kind, StepRow beforeStep = StepRow(std::numeric_limits<qsizetype>::max())) const;
    bool hasSentFin(StepRow beforeStep) const;                             ///< this end, through Finish Sending
    std::optional<LadderState> stateAtStep(StepRow step, Side side) const; ///< that begins there; only without a flow
    std::array<LadderState, 2> statesBefore(LadderIndex row) const;        ///< by Side
    /// The segment's arrow is drawn crossing that of the row before. At most two arrows cross each other.
    bool crossesPrevious(FlowRow row) const;

signals:
    void reset();                      ///< another connection, or other sequence numbers
    void changed(LadderIndex fromRow); ///< rows from this one on are new or have changed

private:
    /// A row without a segment.
    struct Lone {
        static constexpr quint32 stateBit = 0x8000'0000;

        quint32 segment = 0; ///< the number of segments before it
        quint32 item = 0;    ///< a step; with stateBit: an index of m_states
    };
    struct State {
        Recording::KernelState state;
        qsizetype step = -1; ///< of the lone row before it; -1: none
        quint32 segment = 0;
    };

    void rebuild();
    void takeSteps();
    void takeSegment(int flow, qsizetype changedFrom);
    void takeStep(qsizetype index, const Step &step);
    void note(const Step &step);
    void takeStates(int connection);
    void update();
    void settle();
    qsizetype ladderRowOf(qsizetype segment) const;
    void matchWithLone(qsizetype fromSegment, qsizetype toSegment);
    void bumpTrailing(qsizetype toSegment);
    void insertStep(qsizetype index, qint64 timeUs);
    void insertState(const Recording::KernelState &state);
    void insertState(const Recording::KernelState &state, qsizetype behindStep);
    void weaveStates();
    StepStates::Source statesSource() const;
    void removeStates(const std::vector<State> &states);
    void takeProgress();
    void touchFrom(qsizetype step);
    Recording::Progress progress(Side sender, qint64 timeUs) const;
    const StepIndex::Connection *shownConnection() const { return m_recording.match().connection(m_connection); }
    void touch(qsizetype row);
    quint32 segmentsUntil(qint64 timeUs) const;
    qsizetype stepOf(const Lone &lone) const;
    std::deque<Lone>::const_iterator loneOfStep(qsizetype step) const;
    qint64 timeOf(const Lone &lone) const; ///< in µs; a step's is read from the session
    size_t loneFrom(qsizetype row) const;  ///< the first that stands at row or behind it
    qsizetype rowOfLone(size_t index) const { return qsizetype(index) + qsizetype(m_lone[index].segment); }
    std::array<LadderState, 2> statesAfterSegment(FlowRow segment) const;
    LadderState stateBeforeDeparture(FlowRow segment, Side side) const;
    LadderState stateBetweenSteps(Side side, size_t lone) const;
    size_t statesBeforeLone(size_t lone) const;

    const Recording &m_recording;
    int m_connection = 0;
    int m_flow = -1;
    bool m_absolute = false;
    qsizetype m_segments = 0;                  ///< of the flow, that have rows
    std::deque<Lone> m_lone;                   ///< in row order, with ascending steps; growing a vector would stall
    std::vector<State> m_states;               ///< those with rows of their own, in row order
    std::vector<StepStates::AtStep> m_atSteps; ///< states that begin at steps, without a flow
    std::optional<Side> m_end;                 ///< whose steps these are
    bool m_finArrived = false;                 ///< of that end, according to the states
    Recording::Progress m_progress;            ///< of that end's stream, at the last changed()
    bool m_isAwaiting = false;                 ///< a sending step has been added since
    size_t m_takenStates = 0;                  ///< of the recording's
    std::vector<std::pair<qsizetype, qint64>> m_waiting; ///< steps and their times
    bool m_mayMatch = false;                             ///< a lone step may still get a segment
    std::array<QString, 2> m_addresses;                  ///< by Side, as steps have them
    std::array<int, 2> m_timeWaitLeft{-1, -1};           ///< by Side
    int m_newest = 0;                                    ///< the highest connection number so far
    qsizetype m_dirtySegment = -1;                       ///< the first segment that changed; -1: none
    qsizetype m_dirtyRow = -1;                           ///< the first row that changed; -1: none
    QTimer m_settle;
};
