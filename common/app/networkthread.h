// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/postedcall.h"

#include <QObject>
#include <QThread>

#include <memory>
#include <semaphore>

class Conversation;

/// The thread that sockets live on. Moves the conversation there and starts; the destructor destroys the conversation
/// there, quits and waits. Owned by a window or a headless run.
class NetworkThread
{
public:
    explicit NetworkThread(std::unique_ptr<Conversation> conversation);
    ~NetworkThread();
    Q_DISABLE_COPY_MOVE(NetworkThread)

    /// Calls f(*end) on end's thread, later, in the order of the calls.
    template<typename End, typename F>
    static void call(End *end, F f)
    {
        QMetaObject::invokeMethod(end, PostedCall([end, f = std::move(f)]() mutable { f(*end); }),
                                  Qt::QueuedConnection);
    }

private:
    QThread m_thread;
    std::unique_ptr<Conversation> m_conversation; ///< deleted on the thread when that ends
    std::binary_semaphore m_isDeleted{0};
};
