// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/client.h"
#include "conversation/server.h"
#include "journallog.h"

#include <QObject>

/// The base of tests that need both of our ends: a server and a client on the test's thread, and their logs.
class PairTest : public QObject
{
protected:
    /// Creates a new pair: any port, immediate replies, and a client that closes only on request.
    void makePair()
    {
        m_client.reset();
        m_server.reset();
        m_serverJournal = std::make_unique<Journal>();
        m_clientJournal = std::make_unique<Journal>();
        m_serverLog = std::make_unique<JournalLog>(*m_serverJournal);
        m_clientLog = std::make_unique<JournalLog>(*m_clientJournal);
        m_server = std::make_unique<Server>(*m_serverJournal);
        m_client = std::make_unique<Client>(*m_clientJournal);
        m_serverSettings = {};
        m_serverSettings.port = 0;
        m_serverSettings.replyDelayMs = 0;
        m_clientSettings = {};
        m_clientSettings.connection.closeDelayMs = ConnectionSettings::never;
    }

    std::unique_ptr<Journal> m_serverJournal;
    std::unique_ptr<Journal> m_clientJournal;
    std::unique_ptr<JournalLog> m_serverLog;
    std::unique_ptr<JournalLog> m_clientLog;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<Client> m_client;
    ServerSettings m_serverSettings;
    ClientSettings m_clientSettings;
};
