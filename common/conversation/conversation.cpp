// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation.h"

namespace {

constexpr int quitMs = 1000; ///< the longest wait for unsent bytes to leave

} // namespace

Conversation::Conversation(Side side, Journal &journal)
    : m_journal(journal)
    , m_side(side)
{
    connect(&journal, &Journal::drained, this, [this] {
        for (auto next = m_connections.begin(); next != m_connections.end();)
            (next++)->second->resume(); // the connection may end and leave the map
    });
}

void Conversation::send(int connection, const MessageTemplate &message)
{
    if (Connection *open = find(connection))
        open->send(message);
}

void Conversation::repeat(int connection, const MessageTemplate &message, const Repetition &repetition)
{
    Connection *open = find(connection);
    if (!open)
        return;
    auto &repeater = m_repeaters[connection];
    repeater = std::make_unique<Repeater>(*open, message, repetition, m_journal);
    repeater->setPaused(m_isPaused);
    repeater->start();
}

void Conversation::stopSending(int connection)
{
    if (const auto repeater = m_repeaters.find(connection); repeater != m_repeaters.end())
        repeater->second->stop();
    if (Connection *open = find(connection))
        open->stopFile();
}

void Conversation::replyNow(int connection)
{
    if (Connection *open = find(connection))
        open->replyNow();
}

void Conversation::finishSending(int connection)
{
    if (Connection *open = find(connection))
        open->finishSending();
}

void Conversation::close(int connection)
{
    if (Connection *open = find(connection))
        open->close();
}

void Conversation::reset(int connection)
{
    if (Connection *open = find(connection))
        open->reset();
}

void Conversation::keepOpen(int connection)
{
    if (Connection *open = find(connection))
        open->keepOpen();
}

void Conversation::setFraming(int connection, const Framing &framing)
{
    if (Connection *open = find(connection))
        open->setFraming(framing);
}

void Conversation::takePartial(int connection)
{
    if (Connection *open = find(connection))
        open->takePartial();
}

void Conversation::stopReading(int connection)
{
    if (Connection *open = find(connection))
        open->stopReading();
}

void Conversation::readAgain(int connection)
{
    if (Connection *open = find(connection))
        open->readAgain();
}

void Conversation::setPaused(bool isPaused)
{
    if (std::exchange(m_isPaused, isPaused) == isPaused)
        return;
    for (const auto &[id, connection] : m_connections)
        connection->setPaused(isPaused);
    for (const auto &[id, repeater] : m_repeaters)
        repeater->setPaused(isPaused);
    pauseTimers();
}

void Conversation::quit()
{
    quitWhenSent();
    if (!m_connections.empty())
        QTimer::singleShot(quitMs, this, &Conversation::quitNow);
}

void Conversation::quitWhenSent()
{
    if (m_isQuitting && m_connections.empty())
        return; // it is done
    stopOpening();
    for (auto next = m_connections.begin(); next != m_connections.end();)
        (next++)->second->close(); // the connection may end and leave the map
    const bool wasQuitting = std::exchange(m_isQuitting, true);
    if (m_connections.empty() && !wasQuitting)
        emit quitDone();
}

void Conversation::quitNow()
{
    while (!m_connections.empty())
        m_connections.begin()->second->closeAtOnce();
}

Connection &Conversation::addConnection(std::unique_ptr<QTcpSocket> socket, const QString &peer,
                                        const ConnectionSettings &settings)
{
    const int id = ++m_lastId;
    Connection::Listener &listener = *this; // which std::make_unique() may not see
    auto connection = std::make_unique<Connection>(id, m_side, std::move(socket), peer, settings, m_journal, listener);
    connection->setPaused(m_isPaused);
    return *m_connections.emplace(id, std::move(connection)).first->second;
}

void Conversation::connectionCloses(const TcpStream::Remainder &remainder, const Step &event)
{
    m_closedWatch.add(remainder, event);
}

void Conversation::connectionIsOver(Connection &connection)
{
    const int id = connection.id();
    const bool isByPeer = connection.hasPeerEndedFirst();
    if (auto repeater = m_repeaters.extract(id)) {
        repeater.mapped()->stop();
        repeater.mapped().release()->deleteLater();
    }
    m_connections.extract(id).mapped().release()->deleteLater(); // it is still on the call stack
    emit connectionEnded(id, isByPeer);
    if (m_isQuitting && m_connections.empty())
        emit quitDone();
}

QList<int> Conversation::openIds() const
{
    QList<int> ids;
    ids.reserve(qsizetype(m_connections.size()));
    for (const auto &entry : m_connections)
        ids.append(entry.first);
    return ids;
}

Connection *Conversation::find(int id) const
{
    const auto found = m_connections.find(id);
    return found == m_connections.end() ? nullptr : found->second.get();
}

void Conversation::log(StepKind kind, const QString &local, const QString &peer, const QString &detail)
{
    Step step = Step::event(m_side, kind, detail);
    step.local = local;
    step.peer = peer;
    m_journal.add(std::move(step));
}

#include "moc_conversation.cpp"
