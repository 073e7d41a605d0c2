// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "segment.h"
#include "steps/step.h"

#include <QHash>

#include <deque>
#include <vector>

/// The steps of a session by the connection they are of. A part of a StepMatch. A step needs 4 bytes, of a connection 16
/// more if it is a message, 8 if not; a connection about 250.
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
    /// One end of one connection, and its steps, each list in their order.
    struct Connection {
        SocketAddress local; ///< version 0: not known
        SocketAddress peer;
        int number = 0;                ///< Step::connection
        int before = -1;               ///< the connection that had these addresses before
        int sameNumber = -1;           ///< the one before with this number, but other addresses
        qint64 firstUs = 0;            ///< when its first step happened
        std::vector<Message> sent;     ///< without overlaps
        std::vector<Message> received; ///< the same
        std::vector<Event> others;
        bool hasFinishedSending = false;
    };

    /// Returns the step's index: 0, 1, 2, … A message that overlaps one before, or cannot be in a stream, is one of others.
    qsizetype add(const Step &step);
    qsizetype count() const { return qsizetype(m_steps.size()); }

    const Connection &connection(int index) const { return m_connections[size_t(index)]; }
    const Connection *connectionOf(qsizetype step) const; ///< null: it is of none. 0 ≤ step < count()
    std::vector<qsizetype> stepsOf(int number) const;     ///< ascending; O(as many)
    qsizetype lastStepOf(int number) const;               ///< -1: none
    /// The newest connection with these addresses, or -1; before tells the others.
    int newest(const SocketAddress &local, const SocketAddress &peer) const;

private:
    using Addresses = std::pair<SocketAddress, SocketAddress>; ///< local, peer

    int enter(const Step &step);

    std::vector<int> m_steps; ///< the index of its connection; -1: none
    std::deque<Connection> m_connections;
    QHash<int, int> m_byNumber; ///< the newest of a number
    QHash<Addresses, int> m_byAddresses;
};
