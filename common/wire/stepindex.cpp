// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepindex.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace {

constexpr SocketAddress unknown{.version = 0};

quint32 hashOf(const SocketAddress &local, const SocketAddress &peer)
{
    return quint32(qHashMulti(0, local, peer));
}

bool isPlausible(const Step &step, const StepIndex::Messages &before)
{
    constexpr qint64 mostBytes = std::numeric_limits<quint32>::max();
    const qint64 least = before.empty() ? 0 : before.back().end();
    return step.offset >= least && step.offset < std::numeric_limits<qint64>::max() - mostBytes && step.bytes > 0 &&
           step.bytes <= mostBytes;
}

} // namespace

bool StepIndex::mayHaveSegments(StepKind kind)
{
    switch (kind) {
    case StepKind::Send:
    case StepKind::Recv:
    case StepKind::Close:
    case StepKind::Reset:
    case StepKind::Connected:
    case StepKind::FinishedSending:
    case StepKind::PeerFinished:
    case StepKind::ResetByPeer:
        return true;
    default:
        return false;
    }
}

qsizetype StepIndex::add(const Step &step)
{
    const qsizetype index = count();
    m_steps.push_back(step.connection > 0 ? enter(step) : -1);
    if (m_steps.back() < 0)
        return index;
    const auto place = size_t(m_steps.back());
    Connection &connection = m_chunks[place / chunk][place % chunk];
    Messages &messages = step.kind == StepKind::Send ? connection.sent : connection.received;
    if (step.isMessage() && isPlausible(step, messages))
        messages.push_back({step.offset, quint32(step.bytes), quint32(index)});
    else if (!step.isMessage() && mayHaveSegments(step.kind))
        connection.events.push_back({step.kind, quint32(index)});
    else
        connection.others.push_back(quint32(index));
    connection.hasFinishedSending |= step.kind == StepKind::FinishedSending;
    return index;
}

/// Finds its connection, or makes one.
int StepIndex::enter(const Step &step)
{
    const SocketAddress local = SocketAddress::fromText(step.local).value_or(unknown);
    const SocketAddress peer = SocketAddress::fromText(step.peer).value_or(unknown);
    const int last = newest(step.connection);
    for (int index = last; index >= 0; index = connection(index).sameNumber) {
        if (connection(index).local == local && connection(index).peer == peer)
            return index;
    }
    const int index = m_connections++;
    const quint32 hash = hashOf(local, peer);
    if (size_t(index) % chunk == 0)
        m_chunks.emplace_back().reserve(chunk);
    m_chunks.back().push_back({.local = local,
                               .peer = peer,
                               .before = newest(local, peer),
                               .sameNumber = last,
                               .sameHash = m_byHash.value(hash, -1),
                               .firstUs = step.time.wallUs});
    m_byNumber.insert(step.connection, index);
    m_byHash.insert(hash, index);
    return index;
}

const StepIndex::Connection *StepIndex::connectionOf(qsizetype step) const
{
    const int index = m_steps[size_t(step)];
    return index < 0 ? nullptr : &connection(index);
}

std::vector<qsizetype> StepIndex::stepsOf(int number) const
{
    std::vector<qsizetype> steps;
    const auto take = [&steps](const auto &list, auto stepOf) {
        const auto middle = qsizetype(steps.size());
        std::transform(list.begin(), list.end(), std::back_inserter(steps), stepOf);
        std::inplace_merge(steps.begin(), steps.begin() + middle, steps.end());
    };
    for (int index = newest(number); index >= 0; index = connection(index).sameNumber) {
        const Connection &connection = this->connection(index);
        take(connection.sent, [](const Message &message) { return qsizetype(message.step); });
        take(connection.received, [](const Message &message) { return qsizetype(message.step); });
        take(connection.events, [](const Event &event) { return qsizetype(event.step); });
        take(connection.others, [](quint32 step) { return qsizetype(step); });
    }
    return steps;
}

int StepIndex::newest(int number) const
{
    return m_byNumber.value(number, -1);
}

int StepIndex::newest(const SocketAddress &local, const SocketAddress &peer) const
{
    int index = m_byHash.value(hashOf(local, peer), -1);
    while (index >= 0 && (connection(index).local != local || connection(index).peer != peer))
        index = connection(index).sameHash;
    return index;
}
