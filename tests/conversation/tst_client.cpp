// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation/client.h"
#include "messages/typedmessage.h"
#include "support/journallog.h"
#include "support/loopback.h"
#include "support/rawpeer.h"
#include "support/registertest.h"

#include <QSignalSpy>
#include <QTest>

#include <netinet/tcp.h>
#include <sys/socket.h>

/// What a client sends by itself, and when it has its reply: against a peer that does as it is told.
class TestClient : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void repeats();
    void repeatsWithoutEnd();
    void repeatsAfterATime();
    void aReplyEndsWithSilence();
    void aReplyEndsWithFin();
    void connectsOnly();
    void connectsFrom();
    void connectsFromTheSamePortAgain();
    void thisEndCannotBeUsed_data();
    void thisEndCannotBeUsed();
    void onlyOneVersionOfIp();
    void socketOptions();
    void connectsAgain_data();
    void connectsAgain();
    void connectsAgainAfterARefusal();

private:
    void start();

    ClientSettings m_settings;
    std::unique_ptr<RawPeer> m_listener;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<JournalLog> m_log;
    std::unique_ptr<Client> m_client;
    std::unique_ptr<RawPeer> m_peer;
    std::unique_ptr<QSignalSpy> m_done;
};

REGISTER_TEST(TestClient)

void TestClient::init()
{
    m_listener = std::make_unique<RawPeer>(RawPeer::listener());
    m_settings = {};
    m_settings.port = m_listener->port();
    m_settings.closeAfterReply = true;
}

void TestClient::cleanup()
{
    m_done.reset();
    m_client.reset();
    m_log.reset();
    m_journal.reset();
    m_peer.reset();
}

void TestClient::start()
{
    m_journal = std::make_unique<Journal>();
    m_log = std::make_unique<JournalLog>(*m_journal);
    m_client = std::make_unique<Client>(*m_journal);
    m_done = std::make_unique<QSignalSpy>(m_client.get(), &Client::conversationDone);
    m_client->connectAndSend(m_settings);
    m_peer = std::make_unique<RawPeer>(m_listener->accept());
}

void TestClient::repeats()
{
    TypedMessage second{.text = "b{counter}", .form = MessageForm::Escapes};
    m_settings.messages = {"a", second.read().message};
    m_settings.rounds = 3;
    start();
    QByteArray expected;
    for (const char *message : {"a", "b1", "a", "b2", "a", "b3"}) {
        expected += QByteArray(message) + '\0';
        QTRY_COMPARE(m_peer->received(), expected);
        QCOMPARE(m_done->count(), 0);
        m_peer->send(QByteArray("ok\0", 3));
    }
    QTRY_VERIFY(m_peer->sawEnd());
    QTRY_COMPARE(m_done->count(), 1);
    QVERIFY(m_done->constFirst().constFirst().toBool());
    QCOMPARE(m_peer->received(), expected);
    QCOMPARE(m_log->numbered().constLast(), "[25] Close Socket");
}

void TestClient::repeatsWithoutEnd()
{
    m_settings.messages = {"a"};
    m_settings.rounds = 0;
    start();
    for (int i = 1; i <= 50; ++i) {
        QTRY_COMPARE(m_peer->received(), QByteArray("a\0", 2).repeated(i));
        m_peer->send(QByteArray("ok\0", 3));
    }
    m_client->close(1);
    QTRY_COMPARE(m_done->count(), 1);
}

/// The pause is between the beginnings. A round does not begin before its time, however late the machine is.
void TestClient::repeatsAfterATime()
{
    m_settings.messages = {"a"};
    m_settings.rounds = 3;
    m_settings.everyMs = 100;
    start();
    for (int i = 1; i <= 3; ++i) {
        QTRY_COMPARE(m_peer->received(), QByteArray("a\0", 2).repeated(i));
        m_peer->send(QByteArray("ok\0", 3));
    }
    QTRY_COMPARE(m_done->count(), 1);
    std::vector<qint64> sent;
    for (const Step &step : m_log->steps()) {
        if (step.kind == StepKind::Send)
            sent.push_back(step.time.monotonicUs);
    }
    QCOMPARE(sent.size(), size_t(3));
    QVERIFY(sent.at(1) - sent.at(0) > 90'000 && sent.at(2) - sent.at(1) > 90'000);
}

void TestClient::aReplyEndsWithSilence()
{
    m_settings.messages = {"a"};
    m_settings.connection.framing = Framing::None;
    m_settings.silenceMs = 300;
    start();
    QTRY_COMPARE(m_peer->received(), QByteArray("a"));
    for (const char *part : {"one", "two", "three"}) {
        m_peer->send(part);
        QTRY_VERIFY(m_log->numbered().constLast().endsWith(QString("Recv: %1").arg(part)));
        QVERIFY(!m_peer->sawEnd());
    }
    QTRY_VERIFY(m_peer->sawEnd());
    QTRY_COMPARE(m_done->count(), 1);
    QVERIFY(m_done->constFirst().constFirst().toBool());
    QCOMPARE(m_log->numbered(),
             (QStringList{"[1] Send: a", "[4] Recv: one", "[6] Recv: two", "[8] Recv: three", "[9] Close Socket"}));
}

void TestClient::aReplyEndsWithFin()
{
    m_settings.messages = {"a"};
    m_settings.connection.framing = Framing::None;
    m_settings.connection.closeDelayMs = 0;
    m_settings.silenceMs = 60'000;
    start();
    QTRY_COMPARE(m_peer->received(), QByteArray("a"));
    m_peer->send("one");
    m_peer->closeNow();
    QTRY_COMPARE(m_done->count(), 1);
    QVERIFY(m_done->constFirst().constFirst().toBool());
    QCOMPARE(m_log->numbered().constLast(), "[6] Close Socket");
}

void TestClient::connectsOnly()
{
    m_settings.silenceMs = 200;
    start();
    m_peer->send(QByteArray("220 hello\0", 10));
    QTRY_VERIFY(m_log->has("[2] Recv: 220 hello"));
    QTRY_VERIFY(m_peer->sawEnd());
    QTRY_COMPARE(m_done->count(), 1);
    QVERIFY(m_done->constFirst().constFirst().toBool());
    QCOMPARE(m_peer->received(), QByteArray());
    QCOMPARE(m_log->numbered(), (QStringList{"[2] Recv: 220 hello", "[3] Close Socket"}));
}

void TestClient::connectsFrom()
{
    m_settings.from = {.address = QHostAddress("127.0.0.3")};
    start();
    QTRY_VERIFY(m_log->has("connected"));
    QVERIFY2(m_log->connection().local.startsWith("127.0.0.3:"), qPrintable(m_log->connection().local));
}

/// The connection before is in TIME-WAIT at the other end.
void TestClient::connectsFromTheSamePortAgain()
{
    const quint16 port = RawPeer::listener().port(); // it is free again
    m_settings.from = {.port = port};
    for (int i = 0; i < 3; ++i) {
        start();
        QTRY_VERIFY(m_log->has("connected"));
        QCOMPARE(m_log->connection().local, QString("127.0.0.1:%1").arg(port));
        m_peer->closeNow();
        QTRY_VERIFY(m_log->has("peer-finished"));
        m_client->close(1);
        QTRY_COMPARE(m_done->count(), 1);
    }
}

void TestClient::thisEndCannotBeUsed_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("says");
    QTest::newRow("port in use") << "127.0.0.1:%1"
                                 << "from 127.0.0.1:%1: Address already in use. Choose another";
    QTest::newRow("address of another machine") << "192.0.2.77"
                                                << "from 192.0.2.77: Cannot assign requested address. Choose another";
    QTest::newRow("other version of IP") << "::1"
                                         << "127.0.0.1 has no address of the IP version that is asked for";
}

void TestClient::thisEndCannotBeUsed()
{
    QFETCH(const QString, from);
    QFETCH(const QString, says);
    const QString port = QString::number(m_listener->port()); // its socket has it
    m_settings.from = Endpoint::parseLocalEnd(from.contains("%1") ? from.arg(port) : from).value();
    Journal journal;
    JournalLog log(journal);
    Client client(journal);
    QSignalSpy failed(&client, &Client::connectFailed);
    client.connectAndSend(m_settings);
    QTRY_COMPARE(failed.count(), 1);
    const QString sentence = log.steps().back().detail;
    QVERIFY2(sentence.contains(says.contains("%1") ? says.arg(port) : says), qPrintable(sentence));
    QCOMPARE(log.activity().phase, Activity::Phase::Idle);
}

void TestClient::onlyOneVersionOfIp()
{
    m_settings.host = "localhost";
    m_settings.ipVersion = QAbstractSocket::IPv4Protocol;
    Journal journal;
    JournalLog log(journal);
    Client client(journal);
    client.connectAndSend(m_settings);
    QTRY_VERIFY(log.has("connected"));
    QVERIFY(log.connection().peer.startsWith("127.0.0.1:"));
    for (const Step &step : log.steps())
        QVERIFY2(!step.peer.startsWith('['), qPrintable(step.peer));
}

/// What the kernel has, before it has sent the SYN: so the buffer is in its window.
void TestClient::socketOptions()
{
    m_settings.socket = {.hasNoDelay = false,
                         .keepAlive = SocketOptions::KeepAlive{.idleSeconds = 77, .intervalSeconds = 7, .probes = 3},
                         .sendBufferBytes = 10'000,
                         .receiveBufferBytes = 20'000};
    start();
    QTRY_VERIFY(m_log->has("connected"));
    const quint16 port = m_log->connection().local.section(':', -1).toUShort();
    const int descriptor = Loopback::descriptorOf(port, m_listener->port());
    QVERIFY(descriptor >= 0);
    const auto option = [descriptor](int level, int name) {
        int value = -1;
        socklen_t size = sizeof value;
        return getsockopt(descriptor, level, name, &value, &size) == 0 ? value : -2;
    };
    QCOMPARE(option(IPPROTO_TCP, TCP_NODELAY), 0);
    QCOMPARE(option(SOL_SOCKET, SO_KEEPALIVE), 1);
    QCOMPARE(option(IPPROTO_TCP, TCP_KEEPIDLE), 77);
    QCOMPARE(option(IPPROTO_TCP, TCP_KEEPINTVL), 7);
    QCOMPARE(option(IPPROTO_TCP, TCP_KEEPCNT), 3);
    QCOMPARE(option(SOL_SOCKET, SO_SNDBUF), 2 * 10'000);
    QCOMPARE(option(SOL_SOCKET, SO_RCVBUF), 2 * 20'000);
}

void TestClient::connectsAgain_data()
{
    QTest::addColumn<QString>("end");
    QTest::addColumn<bool>("connectsAgain");
    QTest::newRow("the peer closes") << "close" << true;
    QTest::newRow("the peer resets") << "reset" << true;
    QTest::newRow("this end closes") << "own close" << false;
    QTest::newRow("this end resets") << "own reset" << false;
    QTest::newRow("this end finishes, then the peer") << "half-close" << false;
    QTest::newRow("the program quits") << "quit" << false;
}

void TestClient::connectsAgain()
{
    QFETCH(const QString, end);
    QFETCH(const bool, connectsAgain);
    m_settings.messages = {"a"};
    m_settings.closeAfterReply = false;
    m_settings.connection.closeDelayMs = 0;
    m_settings.reconnectMs = 1;
    start();
    QTRY_COMPARE(m_peer->received(), QByteArray("a\0", 2));
    if (end == "close")
        m_peer->closeNow();
    else if (end == "reset")
        m_peer->reset();
    else if (end == "own close")
        m_client->close(1);
    else if (end == "own reset")
        m_client->reset(1);
    else if (end == "quit")
        m_client->quit();
    if (end == "half-close") {
        m_client->finishSending(1);
        QTRY_VERIFY(m_peer->sawEnd());
        m_peer->closeNow();
    }
    if (!connectsAgain) {
        QTRY_COMPARE(m_done->count(), 1);
        QCOMPARE(m_log->activity().phase, Activity::Phase::Idle);
        return;
    }
    QTRY_COMPARE(m_log->connection(2).id, 2);
    QCOMPARE(m_done->count(), 0);
    m_peer = std::make_unique<RawPeer>(m_listener->accept());
    QTRY_COMPARE(m_peer->received(), QByteArray("a\0", 2)); // all begins anew
    m_client->close(2);
    QTRY_COMPARE(m_done->count(), 1);
}

/// Until somebody listens; or until the user cancels.
void TestClient::connectsAgainAfterARefusal()
{
    const quint16 port = m_listener->port();
    m_listener.reset();
    m_settings.port = port;
    m_settings.reconnectMs = 1;
    Journal journal;
    JournalLog log(journal);
    Client client(journal);
    QSignalSpy failed(&client, &Client::connectFailed);
    client.connectAndSend(m_settings);
    QTRY_VERIFY(log.lines().filter("refused").size() >= 3);
    QCOMPARE(failed.count(), 0);
    QCOMPARE(log.activity().phase, Activity::Phase::Connecting);
    client.cancel();
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(log.activity().phase, Activity::Phase::Idle);
    client.connectAndSend(m_settings); // is not ignored: it does not connect any more
    QCOMPARE(log.activity().phase, Activity::Phase::Connecting);
}

#include "tst_client.moc"
