// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "soak.h"

namespace {

constexpr int turnMs = 2;
constexpr size_t clientCount = 3;
constexpr qsizetype maxPeers = 40;          ///< at the same time
constexpr int patienceMs = 60'000;          ///< until everything is quiet
constexpr qint64 memorySlack = 1024 * 1024; ///< what glibc keeps per thread

} // namespace

Soak::Soak(quint64 seed, int seconds)
    : m_dice(seed)
    , m_seconds(seconds)
    , m_server(std::make_unique<SoakServer>(m_folder.filePath(QStringLiteral("server.jsonl"))))
{
    for (size_t i = 0; i < clientCount; ++i)
        m_clients.push_back(std::make_unique<SoakClient>(m_folder.filePath(QStringLiteral("client%1.jsonl").arg(i))));
    m_timer.setInterval(turnMs);
    connect(&m_timer, &QTimer::timeout, this, &Soak::turn);
}

void Soak::start()
{
    m_sinceStart.start();
    beginRound();
    m_timer.start();
}

void Soak::turn()
{
    if (m_isOver)
        return;
    m_server->turn();
    for (const auto &client : m_clients)
        client->turn();
    for (SoakPeer &peer : m_peers)
        peer.act(m_dice);
    if (m_phase == Phase::Starting && m_server->isListening()) {
        m_phase = Phase::Mixing;
        m_inPhase.start();
    } else if (m_phase == Phase::Mixing) {
        m_inPhase.hasExpired(m_mixMs) ? drain() : mix();
    } else if (m_phase == Phase::Draining && isQuiet()) {
        audit();
    } else if (m_phase == Phase::Settling) {
        settle();
    } else if (m_inPhase.hasExpired(patienceMs)) {
        violation(QStringLiteral("the connections do not become quiet: ") + whatGoesOn());
    }
}

void Soak::beginRound()
{
    m_phase = Phase::Starting;
    m_inPhase.start();
    m_mixMs = m_rounds == 0 ? 300 : 500 + int(m_dice.upTo(1500));
    m_server->openSession();
    for (const auto &client : m_clients)
        client->openSession();
    m_server->start(m_dice);
}

void Soak::mix()
{
    const auto alive =
        std::count_if(m_peers.begin(), m_peers.end(), [](const SoakPeer &peer) { return !peer.hasEnded(); });
    if (alive < maxPeers && m_dice.oneIn(4))
        addPeer();
    if (m_dice.oneIn(500)) {
        for (int i = 0; i < 100; ++i) { // a burst of connections while the server accepts
            m_peers.push_back(SoakPeer::connectTo(m_server->port(), nextHost(), '\0', m_dice));
            m_peers.back().resetAtOnce();
        }
    }
    if (m_dice.oneIn(8))
        m_server->act(m_dice);
    if (m_dice.oneIn(50))
        m_server->changeDelay(m_dice);
    if (m_dice.oneIn(200))
        m_server->pause(int(m_dice.upTo(200)));
    for (const auto &client : m_clients)
        useClient(*client);
}

void Soak::addPeer()
{
    m_peers.push_back(SoakPeer::connectTo(m_server->port(), nextHost(), m_server->terminator(), m_dice));
    if (m_dice.oneIn(3))
        m_peers.back().act(m_dice);
    if (m_dice.oneIn(10))
        m_peers.back().resetAtOnce();
}

void Soak::useClient(SoakClient &client)
{
    if (client.isBusy()) {
        if (m_dice.oneIn(100))
            client.cancel();
        if (m_dice.oneIn(20))
            client.act(m_dice);
        if (m_dice.oneIn(200))
            client.pause(int(m_dice.upTo(200)));
    } else if (m_dice.oneIn(2)) {
        client.connectAndSend(QStringLiteral("127.0.0.1"), m_server->port(), m_dice);
    } else if (m_dice.oneIn(20)) {
        client.connectAndSend(QStringLiteral("127.0.0.1"), 1, m_dice); // no program listens there
    } else {
        m_peers.push_back(SoakPeer::listener(nextHost(), m_dice.oneIn(2) ? '\0' : '\n', m_dice));
        client.connectAndSend(m_peers.back().endpoint().section(u':', 0, 0), m_peers.back().port(), m_dice);
    }
}

void Soak::drain()
{
    m_phase = Phase::Draining;
    m_inPhase.start();
    m_server->stop();
    for (SoakPeer &peer : m_peers)
        peer.wrapUp();
}

bool Soak::isQuiet()
{
    // A client is no longer busy as soon as it says so; its last steps may still be in the journal.
    for (SoakEnd *end : ends())
        end->take();
    m_server->closeAll();
    bool quiet = !m_server->isListening() && !m_server->hasOpen() && !m_server->isPaused();
    for (const auto &client : m_clients) {
        if (client->isBusy())
            client->cancel();
        client->closeAll();
        quiet = quiet && !client->isBusy() && !client->hasOpen();
    }
    return quiet && std::all_of(m_peers.begin(), m_peers.end(), [](const SoakPeer &peer) { return peer.hasEnded(); });
}

/// Describes what isQuiet() waits for, for a person.
QString Soak::whatGoesOn() const
{
    QStringList what;
    if (m_server->isListening())
        what.append(QStringLiteral("the server is listening"));
    for (SoakEnd *end : ends()) {
        for (const auto &[id, ledger] : end->ledgers()) {
            if (ledger.isOpen)
                what.append(QStringLiteral("#%1 is open: %2").arg(QString::number(id), Audit::text(ledger)));
        }
    }
    for (const auto &client : m_clients) {
        if (client->isBusy())
            what.append(QStringLiteral("a client is busy"));
    }
    for (const SoakPeer &peer : m_peers) {
        if (!peer.hasEnded())
            what.append(peer.text());
    }
    return what.join(QStringLiteral("\n  "));
}

std::vector<SoakEnd *> Soak::ends() const
{
    std::vector<SoakEnd *> all{m_server.get()};
    for (const auto &client : m_clients)
        all.push_back(client.get());
    return all;
}

const SoakPeer *Soak::peerAt(const QString &endpoint) const
{
    const auto found = std::find_if(m_peers.begin(), m_peers.end(),
                                    [&endpoint](const SoakPeer &peer) { return peer.endpoint() == endpoint; });
    return found == m_peers.end() ? nullptr : &*found;
}

/// Returns the other end of a connection of one of our clients, by the client's endpoint. Returns null if two
/// connections of the round had the same endpoint, which can happen after a reset.
const Ledger *Soak::serverLedgerOf(const QString &endpoint) const
{
    int clients = 0;
    for (const auto &client : m_clients) {
        clients += int(std::count_if(client->ledgers().begin(), client->ledgers().end(),
                                     [&](const auto &entry) { return entry.second.local() == endpoint; }));
    }
    const Ledger *found = nullptr;
    int servers = 0;
    for (const auto &[id, ledger] : m_server->ledgers()) {
        if (ledger.peer() == endpoint) {
            found = &ledger;
            ++servers;
        }
    }
    return clients == 1 && servers == 1 ? found : nullptr;
}

QString Soak::auditConnection(const SoakEnd &end, const Ledger &ledger)
{
    if (const QString broken = Audit::own(ledger); !broken.isEmpty())
        return broken;
    if (const SoakPeer *peer = peerAt(ledger.peer())) {
        ++m_connections;
        return Audit::against(ledger, *peer);
    }
    const Ledger *other = &end == m_server.get() ? nullptr : serverLedgerOf(ledger.local());
    if (!other) // it was reset before it was accepted, or the other end's check covers it
        return {};
    ++m_connections;
    const QString broken = Audit::oneWay(ledger, *other);
    return broken.isEmpty() ? Audit::oneWay(*other, ledger) : broken;
}

QString Soak::auditEnd(SoakEnd &end)
{
    for (const auto &[id, ledger] : end.ledgers()) {
        if (const QString broken = auditConnection(end, ledger); !broken.isEmpty())
            return QStringLiteral("%1\n%2").arg(broken, Audit::text(ledger));
        const Account account(ledger);
        m_bytes += account.received;
        m_closed += account.closed ? 1 : 0;
        m_reset += account.resetByUs ? 1 : 0;
        m_failed += account.failed ? 1 : 0;
    }
    return end.closeSession();
}

void Soak::audit()
{
    QString broken = auditEnd(*m_server);
    for (const auto &client : m_clients)
        broken = broken.isEmpty() ? auditEnd(*client) : broken;
    if (!broken.isEmpty())
        return violation(broken);
    m_server->ledgers().clear();
    for (const auto &client : m_clients)
        client->ledgers().clear();
    for (const SoakPeer &peer : m_peers)
        m_bytes += peer.received().size();
    m_peersSeen += qint64(m_peers.size());
    m_peers.clear();
    m_phase = Phase::Settling;
    m_inPhase.start();
}

/// Waits until everything that is freed later is free.
void Soak::settle()
{
    m_now = Resources::now();
    if (!m_before)
        m_before = m_now;
    const bool isBack = m_now.descriptors == m_before->descriptors && m_now.objects == m_before->objects &&
                        m_now.memory <= m_before->memory + memorySlack;
    if (!isBack) {
        if (m_inPhase.hasExpired(patienceMs / 10))
            violation(
                QStringLiteral("resources were not given back: before %1, now %2").arg(m_before->text(), m_now.text()));
        return;
    }
    ++m_rounds;
    if (!m_sinceStart.hasExpired(m_seconds * 1000))
        return beginRound();
    m_isOver = true;
    m_timer.stop();
    emit finished({});
}

void Soak::violation(const QString &sentence)
{
    m_isOver = true;
    m_timer.stop();
    emit finished(sentence);
}

QString Soak::summary() const
{
    qint64 steps = m_server->steps();
    for (const auto &client : m_clients)
        steps += client->steps();
    return QStringLiteral(
               "%1 rounds, %2 peers; of our connections %3 closed, %4 reset, %5 were reset by the peer; %6 compared "
               "with their other end; %7 steps and events, %8 MiB; %9")
        .arg(m_rounds)
        .arg(m_peersSeen)
        .arg(m_closed)
        .arg(m_reset)
        .arg(m_failed)
        .arg(m_connections)
        .arg(steps)
        .arg(m_bytes / 1024 / 1024)
        .arg(m_now.text());
}
