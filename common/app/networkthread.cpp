// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "networkthread.h"

#include "conversation/conversation.h"
#include "eventloop/networkdispatcher.h"

#include <QAbstractEventDispatcher>

NetworkThread::NetworkThread(std::unique_ptr<Conversation> conversation)
    : m_conversation(std::move(conversation))
{
    m_conversation->moveToThread(&m_thread);
    const auto deleteConversation = [this] {
        m_conversation.reset();
        m_isDeleted.release();
    };
    QObject::connect(&m_thread, &QThread::finished, &m_thread, deleteConversation, Qt::DirectConnection);
    m_thread.setObjectName(QStringLiteral("network"));
    if (auto dispatcher = makeNetworkDispatcher())
        m_thread.setEventDispatcher(dispatcher.release()); // the thread owns it
    m_thread.start();
}

NetworkThread::~NetworkThread()
{
    m_thread.quit();
    m_thread.wait();
    m_isDeleted.acquire(); // the thread sanitizer does not know that wait() synchronizes
}
