// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation.h"
#include "packets/endpoint.h"
#include "pausabletimer.h"
#include "socketoptions.h"

#include <QHostAddress>

#include <atomic>

class ConnectAttempt;
class QHostInfo;

struct ClientSettings {
    static QByteArray defaultMessage() { return QByteArrayLiteral("Hi, server! I'm client."); }

    QString host = QStringLiteral("127.0.0.1"); ///< a name or an address
    quint16 port = 8700;                        ///< 1 to 65535
    LocalEnd from;                              ///< this end
    /// Only addresses of this version of IP are tried.
    QAbstractSocket::NetworkLayerProtocol ipVersion = QAbstractSocket::AnyIPProtocol;
    QList<MessageTemplate> messages; ///< sent in turn, each after the reply to the one before
    qint64 rounds = 1;               ///< how often all messages are sent; 0: without end
    int everyMs = 0;                 ///< at least between the beginnings of two rounds
    int silenceMs = -1;              ///< a reply has ended after so long without another message; -1: at once
    bool finishSending = false;      ///< half-close after the last message of the last round
    bool closeAfterReply = false;    ///< to the last message; without messages, after the silence
    bool closeWithReset = false;     ///< with RST instead of FIN
    int connectTimeoutMs = 10000;    ///< for all addresses together; 0: none
    int replyTimeoutMs = 0;          ///< for each reply, then the connection is closed; 0: none
    int reconnectMs = 0;             ///< connects again so long after the peer ended, or was not reached; 0: does not
    SocketOptions socket;
    ConnectionSettings connection;
};

/// The client: looks up the host, tries its addresses in turn, and sends its messages. Has one open connection at a
/// time. Lives on the network thread.
class Client : public Conversation
{
    Q_OBJECT
public:
    explicit Client(Journal &journal);
    ~Client() override;

    void connectAndSend(const ClientSettings &settings); ///< ignored while connecting or connected
    void cancel();                                       ///< gives up connecting

    /// A lookup that was given up may still be running, on a thread of Qt's. Any thread.
    static bool leavesLookup() { return s_leavesLookup; }

signals:
    void connectFailed(); ///< and it does not connect again
    /// The connection has ended, and it does not connect again. allReplied: each of the messages was sent and got its
    /// reply, and nothing was reset.
    void conversationDone(bool allReplied);

private:
    void connectionReceived(Connection &connection, QByteArrayView payload, qint64 monotonicUs) override;
    void connectionSends() override;
    void connectionFailed() override;
    void stopOpening() override { cancel(); }
    void pauseTimers() override;
    void timerEvent(QTimerEvent *event) override;

    bool isConnecting() const { return m_lookup != 0 || m_attempt || m_againTimer.isActive(); }
    void beginConnecting();
    void connectAgainLater();
    void lookedUp(const QHostInfo &info);
    void tryAddresses(const QList<QHostAddress> &addresses);
    void tryNextAddress();
    void connected();
    void attemptFailed(int error, bool isOfThisEnd);
    void endAttempt(StepKind outcome);
    void logAttempt(StepKind kind, const QString &detail);
    void connectTimedOut();
    void endConnecting(StepKind kind, const QString &detail);
    void attemptsFailed();
    void giveUp();
    void stopConnecting();
    void dropAttempt();
    void sendNextMessage();
    void startReplyTimer();
    int withoutReading(int ms) const;
    void sendRound();
    void ask(const MessageTemplate &message);
    bool isLastSent() const;
    void replyEnds();
    void closeAfterReply();
    void replyTimedOut();
    void done(bool isByPeer);

    static inline std::atomic<bool> s_leavesLookup = false;

    ClientSettings m_settings;
    QString m_endpoint; ///< as the user gave it, "localhost:8700"
    std::unique_ptr<ConnectAttempt> m_attempt;
    ConnectionStatus m_attemptStatus; ///< of m_attempt, or the attempt before
    QList<QHostAddress> m_addresses;
    qsizetype m_nextAddress = 0;
    int m_lookup = 0;     ///< QHostInfo's id of the current lookup, or 0
    int m_connection = 0; ///< id of the open one, or 0
    qsizetype m_next = 0; ///< index of the next of the settings' messages in its round
    qint64 m_rounds = 0;  ///< those that have begun
    qint64 m_asked = 0;   ///< messages sent on the connection, including those that the user adds
    qint64 m_replied = 0; ///< messages that came as replies to these
    qint64 m_turnEnd = 0; ///< so many replies complete the turn: the peer may have seen the message as several
    bool m_hasFailed = false;
    bool m_isRoundReplied = false; ///< the next round begins when m_roundTimer allows it
    PausableTimer m_connectTimer;
    PausableTimer m_replyTimer;
    PausableTimer m_silenceTimer;
    PausableTimer m_roundTimer; ///< while the next round may not begin yet
    PausableTimer m_againTimer; ///< until it connects again
};
