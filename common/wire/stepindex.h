// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "segment.h"
#include "steps/step.h"

#include <QHash>
#include <QVarLengthArray>

#include <vector>

/// The steps of a session by the connection they are of. A part of a StepMatch. A step needs 4 bytes, and of a connection
/// up to 16 more; a connection with one message each way and what opens and closes it about 250 in all.
class StepIndex
{
public:
    struct Message {
        qint64 offset = 0;
        quint32 bytes = 0;
        quint32 step = 0;
        qint64 end() const { return offset + bytes; }
    };
    struct Event {
        StepKind kind = StepKind::Error;
        quint32 step = 0;
    };
    /// Most connections need no more than what is in place.
    using Messages = QVarLengthArray<Message, 1>;
    using Events = QVarLengthArray<Event, 3>;
    /// One end of one connection, and its steps, each list in their order.
    struct Connection {
        SocketAddress local; ///< version 0: not known
        SocketAddress peer;
        int before = -1;     ///< the connection that had these addresses before
        int sameNumber = -1; ///< the one before with this number, but other addresses
        int sameHash = -1;   ///< the one before whose addresses have this hash
        qint64 firstUs = 0;  ///< when its first step happened
        Messages sent;       ///< without overlaps
        Messages received;   ///< the same
        Events events;       ///< those that may have segments
        std::vector<quint32> others;
        bool hasFinishedSending = false;
    };

    /// Of a step of a connection: some segment may be its own.
    static bool mayHaveSegments(StepKind kind);

    /// Returns the step's index: 0, 1, 2, … A message that overlaps one before, or cannot be in a stream, is one of others.
    qsizetype add(const Step &step);
    qsizetype count() const { return qsizetype(m_steps.size()); }

    const Connection &connection(int index) const { return m_chunks[size_t(index) / chunk][size_t(index) % chunk]; }
    const Connection *connectionOf(qsizetype step) const; ///< null: it is of none. 0 ≤ step < count()
    std::vector<qsizetype> stepsOf(int number) const;     ///< ascending; O(as many)
    /// The newest connection of a number, or -1; sameNumber tells the others.
    int newest(int number) const;
    /// The newest connection with these addresses, or -1; before tells the others.
    int newest(const SocketAddress &local, const SocketAddress &peer) const;

private:
    static constexpr size_t chunk = 256; ///< connections: a std::deque would waste a fifth, a std::vector move them

    int enter(const Step &step);

    std::vector<int> m_steps; ///< the index of its connection; -1: none
    std::vector<std::vector<Connection>> m_chunks;
    int m_connections = 0;
    QHash<int, int> m_byNumber;   ///< the newest of a number
    QHash<quint32, int> m_byHash; ///< the newest whose addresses have the hash
};
