// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "closedwatch.h"
#include "connection.h"
#include "journal.h"
#include "repeater.h"

#include <map>

/// One end of TCP conversations: what Server and Client share. Holds the connections by their ids and takes the
/// commands for them. Ignores a command for a connection that has ended, since the two may cross. Lives on
/// the network thread; writes to a journal that outlives it.
class Conversation : public QObject, protected Connection::Listener
{
    Q_OBJECT
public:
    Conversation(Side side, Journal &journal);

    void send(int connection, const MessageTemplate &message);
    void repeat(int connection, const MessageTemplate &message, const Repetition &repetition); ///< instead of another
    void stopSending(int connection);
    void replyNow(int connection);
    void finishSending(int connection);
    void close(int connection);
    void reset(int connection);
    void keepOpen(int connection);
    void setFraming(int connection, const Framing &framing);
    void takePartial(int connection);
    void stopReading(int connection);
    void readAgain(int connection);

    /// The program's own timeouts and delays wait, and go on with what was left of them: of all connections, and of
    /// connecting. What the kernel does goes on.
    void setPaused(bool isPaused);

    /// Ends everything: stops listening or connecting, and closes every connection. Waits up to a second for unsent
    /// bytes to leave. Emits quitDone() after all steps.
    void quit();
    void quitWhenSent(); ///< waits as long as it takes; quit() may follow

signals:
    void connectionEnded(int connection, bool isByPeer); ///< Connection::hasPeerEndedFirst()
    void quitDone();

protected:
    /// peer: address and port, which the socket no longer knows if the peer has reset already.
    Connection &addConnection(std::unique_ptr<QTcpSocket> socket, const QString &peer,
                              const ConnectionSettings &settings);
    int lastId() const { return m_lastId; } ///< of the newest connection; 0: none yet
    bool isQuitting() const { return m_isQuitting; }
    bool isPaused() const { return m_isPaused; }
    size_t openConnections() const { return m_connections.size(); }
    QList<int> openIds() const;
    Connection *find(int id) const; ///< an open one, or nullptr
    void log(StepKind kind, const QString &local, const QString &peer, const QString &detail = {});
    Journal &journal() { return m_journal; }

    virtual void stopOpening() = 0; ///< stops listening or connecting
    virtual void pauseTimers() = 0; ///< of the end itself: isPaused() has changed
    void connectionSends() override { }

private:
    void connectionCloses(const TcpStream::Remainder &remainder, const Step &event) final;
    void connectionIsOver(Connection &connection) final;
    void quitNow();

    Journal &m_journal;
    ClosedWatch m_closedWatch{m_journal, this};
    std::map<int, std::unique_ptr<Connection>> m_connections; ///< the open ones
    std::map<int, std::unique_ptr<Repeater>> m_repeaters;     ///< by the ids of their connections
    int m_lastId = 0;
    bool m_isQuitting = false;
    bool m_isPaused = false;
    Side m_side;
};
