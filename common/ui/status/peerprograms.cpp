// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "peerprograms.h"

#include "kernel/socketowner.h"
#include "steps/steptext.h"

namespace {

constexpr size_t maxKnown = 4096; ///< connections: those before are closed, or are looked for once more

} // namespace

PeerPrograms::PeerPrograms(QObject *parent)
    : QObject(parent)
    , m_errand(this)
{
}

QString PeerPrograms::text(const QByteArray &program, qint64 process)
{
    return tr("%1, process %2", "a program").arg(StepText::escaped(program).text).arg(process);
}

void PeerPrograms::look(int connection, const QString &local, const QString &peer)
{
    if (m_known.contains(connection))
        return;
    m_next = {connection, local, peer};
    if (!m_errand.isOut())
        send(*std::exchange(m_next, std::nullopt));
}

void PeerPrograms::send(const Wanted &wanted)
{
    m_known.insert(wanted.connection);
    if (m_known.size() > maxKnown)
        m_known.erase(m_known.begin());
    m_errand.send([this, wanted]() -> Errand::Answer {
        const auto ends = SocketPair::fromText(wanted.local, wanted.peer);
        const auto owner = ends ? SocketOwner::find(ends->swapped()) : std::nullopt;
        return [this, wanted, owner] { // runs on this object's thread, if it still exists
            if (const auto next = std::exchange(m_next, std::nullopt); next && !m_known.contains(next->connection))
                send(*next);
            if (owner)
                emit found(wanted.connection, text(owner->program, owner->process));
        };
    });
}

#include "moc_peerprograms.cpp"
