// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation/client.h"
#include "conversation/server.h"
#include "support/journallog.h"
#include "support/privatenetwork.h"
#include "support/rawpeer.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

/// Peers that vanish. Runs in a network namespace of its own, whose loopback can be cut and whose time-outs are
/// short. Needs the right to create one, which root has.
class TestBrokenNetwork : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void peerVanishesWhileWeSend();
    void peerVanishesWhileWeClose();
    void peerVanishesAfterItsFin();
    void lateFinGetsReset();

private:
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<JournalLog> m_log;
};

namespace {

bool setFinTimeout(int seconds)
{
    QFile setting(QStringLiteral("/proc/sys/net/ipv4/tcp_fin_timeout"));
    return setting.open(QIODevice::WriteOnly) && setting.write(QByteArray::number(seconds)) > 0;
}

/// The kernel's table of connections has a local port. Listening sockets do not count.
bool kernelKnows(quint16 port)
{
    QFile table(QStringLiteral("/proc/thread-self/net/tcp"));
    if (!table.open(QIODevice::ReadOnly))
        return true;
    const QByteArray entry = QStringLiteral(": 0100007F:%1 ").arg(port, 4, 16, QLatin1Char('0')).toUpper().toLatin1();
    return table.readAll().contains(entry);
}

} // namespace

void TestBrokenNetwork::initTestCase()
{
    if (!PrivateNetwork::enter())
        SKIP_OR_FAIL(QString("a network namespace may not be made here: run the tests as root"));
}

void TestBrokenNetwork::init()
{
    m_journal = std::make_unique<Journal>();
    m_log = std::make_unique<JournalLog>(*m_journal);
}

void TestBrokenNetwork::cleanup()
{
    QVERIFY(PrivateNetwork::setLoopback(true));
}

void TestBrokenNetwork::peerVanishesWhileWeSend()
{
    RawPeer listener = RawPeer::listener();
    ClientSettings settings;
    settings.port = listener.port();
    settings.connection.userTimeoutMs = 300;
    Client client(*m_journal);
    QSignalSpy done(&client, &Client::conversationDone);
    client.connectAndSend(settings);
    RawPeer peer = listener.accept();
    QTRY_VERIFY(m_log->has("connected"));
    QVERIFY(PrivateNetwork::setLoopback(false));
    client.send(1, "anybody there?");
    QTRY_COMPARE(done.count(), 1);
    QCOMPARE(m_log->lines().mid(2), (QStringList{"[1] Send: anybody there?", "timed-out", "undelivered 15"}));
    QCOMPARE(done.constFirst().constFirst().toBool(), false);
}

/// Bytes that wait to be sent when the peer vanishes are given up, too.
void TestBrokenNetwork::peerVanishesWhileWeClose()
{
    RawPeer listener = RawPeer::listener();
    ClientSettings settings;
    settings.port = listener.port();
    settings.messages = {QByteArray(Framer::messageLimit, 'x')};
    settings.connection.userTimeoutMs = 300;
    Client client(*m_journal);
    QSignalSpy done(&client, &Client::conversationDone);
    client.connectAndSend(settings);
    RawPeer peer = listener.accept();
    QTRY_VERIFY(m_log->connection().unsentBytes > 0);
    client.close(1);
    QVERIFY(PrivateNetwork::setLoopback(false));
    QTRY_COMPARE(done.count(), 1);
    QVERIFY(m_log->has("timed-out"));
    QVERIFY(m_log->numbered().isEmpty()); // the kernel has ended the connection
    const Step lost = m_log->steps().back();
    QCOMPARE(lost.kind, StepKind::Undelivered);
    QVERIFY(lost.bytes > 0 && lost.bytes <= Framer::messageLimit + 1);
}

/// Once Qt has closed its socket, only the kernel reports the time-out.
void TestBrokenNetwork::peerVanishesAfterItsFin()
{
    Server server(*m_journal);
    ServerSettings settings;
    settings.port = 0;
    settings.connection.closeDelayMs = ConnectionSettings::never;
    settings.connection.userTimeoutMs = 300;
    server.start(settings);
    const RawPeer peer = RawPeer::connectTo(m_log->port());
    peer.finishSending();
    QTRY_VERIFY(m_log->has("peer-finished"));
    QVERIFY(PrivateNetwork::setLoopback(false));
    server.send(1, "anybody there?");
    QTRY_COMPARE(m_log->lines().mid(3), (QStringList{"[1] Send: anybody there?", "timed-out", "undelivered 15"}));
}

/// A peer that has closed waits in FIN-WAIT-2 only for a while (Linux: 60 s, here 1 s).
void TestBrokenNetwork::lateFinGetsReset()
{
    QVERIFY(setFinTimeout(1));
    Server server(*m_journal);
    ServerSettings settings;
    settings.port = 0;
    settings.connection.closeDelayMs = ConnectionSettings::never;
    server.start(settings);
    RawPeer peer = RawPeer::connectTo(m_log->port());
    const quint16 peerPort = peer.port();
    QTRY_VERIFY(m_log->has("connected"));
    peer.closeNow();
    QTRY_VERIFY(m_log->has("peer-finished"));
    QTRY_VERIFY(!kernelKnows(peerPort));
    QCOMPARE(m_log->connection().state, TcpState::CloseWait); // this end has not been told
    server.send(1, "hello?");
    QTRY_VERIFY(m_log->has("reset-by-peer"));
    QCOMPARE(m_log->lines().mid(3), (QStringList{"[1] Send: hello?", "reset-by-peer", "undelivered 7"}));
}

REGISTER_TEST(TestBrokenNetwork)
#include "tst_brokennetwork.moc"
