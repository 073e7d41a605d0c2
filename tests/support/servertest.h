// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/server.h"
#include "journallog.h"
#include "rawpeer.h"

#include <QTest>

/// The base of tests of a server with plain peers: a server on the test's thread, and its log.
class ServerTest : public QObject
{
protected:
    /// Creates a new server: any port, immediate replies.
    void makeServer()
    {
        m_server.reset();
        m_journal = std::make_unique<Journal>();
        m_log = std::make_unique<JournalLog>(*m_journal);
        m_server = std::make_unique<Server>(*m_journal);
        m_settings = {};
        m_settings.port = 0;
        m_settings.replyDelayMs = 0;
    }

    RawPeer startAndConnect()
    {
        m_server->start(m_settings);
        RawPeer peer = RawPeer::connectTo(m_log->port());
        [this] { QTRY_VERIFY(m_log->has(QStringLiteral("connected"))); }();
        return peer;
    }

    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<JournalLog> m_log;
    std::unique_ptr<Server> m_server;
    ServerSettings m_settings;
};
