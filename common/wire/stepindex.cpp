// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepindex.h"

#include <limits>

qsizetype StepIndex::add(const Step &step)
{
    const qsizetype index = count();
    m_steps.push_back(enter(step, quint32(index)));
    return index;
}

int StepIndex::connectionOf(const Step &step)
{
    const auto number = int(m_connections.size());
    const auto [known, isNew] = m_byNumber.try_emplace({step.connection, step.local, step.peer}, number);
    if (isNew) {
        std::vector<int> &sameAddresses = m_byAddresses[{step.local, step.peer}];
        Connection &connection = m_connections.emplace_back();
        connection.local = step.local;
        connection.peer = step.peer;
        connection.firstUs = step.time.wallUs;
        connection.before = sameAddresses.empty() ? -1 : sameAddresses.back();
        sameAddresses.push_back(number);
    }
    return known->second;
}

StepIndex::Entry StepIndex::enter(const Step &step, quint32 index)
{
    if (step.connection == 0 || step.local.isEmpty() || step.peer.isEmpty())
        return {};
    const int number = connectionOf(step);
    Connection &connection = m_connections[size_t(number)];
    const auto entry = [number](size_t at, Place place) {
        return Entry{.connection = number, .index = quint32(at), .place = place};
    };
    if (step.isMessage()) {
        const bool isSent = step.kind == StepKind::Send;
        std::vector<Message> &messages = isSent ? connection.sent : connection.received;
        const qint64 least = messages.empty() ? 0 : messages.back().end();
        constexpr qint64 most = std::numeric_limits<qint64>::max() - std::numeric_limits<quint32>::max();
        const bool isPlausible = step.offset >= least && step.offset < most && step.bytes > 0 &&
                                 step.bytes <= std::numeric_limits<quint32>::max();
        if (!isPlausible)
            return {};
        messages.push_back({step.offset, quint32(step.bytes), index});
        return entry(messages.size() - 1, isSent ? Place::Sent : Place::Received);
    }
    switch (step.kind) {
    case StepKind::FinishedSending:
        connection.hasFinishedSending = true;
        break;
    case StepKind::Connected:
    case StepKind::PeerFinished:
    case StepKind::Close:
    case StepKind::Reset:
    case StepKind::ResetByPeer:
        break;
    default:
        return {};
    }
    connection.others.push_back({step.kind, index});
    return entry(connection.others.size() - 1, Place::Other);
}

const std::vector<int> &StepIndex::find(const QString &local, const QString &peer) const
{
    static const std::vector<int> none;
    const auto found = m_byAddresses.find({local, peer});
    return found == m_byAddresses.end() ? none : found->second;
}
