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

/// Rounds of a second or two in which everything that can happen to connections happens at once, by chance. Each ends when
/// all is quiet: then the accounts of both ends of every connection are compared, and the process has to have given back
/// what it took. Lives on the main thread; drives our ends and their peers in turns.
class Soak : public QObject
{
    Q_OBJECT
public:
    Soak(quint64 seed, int seconds);

    void start();
    QString summary() const;

signals:
    void finished(const QString &violation); ///< empty: there was none

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
    std::deque<SoakPeer> m_peers; ///< of this round
    std::optional<Resources> m_before;
    Resources m_now;
    int m_rounds = 0;
    qint64 m_connections = 0; ///< that were compared with their other end
    qint64 m_peersSeen = 0;
    qint64 m_bytes = 0; ///< received, by peers and by us
    int m_closed = 0;   ///< connections: how our end ended
    int m_reset = 0;
    int m_failed = 0;
    bool m_isOver = false;
};
