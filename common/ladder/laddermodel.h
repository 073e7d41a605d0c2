// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"
#include "recording.h"

#include <QTimer>

#include <deque>

/// One connection of a Recording as rows, in the order of time: its segments, and between them the steps, events and kernel
/// states that no segment carried. A row of the second sort costs 8 bytes, a segment none, and adding either looks at
/// nothing that was there before. Rows are made when asked for. Owned by a view or an export, on the recording's thread.
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

    void showConnection(int connection); ///< its steps, and its flow once that is known; 0: nothing
    void showFlow(int flow);             ///< whatever steps it has; -1: nothing
    void setAbsolute(bool absolute);     ///< sequence numbers as on the wire, or from 0
    bool isAbsolute() const { return m_absolute; }
    /// What the kernel says of an end in TIME-WAIT: the seconds until it ends. -1: nothing.
    void setTimeWaitLeft(Side side, int seconds);
    int timeWaitLeft(Side side) const { return m_timeWaitLeft[size_t(side)]; }

    qsizetype count() const { return m_segments + qsizetype(m_lone.size()); }
    LadderRow at(qsizetype row) const; ///< 0 ≤ row < count()
    Item itemAt(qsizetype row) const;
    qsizetype rowOfSegment(qsizetype segment) const; ///< 0 ≤ segment < the flow's count
    /// The rows of a step, ascending: those of its segments, or its own. Empty where it has none here.
    std::vector<qsizetype> rowsOfStep(qsizetype step) const;
    qsizetype ackRowOfStep(qsizetype step) const; ///< -1: none

    const Recording &recording() const { return m_recording; }
    int flowIndex() const { return m_flow; }
    const Flow *flow() const { return m_flow < 0 ? nullptr : &m_recording.flows().at(m_flow); }
    int connection() const { return m_connection; }
    QString address(Side side) const; ///< "127.0.0.1:8700"; nothing where it is not known
    /// The end has sent FIN before that step, by Finish Sending.
    bool isAfterFinishedSending(qsizetype step, Side side) const;
    std::array<LadderState, 2> statesBefore(qsizetype row) const; ///< by Side
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
        quint32 step = 0; ///< of the lone row before it
        quint32 segment = 0;
    };

    void rebuild();
    void takeSteps();
    void takeSegment(int flow, qsizetype changedFrom);
    void takeStep(qsizetype index, const Step &step);
    void note(qsizetype index, const Step &step);
    void takeStates(int connection);
    void update();
    void settle();
    void matchWithLone(qsizetype fromSegment, qsizetype toSegment);
    void bumpTrailing(qsizetype toSegment);
    void insertStep(qsizetype index, qint64 timeUs);
    void insertState(const Recording::KernelState &state);
    void touch(qsizetype row);
    quint32 segmentsUntil(qint64 timeUs) const;
    quint32 stepOf(const Lone &lone) const;
    qint64 timeOf(const Lone &lone) const; ///< in µs; a step's is read from the session
    size_t loneFrom(qsizetype row) const;  ///< the first that stands at row or behind it
    qsizetype rowOfLone(size_t index) const { return qsizetype(index) + qsizetype(m_lone[index].segment); }
    std::array<LadderState, 2> statesAfterSegment(qsizetype segment) const;

    const Recording &m_recording;
    int m_connection = 0;
    int m_flow = -1;
    bool m_absolute = false;
    qsizetype m_segments = 0; ///< of the flow, that have rows
    std::deque<Lone> m_lone;  ///< in the order of their rows, their steps ascend; a vector would stall as it grows
    std::vector<State> m_states;
    size_t m_takenStates = 0;                            ///< of the recording's
    std::vector<std::pair<qsizetype, qint64>> m_waiting; ///< steps and their times
    bool m_mayMatch = false;                             ///< some lone step may get a segment later
    std::array<qsizetype, 2> m_finishedSending{-1, -1};  ///< by Side: the step
    std::array<QString, 2> m_addresses;                  ///< by Side, as steps have them
    std::array<int, 2> m_timeWaitLeft{-1, -1};           ///< by Side
    qsizetype m_dirtySegment = -1;                       ///< the first segment that changed; -1: none
    qsizetype m_dirtyRow = -1;                           ///< the first row that changed; -1: none
    QTimer m_settle;
};
