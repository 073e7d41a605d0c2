// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation/closedwatch.h"
#include "conversation/server.h"
#include "support/journallog.h"
#include "support/privatenetwork.h"
#include "support/rawpair.h"
#include "support/rawpeer.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QFile>
#include <QTest>

namespace {

/// The kernel queues only a message or two for any netlink socket of this process.
void keepLittle()
{
    for (int descriptor = 3; descriptor < 100; ++descriptor) {
        int domain = 0;
        socklen_t size = sizeof domain;
        const int least = 0;
        if (getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0 && domain == AF_NETLINK)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &least, sizeof least);
    }
}

} // namespace

/// Connections that were closed while bytes were on their way: which of them report a loss.
class TestClosedWatch : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void ordinaryClose();
    void peerReadsLate();
    void peerResetsAfterAcknowledging();
    void peerResets();
    void peerResetsAfterItsFin();
    void othersAreNotOurs();
    void moreAreNotWatched();
    void moreEndsThanTheKernelKeeps();
    void nothingOnItsWay();
    void serverLogsTheLoss();
    void serverClosesInOrder();
    void peerVanishes(); // the last: it stays in a network of its own

private:
    qint64 sendAndClose(RawPair &pair, qint64 bytes = -1);

    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<JournalLog> m_log;
    std::unique_ptr<ClosedWatch> m_watch;
};

void TestClosedWatch::initTestCase()
{
    PrivateNetwork::enter(); // if allowed: the kernel reports the end of every socket of a network
    if (!SocketEnds().listen())
        SKIP_OR_FAIL(QString("This system does not tell of the end of TCP connections through sock_diag."));
}

void TestClosedWatch::init()
{
    m_watch.reset();
    m_journal = std::make_unique<Journal>();
    m_log = std::make_unique<JournalLog>(*m_journal);
    m_watch = std::make_unique<ClosedWatch>(*m_journal);
}

/// The client sends so many bytes, or as many as fit, and closes before they are acknowledged. Returns how many are
/// not.
qint64 TestClosedWatch::sendAndClose(RawPair &pair, qint64 bytes)
{
    const qint64 sent = bytes < 0 ? RawPair::fill(pair.client)
                                  : send(pair.client, QByteArray(bytes, 'x').constData(), size_t(bytes), MSG_NOSIGNAL);
    const auto info = Descriptor::info(pair.client);
    TcpStream::Remainder remainder{.cookie = Descriptor::cookie(pair.client), .acknowledged = info->bytesAcked};
    remainder.bytes = sent - qint64(info->bytesAcked - 1); // the SYN
    Step event;
    event.kind = StepKind::Undelivered;
    event.connection = 1;
    event.local = pair.clientText();
    event.peer = pair.serverText();
    m_watch->add(remainder, event);
    pair.closeClient();
    return remainder.bytes;
}

void TestClosedWatch::ordinaryClose()
{
    RawPair pair;
    const qint64 left = sendAndClose(pair);
    QVERIFY(left > 0);
    QCOMPARE(m_watch->count(), 1U);
    QTRY_VERIFY(!RawPair::drain(pair.server));
    pair.closeServer();
    QTRY_COMPARE(m_watch->count(), 0U);
    QCOMPARE(m_log->lines(), QStringList());
}

/// Nothing is lost while the peer may still read: no event is logged, and the watch continues.
void TestClosedWatch::peerReadsLate()
{
    RawPair first;
    RawPair second;
    sendAndClose(first);
    sendAndClose(second);
    QTRY_VERIFY(!RawPair::drain(second.server));
    QTRY_COMPARE(m_watch->count(), 1U);
    QTRY_VERIFY(!RawPair::drain(first.server));
    QTRY_COMPARE(m_watch->count(), 0U);
    QCOMPARE(m_log->lines(), QStringList());
}

/// The peer's kernel has everything, though its program never read it. For TCP that is delivered.
void TestClosedWatch::peerResetsAfterAcknowledging()
{
    RawPair pair;
    const qint64 left = sendAndClose(pair, 1000);
    QVERIFY2(left == 0 || left == 1000, qPrintable(QString::number(left)));
    QTRY_COMPARE(KernelState().ask(pair.ends())->unacknowledgedBytes(), 0);
    RawPair::reset(pair.server);
    QTRY_COMPARE(m_watch->count(), 0U);
    QCOMPARE(m_log->lines(), QStringList());
}

void TestClosedWatch::peerResets()
{
    RawPair pair;
    sendAndClose(pair);
    const qint64 left = KernelState().ask(pair.ends())->unacknowledgedBytes(); // the kernels may have moved some since
    QVERIFY(left > 0);
    RawPair::reset(pair.server);
    QTRY_COMPARE(m_log->lines(), QStringList{QStringLiteral("undelivered %1").arg(left)});
    const Step &event = m_log->steps().front();
    QCOMPARE(event.connection, 1);
    QCOMPARE(event.number, 0);
    QCOMPARE(event.local, pair.clientText());
    QVERIFY(event.time.wallUs > 0 && event.time.monotonicUs > 0);
    QCOMPARE(m_watch->count(), 0U);
}

/// From LAST-ACK, with the FIN on both sides.
void TestClosedWatch::peerResetsAfterItsFin()
{
    RawPair pair;
    shutdown(pair.server, SHUT_WR);
    QTRY_COMPARE(KernelState().ask(pair.ends())->state, TcpState::CloseWait);
    sendAndClose(pair);
    QCOMPARE(KernelState().ask(pair.ends())->state, TcpState::LastAck);
    const qint64 left = KernelState().ask(pair.ends())->unacknowledgedBytes();
    RawPair::reset(pair.server);
    QTRY_COMPARE(m_log->lines(), QStringList{QStringLiteral("undelivered %1").arg(left)});
}

/// The network fails, and the kernel gives up, along with the bytes that it had not sent.
void TestClosedWatch::peerVanishes()
{
    if (!PrivateNetwork::enter())
        SKIP_OR_FAIL(QString("This system allows no network namespace of one's own."));
    // FIN is sent once more, after 200 ms or so, and then never again.
    QFile retries(QStringLiteral("/proc/sys/net/ipv4/tcp_orphan_retries"));
    QVERIFY(retries.open(QIODevice::WriteOnly) && retries.write("1") == 1);
    retries.close();
    RawPair pair;
    QVERIFY(pair.isOpen());
    QVERIFY(PrivateNetwork::setLoopback(false));
    const qint64 left = sendAndClose(pair, 1000);
    QCOMPARE(left, 1000);
    QCOMPARE(m_log->lines(), QStringList());
    QTRY_COMPARE(m_log->lines(), QStringList{QStringLiteral("undelivered 1000")});
}

void TestClosedWatch::othersAreNotOurs()
{
    RawPair watched;
    sendAndClose(watched);
    RawPair stranger;
    RawPair::fill(stranger.client);
    stranger.closeClient();
    RawPair::reset(stranger.server);
    QTRY_COMPARE(KernelState().ask(stranger.ends())->state, TcpState::Closed);
    QTRY_VERIFY(!RawPair::drain(watched.server));
    QTRY_COMPARE(m_watch->count(), 0U);
    QCOMPARE(m_log->lines(), QStringList());
}

void TestClosedWatch::moreAreNotWatched()
{
    for (quint64 cookie = 1; cookie <= ClosedWatch::maxCount + 10; ++cookie)
        m_watch->add({.cookie = ~cookie, .bytes = 1}, {});
    QCOMPARE(m_watch->count(), ClosedWatch::maxCount);
}

/// Sockets whose end was not reported are dropped silently; those that are still there stay watched.
void TestClosedWatch::moreEndsThanTheKernelKeeps()
{
    RawPair watched;
    const qint64 left = sendAndClose(watched);
    QVERIFY(left > 0);
    m_watch->add({.cookie = ~quint64(1), .bytes = 1}, {}); // its end will never be reported
    keepLittle();
    for (int i = 0; i < 1000; ++i)
        close(socket(AF_INET, SOCK_STREAM, 0));
    QTRY_COMPARE(m_watch->count(), 1U);
    QCOMPARE(m_log->lines(), QStringList());
    RawPair::reset(watched.server);
    QTRY_COMPARE(m_watch->count(), 0U);
    QCOMPARE(m_log->lines().size(), 1);
}

/// A connection that is closed with nothing on its way is not watched at all.
void TestClosedWatch::nothingOnItsWay()
{
    m_watch->add({.cookie = 1, .bytes = 0}, {});
    QCOMPARE(m_watch->count(), 0U);
}

void TestClosedWatch::serverLogsTheLoss()
{
    Server server(*m_journal);
    ServerSettings settings;
    settings.port = 0;
    settings.reply = QByteArray(400'000, 'x'); // more than a peer that does not read takes
    settings.replyDelayMs = 0;
    settings.connection.closeDelayMs = 0;
    server.start(settings);
    RawPeer peer = RawPeer::connectTo(m_log->port());
    peer.send(QByteArray("hello\0", 6));
    peer.finishSending();
    QTRY_VERIFY(m_log->has("[6] Close Socket"));
    QVERIFY(!m_log->lines().join(' ').contains("undelivered"));
    peer.reset();
    QTRY_VERIFY(m_log->lines().constLast().startsWith("undelivered "));
    const Step &event = m_log->steps().back();
    QVERIFY2(event.bytes > 0 && event.bytes < settings.reply.fill({}).size(), qPrintable(QString::number(event.bytes)));
    QCOMPARE(event.connection, 1);
    QCOMPARE(event.side, Side::Server);
}

void TestClosedWatch::serverClosesInOrder()
{
    Server server(*m_journal);
    ServerSettings settings;
    settings.port = 0;
    settings.reply = QByteArray(400'000, 'x');
    settings.replyDelayMs = 0;
    settings.connection.closeDelayMs = 0;
    server.start(settings);
    RawPeer peer = RawPeer::connectTo(m_log->port());
    peer.send(QByteArray("hello\0", 6));
    peer.finishSending();
    QTRY_VERIFY(m_log->has("[6] Close Socket"));
    QTRY_VERIFY(peer.sawEnd());
    QCOMPARE(peer.received().size(), settings.reply.fill({}).size() + 1);
    peer.closeNow();
    QTRY_COMPARE(
        KernelState().ask(*SocketPair::fromText(m_log->steps().back().local, m_log->steps().back().peer))->state,
        TcpState::Closed);
    // The kernel reports ends in order: once the next connection's end has been read, so has this one's.
    RawPeer next = RawPeer::connectTo(m_log->port());
    next.send(QByteArray("hello\0", 6));
    next.finishSending();
    QTRY_COMPARE(m_log->lines().filter("[6] Close Socket").size(), 2);
    next.reset();
    QTRY_COMPARE(m_log->steps().back().kind, StepKind::Undelivered);
    QCOMPARE(m_log->steps().back().connection, 2);
    QCOMPARE(m_log->lines().filter("undelivered").size(), 1);
}

REGISTER_TEST(TestClosedWatch)
#include "tst_closedwatch.moc"
