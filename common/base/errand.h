// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <functional>
#include <memory>

/// Work on a thread of its own that may never come back: a call into a dead network mount blocks for as long as the mount is
/// dead. Whoever sent it may go, or give it up, at any time without waiting; the process ends without it. One at a time. Owned by
/// whoever asks; lives on that thread.
class Errand : public QObject
{
    Q_OBJECT
public:
    explicit Errand(QObject *parent = nullptr);
    ~Errand() override; ///< gives up

    using Answer = std::function<void()>;
    /// Runs work elsewhere, then what it returns here, unless it was given up meanwhile. work must own all that it uses.
    void send(std::function<Answer()> work);
    bool isOut() const { return m_shared != nullptr; }
    void giveUp();
    /// Waits so long for the work to end. False: it goes on. For what must be tidy before its owner goes.
    bool wait(int ms);

    /// Some work has not come back: the process must not wait for its threads.
    static bool isAnyOut();

private:
    struct Shared;

    std::shared_ptr<Shared> m_shared; ///< while it is out
};
