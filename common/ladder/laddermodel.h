// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"
#include "recording.h"
#include "shownladder.h"
#include "stepstates.h"

#include <QTimer>

#include <deque>

/// One connection of a Recording as rows, in the order of time: its segments, and between them the steps, events and
/// kernel states that no segment carried. A row of the second sort costs 8 bytes, a segment none, and adding either
/// looks at nothing that was there before. Rows are made when asked for. Owned by a view or an export, on the
/// recording's thread.
///
/// Where there are segments, they tell the states; else the steps do, and the kernel confirms or corrects them
/// (StepStates).
///
/// Steps and segments come from different threads. While a capture runs, a step that should have a segment waits half a
/// second for it before it gets a row of its own, and loses that row if the segment comes later still.
class LadderModel : public QObject
{
    Q_OBJECT
public:
    /// What a row is of: a segment of the flow, or a step, or a state.
    struct Item {
        qsizetype segment = -1;
        qsizetype step = -1;
        const Recording::KernelState *state = nullptr;
        qint64 timeUs = 0;
    };

    explicit LadderModel(const Recording &recording, QObject *parent = nullptr);

    /// Its steps, and its flow once that is known; less than 0: an attempt's (StepMatch has their numbers); 0: nothing
    void showConnection(int connection);
    void showFlow(int flow);         ///< whatever steps it has; -1: nothing
    void setAbsolute(bool absolute); ///< sequence numbers as on the wire, or from 0
    bool isAbsolute() const { return m_absolute; }
    /// What the kernel says of an end in TIME-WAIT: the seconds until it ends. -1: nothing. They count in the newest
    /// connection only: an older one is history.
    void setTimeWaitLeft(Side side, int seconds);
    int timeWaitLeft(Side side) const { return m_timeWaitLeft[size_t(side)]; }

    qsizetype count() const { return m_segments + qsizetype(m_lone.size()); }
    Item itemAt(qsizetype row) const;                ///< 0 ≤ row < count(); LadderRows makes what is drawn of it
    qsizetype rowOfSegment(qsizetype segment) const; ///< 0 ≤ segment < the flow's count
    /// The rows of a step, ascending: those of its segments, or its own. Empty where it has none here.
    std::vector<qsizetype> rowsOfStep(qsizetype step) const;
    qsizetype ackRowOfStep(qsizetype step) const; ///< -1: none

    const Recording &recording() const { return m_recording; }
    int flowIndex() const { return m_flow; }
    const Flow *flow() const { return m_flow < 0 ? nullptr : &m_recording.flows().at(m_flow); }
    int connection() const { return m_connection; }
    ShownLadder shown() const;
    QString address(Side side) const; ///< "127.0.0.1:8700"; nothing where it is not known
    /// What is known of what that sender sent, by that time, from one position of its stream to another; nothing: it
    /// has not left.
    std::optional<LadderRow::Arrival> arrivalOf(Side sender, qint64 from, qint64 to, qint64 timeUs) const;
    std::optional<LadderRow::Arrival> arrivalOfFin(Side sender, qint64 timeUs) const;
    bool isRead(Side sender, qint64 to) const; ///< by the other end's program, as far as is known
    /// A capture would have segments of a step of that time.
    bool isCaptured(qint64 timeUs) const;
    /// Of the events that tell of states the one behind that one; null: none.
    const StepIndex::Event *eventBehind(qsizetype step) const;
    bool hasEvent(StepKind kind, qsizetype beforeStep = std::numeric_limits<qsizetype>::max()) const;
    bool hasSentFin(qsizetype beforeStep) const; ///< the end whose steps these are, by Finish Sending
    std::optional<LadderState> stateAtStep(qsizetype step, Side side) const; ///< that begins there, without a flow
    std::array<LadderState, 2> statesBefore(qsizetype row) const;            ///< by Side
    /// The segment's arrow crosses the one of the row before, and is drawn so: at most two arrows cross each other.
    bool crossesPrevious(qsizetype segment) const;

signals:
    void reset();                    ///< another connection, or other numbers
    void changed(qsizetype fromRow); ///< rows from this one on are new or not as before

private:
    /// A row that no segment has.
    struct Lone {
        static constexpr quint32 stateBit = 0x8000'0000;

        quint32 segment = 0; ///< how many segments stand before it
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
    std::array<LadderState, 2> statesAfterSegment(qsizetype segment) const;
    LadderState stateBetweenSteps(Side side, size_t lone) const;
    size_t statesBeforeLone(size_t lone) const;

    const Recording &m_recording;
    int m_connection = 0;
    int m_flow = -1;
    bool m_absolute = false;
    qsizetype m_segments = 0;    ///< of the flow, that have rows
    std::deque<Lone> m_lone;     ///< in the order of their rows, their steps ascend; a vector would stall as it grows
    std::vector<State> m_states; ///< that have rows of their own, in the order of these
    std::vector<StepStates::AtStep> m_atSteps;           ///< states that begin at steps, without a flow
    std::optional<Side> m_end;                           ///< whose steps these are
    bool m_finArrived = false;                           ///< that end's, as the states show
    Recording::Progress m_progress;                      ///< of that end's stream, as it was when rows were told of
    bool m_isAwaiting = false;                           ///< a step that sends has come since
    size_t m_takenStates = 0;                            ///< of the recording's
    std::vector<std::pair<qsizetype, qint64>> m_waiting; ///< steps and their times
    bool m_mayMatch = false;                             ///< some lone step may get a segment later
    std::array<QString, 2> m_addresses;                  ///< by Side, as steps have them
    std::array<int, 2> m_timeWaitLeft{-1, -1};           ///< by Side
    int m_newest = 0;                                    ///< of the connections that steps came of
    qsizetype m_dirtySegment = -1;                       ///< the first segment that changed; -1: none
    qsizetype m_dirtyRow = -1;                           ///< the first row that changed; -1: none
    QTimer m_settle;
};
