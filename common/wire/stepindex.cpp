// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepindex.h"

#include <algorithm>
#include <limits>

namespace {

constexpr SocketAddress unknown{.version = 0};

bool isPlausible(const Step &step, const std::vector<StepIndex::Message> &before)
{
    constexpr qint64 mostBytes = std::numeric_limits<quint32>::max();
    const qint64 least = before.empty() ? 0 : before.back().end();
    return step.offset >= least && step.offset < std::numeric_limits<qint64>::max() - mostBytes && step.bytes > 0 &&
           step.bytes <= mostBytes;
}

} // namespace

qsizetype StepIndex::add(const Step &step)
{
    const qsizetype index = count();
    m_steps.push_back(step.connection > 0 ? enter(step) : -1);
    if (m_steps.back() < 0)
        return index;
    Connection &connection = m_connections[size_t(m_steps.back())];
    std::vector<Message> &messages = step.kind == StepKind::Send ? connection.sent : connection.received;
    if (step.isMessage() && isPlausible(step, messages))
        messages.push_back({step.offset, quint32(step.bytes), quint32(index)});
    else
        connection.others.push_back({step.kind, quint32(index)});
    connection.hasFinishedSending |= step.kind == StepKind::FinishedSending;
    return index;
}

/// Finds its connection, or makes one.
int StepIndex::enter(const Step &step)
{
    const SocketAddress local = SocketAddress::fromText(step.local).value_or(unknown);
    const SocketAddress peer = SocketAddress::fromText(step.peer).value_or(unknown);
    const int last = m_byNumber.value(step.connection, -1);
    for (int index = last; index >= 0; index = connection(index).sameNumber) {
        if (connection(index).local == local && connection(index).peer == peer)
            return index;
    }
    const auto index = int(m_connections.size());
    m_connections.push_back({.local = local,
                             .peer = peer,
                             .number = step.connection,
                             .before = newest(local, peer),
                             .sameNumber = last,
                             .firstUs = step.time.wallUs});
    m_byNumber.insert(step.connection, index);
    m_byAddresses.insert({local, peer}, index);
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
    for (int index = m_byNumber.value(number, -1); index >= 0; index = connection(index).sameNumber) {
        const Connection &connection = this->connection(index);
        const auto take = [&steps](const auto &list) {
            const auto middle = steps.size();
            for (const auto &entry : list)
                steps.push_back(qsizetype(entry.step));
            std::inplace_merge(steps.begin(), steps.begin() + qsizetype(middle), steps.end());
        };
        take(connection.sent);
        take(connection.received);
        take(connection.others);
    }
    return steps;
}

qsizetype StepIndex::lastStepOf(int number) const
{
    qsizetype last = -1;
    for (int index = m_byNumber.value(number, -1); index >= 0; index = connection(index).sameNumber) {
        const Connection &connection = this->connection(index);
        const auto take = [&last](const auto &list) {
            if (!list.empty())
                last = std::max(last, qsizetype(list.back().step));
        };
        take(connection.sent);
        take(connection.received);
        take(connection.others);
    }
    return last;
}

int StepIndex::newest(const SocketAddress &local, const SocketAddress &peer) const
{
    return m_byAddresses.value({local, peer}, -1);
}
