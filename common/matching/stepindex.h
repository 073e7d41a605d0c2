// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "messagelist.h"
#include "packets/segment.h"
#include "steps/step.h"

#include <QHash>
#include <QVarLengthArray>

#include <algorithm>
#include <deque>
#include <vector>

/// Indexes the steps of a session by their connection. A part of a StepMatch. A message needs about 4 bytes, or 12 if
/// each step belongs to a different connection than the step before. A connection with one message in each direction,
/// opening and closing included, needs about 250 bytes.
class StepIndex
{
public:
    struct Event {
        StepKind kind = StepKind::Error;
        bool hasSegments = false; ///< or may get them later
        quint32 step = 0;
    };
    /// Most connections need no more than the inline capacity.
    using Events = QVarLengthArray<Event, 3>;
    /// One end of one connection, and its steps. Each list is in the order of the steps; some steps are in no list.
    struct Connection {
        int number = 0;
        SocketAddress local; ///< version 0: unknown
        SocketAddress peer;
        int before = -1;     ///< the previous connection with these addresses
        int sameNumber = -1; ///< the previous connection with this number, but other addresses
        int sameHash = -1;   ///< the previous connection whose addresses have this hash
        qint64 firstUs = 0;  ///< the time of its first step
        quint32 firstRun = 0;
        quint32 lastRun = 0;
        MessageList sent;
        MessageList received;
        Events events; ///< those that may have segments, or that affect a state
        bool hasFinishedSending = false;
        /// Where the data begins that the other end never acknowledged; -1: unknown, or there is none.
        qint64 undeliveredFrom = -1;
    };

    /// Whether a step of a connection may have segments of its own.
    static bool mayHaveSegments(const Step &step);
    /// Whether a step of a connection or an attempt changes the state of an end, or says how an earlier step does.
    static bool tellsOfState(StepKind kind);

    /// Returns the step's index: 0, 1, 2, … A message that overlaps an earlier one, or that cannot be in a stream,
    /// has no segments.
    qsizetype add(const Step &step);
    qsizetype count() const { return m_count; }

    const Connection &connection(int index) const { return m_chunks[size_t(index) / chunk][size_t(index) % chunk]; }
    const Connection *connectionOf(qsizetype step) const; ///< null: the step has no connection. 0 ≤ step < count()
    /// Calls f(from, to) for each run of a connection's steps from ≤ step < to, ascending. Looks only at the time
    /// span of the connection.
    template<typename F>
    void forEachRunOf(int number, F f) const;
    /// The newest connection with a number, or -1; sameNumber leads to the others.
    int newest(int number) const;
    /// The newest connection with these addresses, or -1; before leads to the others.
    int newest(const SocketAddress &local, const SocketAddress &peer) const;

private:
    /// Connections per chunk. A std::deque would waste a fifth of the memory, and a std::vector would move the
    /// connections.
    static constexpr size_t chunk = 256;

    int enter(const Step &step);
    int find(const Step &step);

    /// Consecutive steps of one connection.
    struct Run {
        quint32 firstStep = 0;
        int connection = -1; ///< its index; -1: the steps have no connection
    };

    qsizetype m_count = 0;
    std::deque<Run> m_runs;
    std::vector<std::vector<Connection>> m_chunks;
    int m_connections = 0;
    /// The connection of the previous step, and its name: the next step usually belongs to the same connection.
    struct {
        int index = -1;
        int number = 0;
        QString local;
        QString peer;
    } m_last;
    QHash<int, int> m_byNumber;   ///< the newest connection with that number
    QHash<quint32, int> m_byHash; ///< the newest connection whose addresses have that hash
};

template<typename F>
void StepIndex::forEachRunOf(int number, F f) const
{
    QVarLengthArray<int, 2> indexes;
    size_t first = m_runs.size();
    size_t last = 0;
    for (int index = newest(number); index >= 0; index = connection(index).sameNumber) {
        indexes.push_back(index);
        first = std::min(first, size_t(connection(index).firstRun));
        last = std::max(last, size_t(connection(index).lastRun));
    }
    for (size_t i = first; i < m_runs.size() && i <= last; ++i) {
        if (indexes.contains(m_runs[i].connection))
            f(qsizetype(m_runs[i].firstStep), i + 1 < m_runs.size() ? qsizetype(m_runs[i + 1].firstStep) : m_count);
    }
}
