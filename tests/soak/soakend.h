// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/networkthread.h"
#include "conversation/client.h"
#include "conversation/journal.h"
#include "conversation/server.h"
#include "dice.h"
#include "ledger.h"
#include "steps/sessionfile.h"

#include <map>

/// One of our ends as a window would hold it: a conversation on a network thread, with its journal drained here into
/// a session file and a ledger per connection. Lives on the main thread.
class SoakEnd : public QObject
{
public:
    explicit SoakEnd(const QString &sessionPath);

    void openSession();     ///< a new one
    QString closeSession(); ///< returns what is wrong with it, or an empty string
    /// Takes nothing from the journal for the next turns, and then everything that has arrived. A pause is never
    /// shortened.
    void pause(int turns) { m_pausedTurns = qMax(m_pausedTurns, turns); }
    bool isPaused() const { return m_pausedTurns > 0; }
    void turn();          ///< counts the turns
    void take();          ///< what is in the journal, unless this is paused
    void act(Dice &dice); ///< gives a random command to a random open connection
    void closeAll();

    std::map<int, Ledger> &ledgers() { return m_ledgers; }
    bool hasOpen() const;
    const Activity &activity() const { return m_activity; }
    qint64 steps() const { return m_steps; }

protected:
    void adopt(std::unique_ptr<Conversation> conversation);
    Journal &journal() { return m_journal; }
    virtual qint64 commandedAtFirst() const { return 0; }
    virtual qint64 commandedByMessage() const { return 0; } ///< bytes of the messages that were given

private:
    Journal m_journal;
    QString m_sessionPath;
    std::unique_ptr<SessionFile> m_session;
    std::map<int, Ledger> m_ledgers;
    Activity m_activity;
    Step m_lastStep;
    qint64 m_steps = 0;
    qsizetype m_stepsOfSession = 0;
    int m_pausedTurns = 0;
    Conversation *m_conversation = nullptr; ///< lives on the network thread
    std::unique_ptr<NetworkThread> m_network;
};

class SoakServer : public SoakEnd
{
public:
    explicit SoakServer(const QString &sessionPath);

    void start(Dice &dice);
    void stop();
    void changeDelay(Dice &dice);

    bool isListening() const { return activity().phase == Activity::Phase::Listening; }
    quint16 port() const { return activity().address.section(u':', -1).toUShort(); }
    char terminator() const { return m_settings.connection.framing == Framing::Newline ? '\n' : '\0'; }

protected:
    qint64 commandedByMessage() const override
    {
        return m_settings.reply.fill({}).size() + 4;
    } // the most that a framing adds

private:
    ServerSettings m_settings;
    Server *m_server = nullptr;
};

class SoakClient : public SoakEnd
{
public:
    explicit SoakClient(const QString &sessionPath);

    /// The steps of a conversation are taken before the next one begins.
    bool isBusy() const { return m_isBusy || isPaused(); }
    void connectAndSend(const QString &host, quint16 port, Dice &dice);
    void cancel();

protected:
    qint64 commandedAtFirst() const override { return m_commanded; }

private:
    Client *m_client = nullptr;
    qint64 m_commanded = 0;
    bool m_isBusy = false;
};
