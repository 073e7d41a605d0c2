// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/throttle.h"
#include "conversation.h"
#include "packets/endpoint.h"
#include "replies/replydecider.h"
#include "ruletimers.h"

#include <QSocketNotifier>
#include <QTcpServer>
#include <QTimer>

struct ServerSettings {
    QHostAddress address = QHostAddress(QHostAddress::LocalHost); ///< Any: all interfaces, IPv4 and IPv6
    quint16 port = 8700;                                          ///< 0: the system chooses
    MessageTemplate reply = QByteArrayLiteral("Hi, client!");     ///< empty: none
    int replyDelayMs = 1000;
    ReplyMode replyMode = ReplyMode::Fixed;
    QList<ReplyRule> rules; ///< with different ids
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

    void start(const ServerSettings &settings);                     ///< an event says whether it listens, or why not
    void stop();                                                    ///< open connections stay open
    void setReply(const MessageTemplate &reply, int delayMs);       ///< for messages that come later
    void setReplies(ReplyMode mode, const QList<ReplyRule> &rules); ///< for messages and events that come later

signals:
    /// How often each rule has fitted, by ReplyRule::id; not more often than the eye can follow.
    void rulesCounted(const QHash<int, qint64> &counts);
    void listenFailed();
    void onceDone(bool wasReset); ///< the one connection has ended; wasReset: by the peer, or it timed out

private:
    class ListeningSocket;

    void connectionReceived(Connection &connection, QByteArrayView payload, qint64 monotonicUs) override;
    void connectionFailed() override;
    void stopOpening() override;
    void pauseTimers() override;

    void answer(int connection, const ReplyDecider::Decision &decision, qint64 monotonicUs);
    void watchRules(int connection);
    void forgetRules(int connection);

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
    ReplyDecider m_decider;
    QList<RuleTimers::Timed> m_timedRules;
    std::map<int, std::unique_ptr<RuleTimers>> m_ruleTimers; ///< by the ids of their connections
    Throttle m_counting;
    size_t m_maxConnections;
    /// While accepting, a duplicate of the listener's descriptor, kept in reserve: a connection needs one descriptor
    /// more than accept() gives. Closed for a connection that finds no other.
    int m_spare = -1;
    bool m_isPaused = false;
    int m_once = 0; ///< the id of the one connection, or 0
    bool m_wasReset = false;
};
