// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <functional>
#include <memory>

/// Runs work that may never return on a thread of its own: a call into a dead network mount blocks as long as the
/// mount is dead. The owner can give up the work or be destroyed at any time without waiting, and the process exits
/// without waiting for it. Runs one piece of work at a time. Lives on its owner's thread.
class Errand : public QObject
{
    Q_OBJECT
public:
    explicit Errand(QObject *parent = nullptr);
    ~Errand() override; ///< gives up the work

    using Answer = std::function<void()>;
    /// Runs work on another thread, and then runs the returned answer on this thread, unless giveUp() was called in
    /// between. work must own everything that it uses.
    void send(std::function<Answer()> work);
    bool isOut() const { return m_shared != nullptr; }
    void giveUp();
    /// Waits up to ms milliseconds for the work to end. Returns false if it is still running. Use this for work that
    /// must be complete before its owner is destroyed.
    bool wait(int ms);

    /// Returns whether any work is still running, so that the process must not wait for its threads.
    static bool isAnyOut();

private:
    struct Shared;

    std::shared_ptr<Shared> m_shared; ///< null: no work is running
};
