// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messages/typedmessage.h"
#include "support/pairtest.h"
#include "support/rawpeer.h"
#include "support/registertest.h"

#include <QTest>

/// Messages that are sent again and again on an open connection.
class TestRepeater : public PairTest
{
    Q_OBJECT
private slots:
    void init();
    void sendsSoOften();
    void countsWhileItRepeats();
    void replacesAnother();
    void endsWithTheConnection_data();
    void endsWithTheConnection();
    void waitsForASlowPeer();

private:
    qsizetype received() const;
};

REGISTER_TEST(TestRepeater)

void TestRepeater::init()
{
    makePair();
    m_serverSettings.reply = {};
    m_server->start(m_serverSettings);
    m_clientSettings.port = m_serverLog->port();
    m_client->connectAndSend(m_clientSettings);
    QTRY_VERIFY(m_serverLog->has("connected") && m_clientLog->has("connected"));
}

qsizetype TestRepeater::received() const
{
    return m_serverLog->numbered().filter("Recv").size();
}

void TestRepeater::sendsSoOften()
{
    const TypedMessage typed{.text = "a{counter}", .form = MessageForm::Escapes};
    m_client->repeat(1, typed.read().message, {.everyMs = 0, .times = 1000});
    QTRY_COMPARE(received(), 1000);
    QVERIFY(m_serverLog->numbered().constLast().endsWith("Recv: a1000"));
    QTRY_COMPARE(m_clientLog->connection().repeated, -1);
    m_client->send(1, "after");
    QTRY_COMPARE(received(), 1001);
}

void TestRepeater::countsWhileItRepeats()
{
    m_client->repeat(1, "a", {.everyMs = 5, .times = 100'000});
    QTRY_VERIFY(m_clientLog->connection().repeated >= 3);
    QCOMPARE(m_clientLog->connection().repeats, 100'000);
    m_client->stopSending(1);
    QTRY_COMPARE(m_clientLog->connection().repeated, -1);
    const qsizetype sent = m_clientLog->numbered().filter("Send").size();
    m_client->send(1, "the next one");
    QTRY_VERIFY(m_serverLog->numbered().constLast().endsWith("Recv: the next one"));
    QCOMPARE(received(), sent + 1);
}

void TestRepeater::replacesAnother()
{
    m_client->repeat(1, "a", {.everyMs = 0, .times = 0});
    QTRY_VERIFY(received() > 3);
    m_client->repeat(1, "b", {.everyMs = 0, .times = 2});
    QTRY_COMPARE(m_clientLog->connection().repeated, -1);
    m_client->send(1, "c");
    QTRY_VERIFY(m_serverLog->numbered().constLast().endsWith("Recv: c"));
    QCOMPARE(m_serverLog->numbered().filter("Recv: b").size(), 2);
}

void TestRepeater::endsWithTheConnection_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : {"close", "finish sending", "reset", "reset by the peer", "quit"})
        QTest::newRow(how) << how;
}

void TestRepeater::endsWithTheConnection()
{
    QFETCH(const QString, how);
    m_client->repeat(1, "a", {.everyMs = 0, .times = 0});
    QTRY_VERIFY(received() > 3);
    if (how == "close")
        m_client->close(1);
    else if (how == "finish sending")
        m_client->finishSending(1);
    else if (how == "reset")
        m_client->reset(1);
    else if (how == "reset by the peer")
        m_server->reset(1);
    else
        m_client->quit();
    QTRY_VERIFY(m_clientLog->connection().repeated == -1 || !m_clientLog->connection().isOpen());
    const qsizetype sent = m_clientLog->numbered().filter("Send").size();
    QCoreApplication::processEvents();
    QCOMPARE(m_clientLog->numbered().filter("Send").size(), sent);
}

/// Sending never has more than its limit to do, and goes on when there is room.
void TestRepeater::waitsForASlowPeer()
{
    RawPeer listener = RawPeer::listener();
    makePair();
    m_clientSettings.port = listener.port();
    m_client->connectAndSend(m_clientSettings);
    RawPeer peer = listener.accept();
    QTRY_VERIFY(m_clientLog->has("connected"));
    constexpr qsizetype size = 8 * 1024 * 1024;
    m_client->repeat(1, QByteArray(size, 'x'), {.everyMs = 0, .times = 20});
    QTRY_VERIFY(!m_clientLog->events().filter("limit").isEmpty());
    QVERIFY(m_clientLog->connection().unsentBytes <= Outbox::limit + size);
    QTRY_COMPARE(peer.received().size(), 20 * (size + 1));
    QCOMPARE(m_clientLog->connection().repeated, -1);
}

#include "tst_repeater.moc"
