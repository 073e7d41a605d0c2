// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "connectionstatus.h"

#include <QMutex>
#include <QObject>

#include <atomic>
#include <map>
#include <vector>

/// What an end is doing, apart from its connections.
struct Activity {
    enum class Phase : quint8 { Idle, Listening, Connecting };
    /// Why the server does not listen after it was asked to.
    enum class Failure : quint8 { None, PortInUse, PortForbidden, AddressMissing, Other };
    Phase phase = Phase::Idle;
    Failure failure = Failure::None;
    QString address;   ///< where it listens or connects to, "127.0.0.1:8700"
    int againInMs = 0; ///< Connecting: the next attempt begins so long after the one before ended; 0: one is under way
};

/// Carries what happens from the network thread to the window's thread: steps in their order, and the newest status
/// of each connection. Call add() and set() from the network thread, take() from the other one.
class Journal : public QObject
{
    Q_OBJECT
public:
    /// Everything since the take() before.
    struct Batch {
        std::vector<Step> steps;
        std::map<int, ConnectionStatus> connections; ///< those that have changed
        Activity activity;
    };

    void add(Step step);
    void set(const ConnectionStatus &status);
    void set(const Activity &activity);

    Batch take();

    /// How many bytes of a message its step carries from now on. Any thread.
    void setKeptBytes(qsizetype bytes) { m_keptBytes = bytes; }
    qsizetype keptBytes() const { return m_keptBytes; }

    /// So many steps, or such long ones, wait to be taken that connections should stop reading until drained().
    bool isFull() const;

signals:
    void filled();  ///< there is something to take. Emitted once for each take(), by the network thread
    void drained(); ///< the journal is no longer full. Emitted by the thread that takes

private:
    static constexpr size_t fullSteps = 4096;
    static constexpr qint64 fullBytes = qint64(32) * 1024 * 1024; ///< of their payloads

    template<typename F>
    void change(F f);
    bool isFull(size_t steps) const;

    mutable QMutex m_mutex;
    Batch m_batch;
    qint64 m_payloadBytes = 0; ///< of the steps in it
    bool m_isAnnounced = false;
    std::atomic<qsizetype> m_keptBytes = Step::keptBytes;
};
