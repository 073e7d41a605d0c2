// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "kernel/kernelstate.h"
#include "support/rawpeer.h"
#include "support/registertest.h"
#include "support/servertest.h"

#include <QCryptographicHash>
#include <QTemporaryFile>
#include <QTest>

#include <netinet/tcp.h>

#include <algorithm>

/// Stop Reading and Read Again. The peer is a plain socket, and the kernel says what nobody has read.
class TestStopReading : public ServerTest
{
    Q_OBJECT
private slots:
    void init();
    void bytesStayInTheKernel();
    void theWindowClosesAndOpens();
    void sendingGoesOn();
    void onlyOnce();
    void resetIsNoticedAtOnce_data();
    void resetIsNoticedAtOnce();
    void finIsSeenWhenItIsRead_data();
    void finIsSeenWhenItIsRead();
    void finAfterOurs();
    void close_data();
    void close();
    void closeAfterBothFins();
    void closeLosesWhatTheKernelHas();
    void closeLogsWhatWasRead();
    void quit();
    void nothingWaitsForATerminator();
    void readsLater();
    void neverReads();
    void readsAgainBeforeItsTime();

private:
    RawPeer connectPeer(int receiveBuffer = 0);
    RawPeer connectAndStop(int receiveBuffer = 0);
    RawPeer finishBoth();
    quint32 fill(const RawPeer &peer, QByteArray &bytes) const;
    KernelSocket ours() const { return m_kernel.ask(m_ends).value_or(KernelSocket()); }
    KernelSocket theirs() const { return m_kernel.ask(m_ends.swapped()).value_or(KernelSocket()); }

    KernelState m_kernel;
    SocketPair m_ends; ///< of the first connection, from the server's view
};

REGISTER_TEST(TestStopReading)

namespace {

const QByteArray hi("Hi\0", 3);

/// Without a period that a part could have, and without NUL.
QByteArray streamOf(qsizetype bytes)
{
    QByteArray stream(bytes, Qt::Uninitialized);
    quint32 state = 7;
    for (char &byte : stream) {
        state = state * 1664525 + 1013904223;
        byte = char(1 + (state >> 24) % 255);
    }
    return stream;
}

/// Removes the bytes that the kernel takes now. False if there are none.
bool sendSome(const RawPeer &peer, QByteArray &bytes)
{
    const qsizetype before = bytes.size();
    for (qint64 sent = 1; sent > 0 && !bytes.isEmpty();) {
        sent = qMax<qint64>(0, peer.trySend(bytes.first(qMin<qsizetype>(bytes.size(), 64 * 1024)), 0));
        bytes.remove(0, sent);
    }
    return bytes.size() < before;
}

QByteArray hash(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

} // namespace

void TestStopReading::init()
{
    makeServer();
    m_settings.connection.closeDelayMs = ConnectionSettings::never;
}

/// Connects a peer to the server.
RawPeer TestStopReading::connectPeer(int receiveBuffer)
{
    m_server->start(m_settings);
    RawPeer peer = RawPeer::connectTo(m_log->port(), receiveBuffer);
    [this] { QTRY_VERIFY(m_log->has("connected")); }();
    const ConnectionStatus status = m_log->connection();
    m_ends = SocketPair::fromText(status.local, status.peer).value_or(SocketPair());
    return peer;
}

/// The same, and the server stops reading.
RawPeer TestStopReading::connectAndStop(int receiveBuffer)
{
    RawPeer peer = connectPeer(receiveBuffer);
    m_server->stopReading(1);
    return peer;
}

/// Sends as much as both kernels take. Returns how much the receiving one holds. A window with room for less than a
/// segment is probed, too, and the probe fills it. So the window is closed once a probe was in vain.
quint32 TestStopReading::fill(const RawPeer &peer, QByteArray &bytes) const
{
    const auto isStuck = [&] {
        tcp_info info{};
        socklen_t size = sizeof info;
        getsockopt(peer.descriptor(), IPPROTO_TCP, TCP_INFO, &info, &size);
        const bool hasProbed = info.tcpi_backoff > 0;
        return !sendSome(peer, bytes) && hasProbed && theirs().timer == KernelSocket::Timer::ZeroWindowProbe;
    };
    [&] { QTRY_VERIFY(isStuck()); }();
    return ours().receiveQueue;
}

void TestStopReading::bytesStayInTheKernel()
{
    RawPeer peer = connectAndStop();
    QVERIFY(m_log->connection().isReadingStopped);
    peer.send(hi);
    QTRY_COMPARE(ours().receiveQueue, 3U);
    RawPeer other = RawPeer::connectTo(m_log->port()); // a whole conversation in the meantime
    other.send(hi);
    QTRY_COMPARE(other.received().size(), 12);
    QCOMPARE(ours().receiveQueue, 3U);
    m_server->readAgain(1);
    QTRY_COMPARE(peer.received().size(), 12);
    QCOMPARE(ours().receiveQueue, 0U);
    QVERIFY(!m_log->connection().isReadingStopped);
    QStringList lines;
    for (const Step &step : m_log->steps()) {
        if (step.connection == 1)
            lines.append(StepText::line(step));
    }
    QCOMPARE(lines.mid(1),
             (QStringList{"Stopped reading: what the peer sends stays in the kernel",
                          "Reading again: 3 bytes waited in the kernel", "[2] Recv: Hi", "[3] Send: Hi, client!"}));
}

/// 8 MiB: the peer has to wait, and nothing is lost.
void TestStopReading::theWindowClosesAndOpens()
{
    m_journal->setKeptBytes(16 * 1024 * 1024);
    RawPeer peer = connectAndStop();
    const QByteArray stream = streamOf(8 * 1024 * 1024);
    QByteArray unsent = stream + '\0';
    const quint32 held = fill(peer, unsent);
    QVERIFY(held > 0);
    QVERIFY(!unsent.isEmpty());
    QVERIFY(m_log->numbered().isEmpty());
    m_server->readAgain(1);
    const auto isSent = [&] {
        sendSome(peer, unsent);
        return unsent.isEmpty();
    };
    QTRY_VERIFY(isSent());
    QTRY_COMPARE(m_log->numbered().size(), 2);
    const auto steps = m_log->steps();
    const auto found = std::find_if(steps.begin(), steps.end(), [](const Step &step) { return step.number == 2; });
    QCOMPARE(found->bytes, stream.size() + 1);
    QCOMPARE(hash(found->payload), hash(stream));
    QVERIFY(m_log->has(QStringLiteral("reading-again %1").arg(held)));
}

/// Replies that are due, and a file, leave while nothing is read.
void TestStopReading::sendingGoesOn()
{
    m_settings.connection.sendFraming = Framing::None;
    m_settings.replyDelayMs = 500;
    RawPeer peer = connectPeer();
    peer.send(hi);
    QTRY_COMPARE(m_log->connection().repliesDue, 1);
    m_server->stopReading(1);
    peer.send(hi);
    QTRY_COMPARE(peer.received(), "Hi, client!");
    QTemporaryFile file;
    QVERIFY(file.open());
    const QByteArray stream = streamOf(8 * 1024 * 1024);
    QCOMPARE(file.write(stream), stream.size());
    QVERIFY(file.flush());
    m_server->send(1, StreamedFile{.path = file.fileName(), .bytes = stream.size()});
    QTRY_COMPARE(peer.received().size(), 11 + stream.size());
    QCOMPARE(hash(peer.received().mid(11)), hash(stream));
    QCOMPARE(ours().receiveQueue, 3U);
    QTRY_VERIFY(m_log->numbered().contains("[2] Recv: Hi"));
    QCOMPARE(m_log->numbered().filter("Recv").size(), 1);
}

void TestStopReading::onlyOnce()
{
    RawPeer peer = connectPeer();
    m_server->readAgain(1);
    m_server->stopReading(1);
    m_server->stopReading(1);
    m_server->readAgain(1);
    m_server->readAgain(1);
    QCOMPARE(m_log->events().mid(1), (QStringList{"connected", "reading-stopped", "reading-again 0"}));
    peer.finishSending();
    QTRY_VERIFY(m_log->has("peer-finished"));
    m_server->stopReading(1); // there is nothing to read any more
    QCOMPARE(m_log->events().size(), 5);
    QVERIFY(!m_log->connection().isReadingStopped);
}

void TestStopReading::resetIsNoticedAtOnce_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QStringList>("numbered");
    QTest::newRow("nothing waits") << QByteArray() << QStringList();
    QTest::newRow("a message waits") << hi << QStringList{"[2] Recv: Hi"};
}

/// As always, what came before a reset is delivered.
void TestStopReading::resetIsNoticedAtOnce()
{
    QFETCH(const QByteArray, sent);
    RawPeer peer = connectAndStop();
    peer.send(sent);
    QTRY_COMPARE(ours().receiveQueue, quint32(sent.size()));
    peer.reset();
    QTRY_VERIFY(m_log->has("reset-by-peer"));
    QTEST(m_log->numbered(), "numbered");
    QVERIFY(!m_log->has("peer-finished"));
    QVERIFY(!m_log->connection().isOpen());
}

void TestStopReading::finIsSeenWhenItIsRead_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("nothing waits") << QByteArray();
    QTest::newRow("a message waits") << hi;
    QTest::newRow("a byte waits") << QByteArray("x");
}

void TestStopReading::finIsSeenWhenItIsRead()
{
    QFETCH(const QByteArray, sent);
    m_settings.reply = {};
    RawPeer peer = connectAndStop();
    peer.send(sent);
    peer.finishSending();
    QTRY_COMPARE(ours().state, TcpState::CloseWait);
    RawPeer other = RawPeer::connectTo(m_log->port()); // a whole connection in the meantime
    other.finishSending();
    QTRY_COMPARE(m_log->events().filter("peer-finished").size(), 1);
    QCOMPARE(ours().receiveQueue, quint32(sent.size()) + 1); // FIN counts
    m_server->readAgain(1);
    QTRY_COMPARE(m_log->events().filter("peer-finished").size(), 2);
    QVERIFY(m_log->has(QStringLiteral("reading-again %1").arg(sent.size())));
    QCOMPARE(m_log->numbered().size(), sent.isEmpty() ? 0 : 1);
    QVERIFY(m_log->connection().isOpen());
    m_server->close(1);
    QVERIFY(m_log->has(sent.isEmpty() ? "[2] Close Socket" : "[4] Close Socket"));
}

/// Both ends have finished sending, and "Hi" waits in the kernel.
RawPeer TestStopReading::finishBoth()
{
    RawPeer peer = connectAndStop();
    [&] {
        m_server->finishSending(1);
        QTRY_VERIFY(peer.sawEnd());
        peer.send(hi);
        peer.finishSending();
        QTRY_COMPARE(theirs().state, TcpState::Closed);
    }();
    return peer;
}

/// Then the kernel's connection is over; what it holds can still be read.
void TestStopReading::finAfterOurs()
{
    const RawPeer peer = finishBoth();
    m_server->readAgain(1);
    QTRY_VERIFY(m_log->has("peer-finished"));
    QCOMPARE(m_log->numbered(), QStringList{"[2] Recv: Hi"});
    m_server->close(1);
    QCOMPARE(m_log->numbered().constLast(), "[3] Close Socket");
    QCOMPARE(m_log->events().filter("unread"), QStringList());
}

void TestStopReading::close_data()
{
    using Close = void (*)(Server &);
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<Close>("how");
    QTest::addColumn<bool>("isReset");
    QTest::addColumn<QStringList>("logged");
    const Close fin = [](Server &server) { server.close(1); };
    const Close halfClose = [](Server &server) {
        server.finishSending(1);
        server.close(1);
    };
    const Close reset = [](Server &server) { server.reset(1); };
    QTest::newRow("close, nothing waits") << QByteArray() << fin << false << QStringList{"[1] Close Socket"};
    QTest::newRow("close, bytes wait") << hi << fin << true << QStringList{"[1] Close Socket", "unread 3"};
    QTest::newRow("close after half-close")
        << hi << halfClose << true << QStringList{"finished-sending", "[1] Close Socket", "unread 3"};
    QTest::newRow("reset") << hi << reset << true << QStringList{"[1] Reset Socket", "unread 3"};
    QTest::newRow("reset, nothing waits") << QByteArray() << reset << true << QStringList{"[1] Reset Socket"};
}

void TestStopReading::close()
{
    using Close = void (*)(Server &);
    QFETCH(const QByteArray, sent);
    QFETCH(const Close, how);
    QFETCH(const bool, isReset);
    RawPeer peer = connectAndStop();
    peer.send(sent);
    QTRY_COMPARE(ours().receiveQueue, quint32(sent.size()));
    how(*m_server);
    QTRY_VERIFY(!m_log->connection().isOpen());
    QTEST(m_log->lines().mid(3), "logged");
    QTRY_VERIFY(peer.sawEnd() || peer.sawReset() || peer.hasFailed());
    QCOMPARE(peer.sawReset() || peer.hasFailed(), isReset);
}

void TestStopReading::closeAfterBothFins()
{
    const RawPeer peer = finishBoth();
    m_server->close(1);
    QCOMPARE(m_log->lines().mid(4), (QStringList{"[1] Close Socket", "unread 3"}));
    QVERIFY(!StepText::line(m_log->steps().back()).contains("RST"));
    QVERIFY(!peer.hasFailed());
}

/// RST drops what the peer has not acknowledged, and no FIN leaves.
void TestStopReading::closeLosesWhatTheKernelHas()
{
    RawPeer peer = connectAndStop(4096);
    peer.send(hi);
    m_server->send(1, QByteArray(100'000, 'x'));
    QTRY_COMPARE(ours().receiveQueue, 3U);
    QTRY_COMPARE(m_log->connection().unsentBytes, 0);
    m_server->close(1);
    QTRY_VERIFY(!m_log->events().filter("undelivered").isEmpty());
    QVERIFY(m_log->has("unread 3"));
    QVERIFY(!m_log->has("fin-sent"));
    QTRY_VERIFY(peer.sawReset());
}

/// The journal is full, so that bytes wait in this program, too.
void TestStopReading::closeLogsWhatWasRead()
{
    m_settings.reply = {};
    RawPeer peer = connectPeer();
    constexpr int messages = 5000; // more than the journal takes
    peer.send(QByteArray(messages, '\0'));
    QTRY_VERIFY(m_journal->isFull());
    QByteArray flood(16 * 1024 * 1024, 'x');
    const quint32 unread = fill(peer, flood);
    const quint64 arrived = ours().path.value_or(KernelSocket::Path()).bytesReceived;
    m_server->stopReading(1);
    m_server->close(1);
    QCOMPARE(m_log->numbered().size(), messages + 1);
    QVERIFY(m_log->has(QStringLiteral("unread %1").arg(unread)));
    QVERIFY(m_log->has(QStringLiteral("partial %1").arg(arrived - messages - unread)));
    QTRY_VERIFY(peer.sawReset());
}

void TestStopReading::quit()
{
    RawPeer peer = connectAndStop();
    peer.send(hi);
    QTRY_COMPARE(ours().receiveQueue, 3U);
    m_server->quit();
    QTRY_VERIFY(peer.sawReset());
    QVERIFY(m_log->has("unread 3"));
}

/// No event says that bytes have no end, for that may be in the kernel.
void TestStopReading::nothingWaitsForATerminator()
{
    m_settings.reply = {};
    RawPeer peer = connectPeer();
    peer.send("be");
    QTRY_COMPARE(ours().receiveQueue, 0U);
    QTRY_COMPARE(ours().path.value_or(KernelSocket::Path()).bytesReceived, 2U);
    m_server->stopReading(1);
    peer.send(QByteArray("gun\0", 4));
    RawPeer later = RawPeer::connectTo(m_log->port());
    later.send("x");
    QTRY_VERIFY(m_log->has("partial 1")); // which began later
    QVERIFY(!m_log->has("partial 2"));
    m_server->readAgain(1);
    QTRY_COMPARE(m_log->numbered(), QStringList{"[2] Recv: begun"});
}

void TestStopReading::readsLater()
{
    m_settings.connection.readAfterMs = 300;
    RawPeer peer = connectPeer();
    peer.send(hi);
    QTRY_COMPARE(peer.received().size(), 12);
    QCOMPARE(m_log->lines().mid(1),
             (QStringList{"connected", "reading-stopped", "reading-again 3", "[2] Recv: Hi", "[3] Send: Hi, client!"}));
    const auto steps = m_log->steps();
    QVERIFY(steps.at(3).time.monotonicUs - steps.at(2).time.monotonicUs >= 300'000);
    QVERIFY(StepText::line(steps.at(2)).contains("0.3 s"));
}

void TestStopReading::neverReads()
{
    m_settings.connection.readAfterMs = ConnectionSettings::never;
    RawPeer peer = connectPeer();
    peer.send(hi);
    QTRY_COMPARE(ours().receiveQueue, 3U);
    m_server->close(1);
    QTRY_VERIFY(peer.sawReset());
    QCOMPARE(m_log->lines().mid(1), (QStringList{"connected", "reading-stopped", "[1] Close Socket", "unread 3"}));
}

void TestStopReading::readsAgainBeforeItsTime()
{
    m_settings.connection.readAfterMs = 200;
    RawPeer peer = connectPeer();
    m_server->readAgain(1);
    m_server->stopReading(1); // the time is over for good
    RawPeer other = RawPeer::connectTo(m_log->port());
    other.send(hi);
    QTRY_COMPARE(other.received().size(), 12); // after its own time
    QVERIFY(m_log->connection().isReadingStopped);
    QCOMPARE(m_log->events().filter("reading-again").size(), 2);
}

#include "tst_stopreading.moc"
