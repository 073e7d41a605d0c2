// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "networkthread.h"

#include "conversation/conversation.h"
#include "eventloop/networkdispatcher.h"

#include <QAbstractEventDispatcher>

NetworkThread::NetworkThread(std::unique_ptr<Conversation> conversation)
    : m_conversation(conversation.release())
{
    m_conversation->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_conversation, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("network"));
    if (auto dispatcher = makeNetworkDispatcher())
        m_thread.setEventDispatcher(dispatcher.release()); // the thread owns it
    m_thread.start();
}

NetworkThread::~NetworkThread()
{
    m_thread.quit();
    m_thread.wait();
}
