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
    /// Why the server does not listen though it was asked to.
    enum class Failure : quint8 { None, PortInUse, PortForbidden, AddressMissing, Other };
    Phase phase = Phase::Idle;
    Failure failure = Failure::None;
    QString address; ///< where it listens or connects to, "127.0.0.1:8700"
};

/// Carries what happens from the network thread to the window's thread: steps in their order, and the newest status of each
/// connection. add() and set() are for the network thread, take() for the other; a mutex guards the rest.
class Journal : public QObject
{
    Q_OBJECT
public:
    /// All that happened since the take() before.
    struct Batch {
        std::vector<Step> steps;
        std::map<int, ConnectionStatus> connections; ///< those that changed
        Activity activity;
    };

    void add(Step step);
    void set(const ConnectionStatus &status);
    void set(const Activity &activity);

    Batch take();

    /// How much of a message its step has from now on: what takes the steps keeps no more. Any thread.
    void setKeptBytes(qsizetype bytes) { m_keptBytes = bytes; }
    qsizetype keptBytes() const { return m_keptBytes; }

    /// So many steps, or such long ones, wait to be taken that connections should read no more until drained().
    bool isFull() const;

signals:
    void filled();  ///< there is something to take; emitted once for each take(), from the network thread
    void drained(); ///< is no longer full; from the thread that takes

private:
    static constexpr size_t fullSteps = 4096;
    static constexpr qint64 fullBytes = qint64(32) * 1024 * 1024; ///< of their payloads

    template<typename F>
    void change(F f);
    bool isFull(size_t steps) const;

    mutable QMutex m_mutex;
    Batch m_batch;
    qint64 m_payloadBytes = 0; ///< of the steps in it
    bool m_announced = false;
    std::atomic<qsizetype> m_keptBytes = Step::keptBytes;
};
