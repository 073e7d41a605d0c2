// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "resources.h"
#include "soakend.h"
#include "soakpeer.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>

#include <deque>
#include <optional>

/// Rounds of one or two seconds in which everything that can happen to connections happens at random. Each round ends
/// when everything is quiet: the soak then compares the accounts of both ends of every connection, and checks that
/// the process has given back what it took. Lives on the main thread; drives our ends and their peers alternately.
class Soak : public QObject
{
    Q_OBJECT
public:
    Soak(quint64 seed, int seconds);

    void start();
    QString summary() const;

signals:
    void finished(const QString &violation); ///< empty: no rule was broken

private:
    enum class Phase { Starting, Mixing, Draining, Settling };

    void turn();
    void beginRound();
    void mix();
    void addPeer();
    void useClient(SoakClient &client);
    void drain();
    bool isQuiet();
    QString whatGoesOn() const;
    std::vector<SoakEnd *> ends() const;
    void audit();
    QString auditEnd(SoakEnd &end);
    QString auditConnection(const SoakEnd &end, const Ledger &ledger);
    const Ledger *serverLedgerOf(const QString &endpoint) const;
    const SoakPeer *peerAt(const QString &endpoint) const;
    void settle();
    void violation(const QString &sentence);
    quint32 nextHost() { return m_host++; }

    Dice m_dice;
    int m_seconds;
    QTemporaryDir m_folder;
    QTimer m_timer;
    QElapsedTimer m_sinceStart;
    QElapsedTimer m_inPhase;
    Phase m_phase = Phase::Starting;
    int m_mixMs = 0;
    quint32 m_host = 0x7f010000; ///< 127.1.0.0
    std::unique_ptr<SoakServer> m_server;
    std::vector<std::unique_ptr<SoakClient>> m_clients;
    std::deque<SoakPeer> m_peers; ///< peers of this round
    std::optional<Resources> m_before;
    Resources m_now;
    int m_rounds = 0;
    qint64 m_connections = 0; ///< those that were compared with their other end
    qint64 m_peersSeen = 0;
    qint64 m_bytes = 0; ///< received by the peers and by us
    int m_closed = 0;   ///< the number of connections by how our end ended
    int m_reset = 0;
    int m_failed = 0;
    bool m_isOver = false;
};
