// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation/client.h"
#include "messages/typedmessage.h"
#include "support/journallog.h"
#include "support/rawpeer.h"
#include "support/registertest.h"

#include <QSignalSpy>
#include <QTest>

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

#include "tst_client.moc"
