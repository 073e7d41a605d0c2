// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/loopback.h"
#include "support/pairtest.h"
#include "support/rawpeer.h"
#include "support/registertest.h"
#include "support/tcpdumpcapture.h"

#include <QSignalSpy>

/// Every way to close, and the segments that it puts on the wire. Where capturing is not allowed, only the results of
/// the other end's system calls are checked.
class TestClosing : public PairTest
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void fourWayWave();
    void threeWayWave();
    void serverClosesFirst();
    void bothCloseAtOnce();
    void peerStillSends();
    void receivedBytesAreUnread();
    void finishSending();
    void closeAfterFinishSending();
    void reset();
    void resetInCloseWait();
    void resetDropsWhatIsUnsent();
    void stopServer();
    void quit();
    void replyInCloseWait();
    void closeNow();

private:
    void startServer();
    RawPeer connectPeer();
    void connectClient(const QList<MessageTemplate> &messages = {});
    QStringList wire() const;
    QStringList wireFromFirstFin() const;

    std::unique_ptr<TcpdumpCapture> m_capture; ///< null where capturing is not allowed
};

namespace {

constexpr int captureMs = 30'000;

/// If the wire is captured, waits until it shows these segments: the capture is slower than the peers.
#define TRY_WIRE(actual, expected)                                                                                     \
    do {                                                                                                               \
        if (m_capture)                                                                                                 \
            QTRY_COMPARE_WITH_TIMEOUT(actual, expected, captureMs);                                                    \
    } while (false)

} // namespace

void TestClosing::init()
{
    makePair();
    m_serverSettings.connection.closeDelayMs = ConnectionSettings::never;
}

void TestClosing::cleanup()
{
    m_client.reset();
    m_server.reset();
    m_capture.reset();
}

/// Starts the server and the capture of its port.
void TestClosing::startServer()
{
    m_server->start(m_serverSettings);
    m_clientSettings.port = m_serverLog->port();
    QVERIFY(m_clientSettings.port != 0);
    m_capture = std::make_unique<TcpdumpCapture>(m_clientSettings.port);
    QTRY_VERIFY_WITH_TIMEOUT(m_capture->hasStarted() || m_capture->hasFailed(), captureMs);
    if (m_capture->hasStarted())
        return;
    QVERIFY2(!qEnvironmentVariableIsSet("TCPSTEPS_MUST_CAPTURE"), qPrintable(m_capture->errors()));
    qInfo("The segments are not checked: tcpdump may not capture here (run the tests as root).");
    m_capture.reset();
}

RawPeer TestClosing::connectPeer()
{
    startServer();
    RawPeer peer = RawPeer::connectTo(m_clientSettings.port);
    [this] { QTRY_VERIFY(m_serverLog->has("connected")); }();
    return peer;
}

void TestClosing::connectClient(const QList<MessageTemplate> &messages)
{
    startServer();
    m_clientSettings.messages = messages;
    m_client->connectAndSend(m_clientSettings);
    QTRY_VERIFY(m_clientLog->has("connected"));
    QTRY_VERIFY(m_serverLog->has("connected"));
}

/// All segments except bare acknowledgements, whose number varies.
QStringList TestClosing::wire() const
{
    QStringList texts;
    for (const auto &segment : m_capture->segments()) {
        if (!segment.isAcknowledgement())
            texts.append(segment.text());
    }
    return texts;
}

/// All segments from the first FIN on.
QStringList TestClosing::wireFromFirstFin() const
{
    QStringList texts;
    for (const auto &segment : m_capture->segments()) {
        if (!texts.isEmpty() || segment.flags.contains('F'))
            texts.append(segment.text());
    }
    return texts;
}

void TestClosing::fourWayWave()
{
    m_serverSettings.connection.closeDelayMs = 200; // longer than a FIN's acknowledgement is held
    connectClient({"Hi"});
    QTRY_VERIFY(m_clientLog->has("[4] Recv: Hi, client!"));
    m_client->close(1);
    QTRY_COMPARE(m_serverLog->lines().mid(4), (QStringList{"peer-finished", "[6] Close Socket"}));
    QCOMPARE(m_clientLog->numbered().constLast(), "[5] Close Socket");
    TRY_WIRE(wire(), (QStringList{"client S", "server S.", "client P. 3", "server P. 12", "client F.", "server F."}));
    TRY_WIRE(wireFromFirstFin(), (QStringList{"client F.", "server .", "server F.", "client ."}));
}

void TestClosing::threeWayWave()
{
    m_serverSettings.connection.closeDelayMs = 0;
    connectClient({"Hi"}); // Linux does not delay the acknowledgement of a FIN if nothing was sent
    QTRY_VERIFY(m_clientLog->has("[4] Recv: Hi, client!"));
    m_client->close(1);
    QTRY_VERIFY(m_serverLog->has("[6] Close Socket"));
    QCOMPARE(m_clientLog->numbered().constLast(), "[5] Close Socket");
    TRY_WIRE(wire(), (QStringList{"client S", "server S.", "client P. 3", "server P. 12", "client F.", "server F."}));
    if (!m_capture)
        return;
    // On a loaded machine the server's FIN may come too late to carry the acknowledgement, which is held for 40 ms.
    constexpr int heldMs = 35;
    QTRY_VERIFY_WITH_TIMEOUT(wireFromFirstFin().endsWith("client ."), captureMs);
    const auto segments = m_capture->segments();
    const auto isFin = [](const TcpdumpCapture::Segment &segment) { return segment.flags == "F."; };
    const auto first = std::find_if(segments.begin(), segments.end(), isFin);
    const auto second = std::find_if(first + 1, segments.end(), isFin);
    QVERIFY2(second - first == 1 || first->time.msecsTo(second->time) >= heldMs,
             qPrintable(wireFromFirstFin().join(", ")));
}

void TestClosing::serverClosesFirst()
{
    m_clientSettings.connection.closeDelayMs = 200;
    connectClient({"Hi"});
    QTRY_VERIFY(m_clientLog->has("[4] Recv: Hi, client!"));
    m_server->close(1);
    QTRY_VERIFY(m_clientLog->has("[6] Close Socket"));
    QVERIFY(m_serverLog->has("[5] Close Socket"));
    TRY_WIRE(wireFromFirstFin(), (QStringList{"server F.", "client .", "client F.", "server ."}));
}

/// Each FIN leaves before the other has come: for a while both ends lose whatever arrives.
void TestClosing::bothCloseAtOnce()
{
    connectClient();
    const quint16 port = m_clientSettings.port;
    const quint16 clientPort = m_clientLog->connection().local.section(':', -1).toUShort();
    constexpr unsigned lostMs = 100; // the kernel sends a FIN again after 200 ms
    QVERIFY(Loopback::dropOlderThan(port, clientPort, lostMs));
    QVERIFY(Loopback::dropOlderThan(clientPort, port, lostMs));
    m_client->close(1);
    m_server->close(1);
    QCOMPARE(m_clientLog->numbered(), QStringList{"[1] Close Socket"});
    QCOMPARE(m_serverLog->numbered(), QStringList{"[1] Close Socket"});
    if (!m_capture)
        return;
    QTRY_VERIFY_WITH_TIMEOUT(wireFromFirstFin().count("client .") > 0 && wireFromFirstFin().count("server .") > 0,
                             captureMs);
    // A FIN that was sent again is one more line.
    QCOMPARE(wireFromFirstFin().mid(0, 2), (QStringList{"client F.", "server F."}));
}

void TestClosing::peerStillSends()
{
    RawPeer peer = connectPeer();
    m_server->close(1);
    QTRY_VERIFY(peer.sawEnd());
    peer.send("more");
    QTRY_VERIFY(peer.hasFailed());
    QCOMPARE(m_serverLog->numbered(), QStringList{"[1] Close Socket"});
    TRY_WIRE(wire(), (QStringList{"client S", "server S.", "server F.", "client P. 4", "server R"}));
}

void TestClosing::receivedBytesAreUnread()
{
    m_serverSettings.reply = {};
    RawPeer peer = connectPeer();
    // More messages than the journal takes, and more bytes than our kernel does.
    peer.send(QByteArray(5000, '\0'));
    QTRY_VERIFY(m_serverJournal->isFull());
    const QByteArray flood(256 * 1024, 'x');
    while (peer.trySend(flood, 0) > 0) { }
    m_server->close(1);
    QTRY_VERIFY(peer.sawReset());
    QVERIFY(m_serverLog->numbered().constLast().endsWith("Close Socket"));
    QVERIFY2(m_serverLog->events().join(' ').contains("unread"), qPrintable(m_serverLog->events().join(' ')));
    TRY_WIRE(wire().filter("server"), (QStringList{"server S.", "server R."}));
}

void TestClosing::finishSending()
{
    connectClient();
    m_client->finishSending(1);
    QTRY_VERIFY(m_serverLog->has("peer-finished"));
    QVERIFY(m_clientLog->numbered().isEmpty());
    m_server->send(1, "one way");
    QTRY_VERIFY(m_clientLog->has("[2] Recv: one way"));
    m_server->close(1);
    QTRY_VERIFY(m_clientLog->has("peer-finished"));
    m_client->close(1);
    QCOMPARE(m_serverLog->numbered(), (QStringList{"[1] Send: one way", "[4] Close Socket"}));
    QCOMPARE(m_clientLog->numbered(), (QStringList{"[2] Recv: one way", "[3] Close Socket"}));
    TRY_WIRE(wire(), (QStringList{"client S", "server S.", "client F.", "server P. 8", "server F."}));
}

void TestClosing::closeAfterFinishSending()
{
    RawPeer peer = connectPeer();
    m_server->finishSending(1);
    QTRY_VERIFY(peer.sawEnd());
    m_server->close(1);
    QCOMPARE(m_serverLog->numbered(), QStringList{"[1] Close Socket"});
    peer.closeNow();
    TRY_WIRE(wire(), (QStringList{"client S", "server S.", "server F.", "client F."}));
}

void TestClosing::reset()
{
    connectClient({"Hi"});
    QTRY_VERIFY(m_clientLog->has("[4] Recv: Hi, client!"));
    m_client->reset(1);
    QTRY_VERIFY(m_serverLog->has("reset-by-peer"));
    QCOMPARE(m_clientLog->numbered().constLast(), "[5] Reset Socket");
    QCOMPARE(m_serverLog->numbered().constLast(), "[3] Send: Hi, client!");
    TRY_WIRE(wire(), (QStringList{"client S", "server S.", "client P. 3", "server P. 12", "client R."}));
}

void TestClosing::resetInCloseWait()
{
    RawPeer peer = connectPeer();
    peer.finishSending();
    QTRY_VERIFY(m_serverLog->has("peer-finished"));
    m_server->reset(1);
    QTRY_VERIFY(peer.sawReset());
    QCOMPARE(m_serverLog->numbered(), QStringList{"[2] Reset Socket"});
    TRY_WIRE(wire(), (QStringList{"client S", "server S.", "client F.", "server R."}));
}

void TestClosing::resetDropsWhatIsUnsent()
{
    m_serverSettings.reply = QByteArray(Framer::messageLimit, 'x');
    RawPeer peer = connectPeer();
    peer.send(QByteArray(1, '\0'));
    QTRY_VERIFY(m_serverLog->connection().unsentBytes > 0);
    m_server->reset(1);
    const Step lost = m_serverLog->steps().back();
    QCOMPARE(lost.kind, StepKind::Undelivered);
    QTRY_VERIFY(peer.sawReset());
    QVERIFY(lost.bytes <= Framer::messageLimit + 1);
    QVERIFY(lost.bytes >= Framer::messageLimit + 1 - peer.received().size());
    TRY_WIRE(wire().filter("server F").size(), 0);
    TRY_WIRE(wire().filter("server R").isEmpty(), false);
}

void TestClosing::stopServer()
{
    m_server = std::make_unique<Server>(*m_serverJournal, 66); // of which 64 are in reserve: one connection
    RawPeer open = connectPeer();
    QTRY_VERIFY(m_serverLog->has("accept-paused"));
    RawPeer waiting = RawPeer::connectTo(m_clientSettings.port);
    m_server->stop();
    QTRY_VERIFY(waiting.sawReset());
    QVERIFY(m_serverLog->has("stopped"));
    open.send(QByteArray("on\0", 3));
    QTRY_COMPARE(open.received(), QByteArray("Hi, client!", 12));
    QVERIFY(m_serverLog->connection().isOpen());
    TRY_WIRE(wire().filter("server"), (QStringList{"server S.", "server S.", "server R.", "server P. 12"}));
}

void TestClosing::quit()
{
    RawPeer one = connectPeer();
    RawPeer two = RawPeer::connectTo(m_clientSettings.port);
    QTRY_COMPARE(m_serverLog->events().count("connected"), 2);
    QSignalSpy quitDone(m_server.get(), &Server::quitDone);
    m_server->quit();
    QTRY_COMPARE(quitDone.count(), 1);
    QCOMPARE(m_serverLog->numbered(), (QStringList{"[1] Close Socket", "[1] Close Socket"}));
    QTRY_VERIFY(one.sawEnd() && two.sawEnd());
    TRY_WIRE(wire().filter("server").mid(2), (QStringList{"server F.", "server F."}));
}

void TestClosing::replyInCloseWait()
{
    RawPeer peer = connectPeer();
    peer.sendLast(QByteArray("?\0", 2));
    QTRY_VERIFY(m_serverLog->has("[3] Send: Hi, client!"));
    QTRY_COMPARE(m_serverLog->connection().state, TcpState::CloseWait);
    m_server->send(1, "and more");
    QTRY_VERIFY(m_serverLog->has("[5] Send: and more"));
    m_server->close(1);
    QTRY_VERIFY(peer.sawEnd());
    QCOMPARE(peer.received(), QByteArray("Hi, client!\0and more\0", 21));
    TRY_WIRE(wire().mid(2), (QStringList{"client F. 2", "server P. 12", "server P. 9", "server F."}));
}

/// The user can shorten or cancel a close delay.
void TestClosing::closeNow()
{
    m_serverSettings.connection.closeDelayMs = 3'600'000;
    RawPeer peer = connectPeer();
    peer.finishSending();
    QTRY_VERIFY(m_serverLog->connection().closeDueUs > 0);
    m_server->keepOpen(1);
    QCOMPARE(m_serverLog->connection().closeDueUs, 0);
    QVERIFY(m_serverLog->connection().isOpen());
    m_server->close(1);
    QTRY_VERIFY(peer.sawEnd());
    QCOMPARE(m_serverLog->numbered(), QStringList{"[2] Close Socket"});
}

REGISTER_TEST(TestClosing)
#include "tst_closing.moc"
