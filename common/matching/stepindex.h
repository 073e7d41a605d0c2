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

/// The steps of a session by the connection they are of. A part of a StepMatch. A message needs about 4 bytes, or 12 where each step
/// is of another connection than the one before; a connection with one message each way and what opens and closes it about 250 in
/// all.
class StepIndex
{
public:
    struct Event {
        StepKind kind = StepKind::Error;
        bool hasSegments = false; ///< or may get them
        quint32 step = 0;
    };
    /// Most connections need no more than what is in place.
    using Events = QVarLengthArray<Event, 3>;
    /// One end of one connection, and its steps, each list in their order. Some are in none.
    struct Connection {
        int number = 0;
        SocketAddress local; ///< version 0: not known
        SocketAddress peer;
        int before = -1;     ///< the connection that had these addresses before
        int sameNumber = -1; ///< the one before with this number, but other addresses
        int sameHash = -1;   ///< the one before whose addresses have this hash
        qint64 firstUs = 0;  ///< when its first step happened
        quint32 firstRun = 0;
        quint32 lastRun = 0;
        MessageList sent;
        MessageList received;
        Events events; ///< those that may have segments, or tell of a state
        bool hasFinishedSending = false;
        qint64 undeliveredFrom = -1; ///< where what the other end never acknowledged begins; -1: nowhere that is known
    };

    /// Of a step of a connection: some segment may be its own.
    static bool mayHaveSegments(const Step &step);
    /// Of a step of a connection or an attempt: it changes a state of an end, or says how a step before it does.
    static bool tellsOfState(StepKind kind);

    /// Returns the step's index: 0, 1, 2, … A message that overlaps one before, or cannot be in a stream, has no segments.
    qsizetype add(const Step &step);
    qsizetype count() const { return m_count; }

    const Connection &connection(int index) const { return m_chunks[size_t(index) / chunk][size_t(index) % chunk]; }
    const Connection *connectionOf(qsizetype step) const; ///< null: it is of none. 0 ≤ step < count()
    /// Calls f(from, to) for the steps of a connection, ascending: those from one on, up to before another, and so on. Looks at what
    /// happened in its time.
    template<typename F>
    void forEachRunOf(int number, F f) const;
    /// The newest connection of a number, or -1; sameNumber tells the others.
    int newest(int number) const;
    /// The newest connection with these addresses, or -1; before tells the others.
    int newest(const SocketAddress &local, const SocketAddress &peer) const;

private:
    static constexpr size_t chunk = 256; ///< connections: a std::deque would waste a fifth, a std::vector move them

    int enter(const Step &step);
    int find(const Step &step);

    /// Steps of one connection that follow each other.
    struct Run {
        quint32 firstStep = 0;
        int connection = -1; ///< its index; -1: of none
    };

    qsizetype m_count = 0;
    std::deque<Run> m_runs;
    std::vector<std::vector<Connection>> m_chunks;
    int m_connections = 0;
    /// The connection of the step before, and how it was named: most often the next is of the same.
    struct {
        int index = -1;
        int number = 0;
        QString local;
        QString peer;
    } m_last;
    QHash<int, int> m_byNumber;   ///< the newest of a number
    QHash<quint32, int> m_byHash; ///< the newest whose addresses have the hash
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
