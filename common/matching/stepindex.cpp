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

bool isPlausible(const Step &step, const MessageList &before)
{
    constexpr qint64 maxBytes = std::numeric_limits<quint32>::max();
    const qint64 minOffset = before.isEmpty() ? 0 : before.last().end();
    return step.offset >= minOffset && step.offset < std::numeric_limits<qint64>::max() - maxBytes && step.bytes > 0 &&
           step.bytes <= maxBytes;
}

} // namespace

bool StepIndex::mayHaveSegments(const Step &step)
{
    switch (step.kind) {
    case StepKind::FinishedSending:
        // Otherwise FinSent has the FIN.
        return step.bytes < 0;
    case StepKind::Send:
    case StepKind::Recv:
    case StepKind::Close:
    case StepKind::Reset:
    case StepKind::Connected:
    case StepKind::FinSent:
    case StepKind::PeerFinished:
    case StepKind::ResetByPeer:
        return true;
    default:
        return false;
    }
}

bool StepIndex::tellsOfState(StepKind kind)
{
    switch (kind) {
    case StepKind::Close:
    case StepKind::Reset:
    case StepKind::Connecting:
    case StepKind::Connected:
    case StepKind::PeerFinished:
    case StepKind::FinishedSending:
    case StepKind::FinSent:
    case StepKind::Closing:
    case StepKind::Refused:
    case StepKind::Unreachable:
    case StepKind::ResetByPeer:
    case StepKind::TimedOut:
    case StepKind::Cancelled:
    case StepKind::Undelivered:
    case StepKind::Unread:
        return true;
    default:
        return false;
    }
}

qsizetype StepIndex::add(const Step &step)
{
    const qsizetype index = m_count++;
    const int entered = step.connection > 0 ? enter(step) : -1;
    if (m_runs.empty() || m_runs.back().connection != entered)
        m_runs.push_back({quint32(index), entered});
    if (entered < 0)
        return index;
    const auto place = size_t(entered);
    Connection &connection = m_chunks[place / chunk][place % chunk];
    connection.lastRun = quint32(m_runs.size() - 1);
    MessageList &messages = step.kind == StepKind::Send ? connection.sent : connection.received;
    if (step.isMessage() && isPlausible(step, messages))
        messages.append({step.offset, quint32(step.bytes), quint32(index)});
    else if (tellsOfState(step.kind))
        connection.events.push_back({step.kind, mayHaveSegments(step), quint32(index)});
    connection.hasFinishedSending |= step.kind == StepKind::FinishedSending;
    if (step.kind == StepKind::Undelivered)
        connection.undeliveredFrom = step.offset;
    return index;
}

/// Returns the connection of the step, and creates it if necessary.
int StepIndex::enter(const Step &step)
{
    const bool isLast = m_last.number == step.connection && m_last.local == step.local && m_last.peer == step.peer;
    if (!isLast)
        m_last = {find(step), step.connection, step.local, step.peer};
    return m_last.index;
}

int StepIndex::find(const Step &step)
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
    m_chunks.back().push_back({.number = step.connection,
                               .local = local,
                               .peer = peer,
                               .before = newest(local, peer),
                               .sameNumber = last,
                               .sameHash = m_byHash.value(hash, -1),
                               .firstUs = step.time.wallUs,
                               .firstRun = quint32(m_runs.size())});
    m_byNumber.insert(step.connection, index);
    m_byHash.insert(hash, index);
    return index;
}

const StepIndex::Connection *StepIndex::connectionOf(qsizetype step) const
{
    const auto behind = std::partition_point(m_runs.begin(), m_runs.end(),
                                             [step](const Run &run) { return qsizetype(run.firstStep) <= step; });
    const int index = std::prev(behind)->connection;
    return index < 0 ? nullptr : &connection(index);
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
