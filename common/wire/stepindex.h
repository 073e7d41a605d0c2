// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/step.h"

#include <deque>
#include <map>
#include <vector>

/// The steps that may have segments, by the connection they are of. A part of a StepMatch; a step needs about 28 bytes.
class StepIndex
{
public:
    enum class Place : quint8 { Nowhere, Sent, Received, Other };
    /// Where a step of any kind is kept.
    struct Entry {
        int connection = 0;
        quint32 index = 0; ///< in the vector of that place
        Place place = Place::Nowhere;
    };
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
    /// One end of one connection, and its steps.
    struct Connection {
        QString local;
        QString peer;
        qint64 firstUs = 0;            ///< when its first step happened
        int before = -1;               ///< the connection that had these addresses before
        std::vector<Message> sent;     ///< ascending, without overlaps
        std::vector<Message> received; ///< the same
        std::vector<Event> others;     ///< those that may have segments
        bool hasFinishedSending = false;
    };

    /// Returns the step's index: 0, 1, 2, … A message that overlaps one before, or cannot be in a stream, is left out.
    qsizetype add(const Step &step);
    qsizetype count() const { return qsizetype(m_steps.size()); }

    Entry at(qsizetype step) const { return m_steps[size_t(step)]; } ///< 0 ≤ step < count()
    const Connection &connection(int number) const { return m_connections[size_t(number)]; }
    /// The connections with these addresses, in the order of their first steps.
    const std::vector<int> &find(const QString &local, const QString &peer) const;

private:
    int connectionOf(const Step &step);
    Entry enter(const Step &step, quint32 index);

    std::vector<Entry> m_steps;
    std::deque<Connection> m_connections;
    std::map<std::tuple<int, QString, QString>, int> m_byNumber;           ///< connection, local, peer
    std::map<std::pair<QString, QString>, std::vector<int>> m_byAddresses; ///< local, peer
};
