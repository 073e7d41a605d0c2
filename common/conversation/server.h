// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation.h"
#include "packets/endpoint.h"

#include <QSocketNotifier>
#include <QTcpServer>
#include <QTimer>

struct ServerSettings {
    QHostAddress address = QHostAddress(QHostAddress::LocalHost); ///< Any: all interfaces, IPv4 and IPv6
    quint16 port = 8700;                                          ///< 0: the system chooses
    MessageTemplate reply = QByteArrayLiteral("Hi, client!");     ///< empty: none
    int replyDelayMs = 1000;
    ConnectionSettings connection;
    QList<Subnet> allowed; ///< empty: all clients
    bool once = false;     ///< accept one connection, then stop listening
};

/// The server: listens, accepts connections, and answers each message after a delay. Lives on the network thread.
class Server : public Conversation
{
    Q_OBJECT
public:
    /// descriptorLimit: how many descriptors the process may open.
    explicit Server(Journal &journal, qint64 descriptorLimit = Descriptor::raiseDescriptorLimit());
    ~Server() override;

    void start(const ServerSettings &settings);               ///< an event says whether it listens, or why not
    void stop();                                              ///< open connections stay open
    void setReply(const MessageTemplate &reply, int delayMs); ///< for messages that come later

signals:
    void listenFailed();
    void onceDone(bool wasReset); ///< the one connection has ended; wasReset: by the peer, or it timed out

private:
    class ListeningSocket;

    void connectionReceived(Connection &connection, qint64 monotonicUs) override;
    void connectionFailed() override;
    void stopOpening() override;

    void accept();
    bool admit(const Descriptor::Accepted &accepted);
    bool takeSpare();
    void releaseSpare();
    void stopListening(bool hasOpenConnections);
    void pauseAccepting();
    void resumeAccepting();
    bool hasRoom() const;
    bool isAllowed(const QHostAddress &peer) const;

    ServerSettings m_settings;
    std::unique_ptr<ListeningSocket> m_listener; ///< while listening
    QTimer m_resumeTimer;
    size_t m_maxConnections;
    /// While accepting, a duplicate of the listener's descriptor, kept in reserve: a connection needs one descriptor
    /// more than accept() gives. Closed for a connection that finds no other.
    int m_spare = -1;
    bool m_isPaused = false;
    int m_once = 0; ///< the id of the one connection, or 0
    bool m_wasReset = false;
};
