// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation/client.h"
#include "support/loopback.h"
#include "support/registertest.h"
#include "support/servertest.h"

#include <QCryptographicHash>
#include <QSignalSpy>

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <algorithm>

/// Our ends against a peer made of plain system calls, which does what ours never would.
class TestConnection : public ServerTest
{
    Q_OBJECT

private slots:
    void init();

    void silentPeer();
    void sendsWithoutDelay();
    void keepsNoMoreOfAMessageThanIsWanted();
    void aByteAtATime();
    void severalMessagesInOneSegment();
    void unterminatedMessageIsAnswered();
    void bytesThatWaitForATerminator();
    void framingIsChosenForOneConnection();
    void partialIsTakenAsAMessage();
    void urgentDataStaysInTheStream();
    void resetAfterData();
    void resetBeforeManyReplies();
    void resetAfterFin();
    void resetWhileNobodyReads();
    void resetOfAPartWhileNobodyReads();
    void resetWhileUrgentDataIsUnread();
    void resetWhileSendingInCloseWait();
    void resetWithAPartialMessage();
    void peerThatNeverReads();
    void longReplyAfterHalfClose();
    void longReplyToASlowReader();
    void longRepliesToASlowReaderThatHalfCloses();
    void closeWaitsForWhatWasSent();
    void closeReadsWhatHasArrived();
    void closeReadsWhatWaitsForTheJournal();
    void readsOnOnceNoReplyCanCome_data();
    void readsOnOnceNoReplyCanCome();
    void quitResetsWhatCannotLeave();
    void clientClosesWhileTheJournalIsFull();
    void resetDropsWhatWaits();
    void finishSendingGoesOnReceiving();
    void finWaits_data();
    void finWaits();
    void finLeavesAtOnce();
    void closeWhileFinWaits_data();
    void closeWhileFinWaits();
    void floodDoesNotFillTheJournal();
    void tooManyConnectionsPause();
    void resetBeforeItIsAccepted_data();
    void resetBeforeItIsAccepted();
    void clientTellsEndOfFileFromReset();
    void clientAgainstAServerThatSaysNothing();
    void clientTimesOutConnecting();
    void clientWaitsForEachReply();
    void aGreetingIsNoReply();
    void aReplyMayComeEarly();
};

void TestConnection::init()
{
    makeServer();
    m_settings.connection.closeDelayMs = 0;
}

void TestConnection::silentPeer()
{
    RawPeer peer = startAndConnect();
    QCOMPARE(m_log->lines(), (QStringList{"listening", "connected"}));
    QCOMPARE(m_log->connection().state, TcpState::Established);
    peer.closeNow();
    QTRY_COMPARE(m_log->lines().mid(2), (QStringList{"peer-finished", "[2] Close Socket"}));
}

/// Nagle's algorithm is off at both of our ends.
void TestConnection::sendsWithoutDelay()
{
    m_server->start(m_settings);
    Journal journal;
    JournalLog log(journal);
    Client client(journal);
    client.connectAndSend({.host = "127.0.0.1", .port = m_log->port()});
    QTRY_VERIFY(m_log->has("connected") && log.has("connected"));
    const quint16 port = log.connection().local.section(':', -1).toUShort();
    for (const int descriptor :
         {Loopback::descriptorOf(m_log->port(), port), Loopback::descriptorOf(port, m_log->port())}) {
        int on = 0;
        socklen_t size = sizeof on;
        QCOMPARE(getsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, &size), 0);
        QVERIFY(on != 0);
    }
}

/// Whoever takes the steps decides how many bytes of a message they carry.
void TestConnection::keepsNoMoreOfAMessageThanIsWanted()
{
    m_settings.reply = QByteArray(1000, 'r');
    RawPeer peer = startAndConnect();
    m_journal->setKeptBytes(256);
    peer.send(QByteArray(1000, 'm') + '\0');
    QTRY_COMPARE(m_log->numbered().size(), 2);
    for (const Step &step : {m_log->steps().at(2), m_log->steps().at(3)}) {
        QCOMPARE(step.payload.size(), 256);
        QCOMPARE(step.size, 1000);
    }
}

void TestConnection::aByteAtATime()
{
    RawPeer peer = startAndConnect();
    const QByteArray message("Hi, server! I'm client.", 24); // with its NUL
    for (const char byte : message) {
        QVERIFY(!m_log->lines().join(' ').contains("Recv"));
        peer.send(QByteArray(1, byte));
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE(peer.received(), QByteArray("Hi, client!", 12));
    QCOMPARE(m_log->numbered(), (QStringList{"[2] Recv: Hi, server! I'm client.", "[3] Send: Hi, client!"}));
}

void TestConnection::severalMessagesInOneSegment()
{
    m_settings.reply = {};
    RawPeer peer = startAndConnect();
    peer.send(QByteArray("a\0\0b\0c", 6));
    QTRY_COMPARE(m_log->numbered(), (QStringList{"[2] Recv: a", "[4] Recv: ", "[6] Recv: b"}));
    QCOMPARE(m_log->steps().at(4).offset, 3);
    QCOMPARE(m_log->steps().at(4).bytes, 2);
    peer.closeNow();
    QTRY_COMPARE(m_log->numbered().mid(3), (QStringList{"[8] Recv: c", "[10] Close Socket"}));
}

void TestConnection::unterminatedMessageIsAnswered()
{
    RawPeer peer = startAndConnect();
    peer.send("hello\n");
    peer.finishSending();
    QTRY_VERIFY(peer.sawEnd());
    QCOMPARE(peer.received(), QByteArray("Hi, client!", 12));
    QCOMPARE(m_log->lines().mid(2),
             (QStringList{"[2] Recv: hello\\n", "peer-finished", "[3] Send: Hi, client!", "[6] Close Socket"}));
    const Step &message = m_log->steps().at(2);
    QVERIFY(message.unterminated);
    QCOMPARE(message.bytes, 6);
}

void TestConnection::bytesThatWaitForATerminator()
{
    RawPeer peer = startAndConnect();
    peer.send("hello\n");
    QTRY_VERIFY(m_log->has("partial 6"));
    QCOMPARE(m_log->connection().partialBytes, 6);
    QVERIFY(m_log->connection().partialEndsWithNewline);
    peer.send(QByteArray("!\0", 2));
    QTRY_VERIFY(m_log->has("[2] Recv: hello\\n!"));
    QCOMPARE(m_log->connection().partialBytes, 0);
}

void TestConnection::framingIsChosenForOneConnection()
{
    RawPeer peer = startAndConnect();
    peer.send("hello\n");
    QTRY_VERIFY(m_log->connection().partialBytes > 0);
    m_server->setFraming(1, Framing::Newline);
    QTRY_COMPARE(peer.received(), QByteArray("Hi, client!\n"));
    QVERIFY(m_log->has("[2] Recv: hello"));
    QCOMPARE(m_log->connection().framing, Framing::Newline);
}

void TestConnection::partialIsTakenAsAMessage()
{
    RawPeer peer = startAndConnect();
    peer.send("hello");
    QTRY_VERIFY(m_log->connection().partialBytes > 0);
    m_server->takePartial(1);
    QVERIFY(m_log->has("[2] Recv: hello"));
    QTRY_COMPARE(peer.received(), QByteArray("Hi, client!", 12));
}

void TestConnection::urgentDataStaysInTheStream()
{
    RawPeer peer = startAndConnect();
    peer.send("a");
    peer.sendUrgent('b');
    peer.send(QByteArray("c\0", 2));
    QTRY_VERIFY(m_log->has("[2] Recv: abc"));
}

void TestConnection::resetAfterData()
{
    m_settings.replyDelayMs = 60'000;
    RawPeer peer = startAndConnect();
    peer.send(QByteArray("last words\0", 11));
    peer.reset();
    QTRY_VERIFY(m_log->has("reset-by-peer"));
    QCOMPARE(m_log->lines().mid(2), (QStringList{"[2] Recv: last words", "reset-by-peer", "cancelled"}));
}

/// A reply runs into the reset while earlier bytes still wait in the socket's buffer.
void TestConnection::resetBeforeManyReplies()
{
    QTest::failOnWarning(QRegularExpression("QSocketNotifier"));
    RawPeer peer = startAndConnect();
    const QByteArray message = QByteArray(99, 'x') + '\0';
    const QByteArray all = message.repeated(2'000);
    peer.send(all);
    int unacknowledged = 0;
    QCOMPARE(ioctl(peer.descriptor(), SIOCOUTQ, &unacknowledged), 0);
    peer.reset();
    QTRY_VERIFY(m_log->has("reset-by-peer"));
    QVERIFY(m_log->numbered().filter("Recv").size() >= (all.size() - unacknowledged) / message.size());
    QVERIFY(m_log->lines().last().startsWith("undelivered"));
}

void TestConnection::resetAfterFin()
{
    m_settings.connection.closeDelayMs = ConnectionSettings::never;
    RawPeer peer = startAndConnect();
    peer.finishSending();
    QTRY_VERIFY(m_log->has("peer-finished"));
    peer.reset();
    QTRY_VERIFY(m_log->has("reset-by-peer"));
    QVERIFY(!m_log->connection().isOpen());
    QVERIFY(m_log->numbered().isEmpty());
}

void TestConnection::resetWhileNobodyReads()
{
    m_settings.reply = {};
    RawPeer peer = startAndConnect();
    constexpr int messages = 5000; // more than the journal takes
    peer.send(QByteArray(messages, '\0'));
    QTRY_VERIFY(m_journal->isFull());
    peer.send(QByteArray("last words\0", 11));
    peer.reset();
    for (int i = 0; i < 10; ++i) // the socket notices the reset, without a visible effect
        QCoreApplication::processEvents();
    QTRY_VERIFY(m_log->has("reset-by-peer"));
    QCOMPARE(m_log->numbered().size(), messages + 1);
    QCOMPARE(m_log->numbered().constLast(), QStringLiteral("[%1] Recv: last words").arg(2 * messages + 2));
    QVERIFY(!m_log->has("peer-finished"));
}

/// The reset comes in the middle of a message.
void TestConnection::resetOfAPartWhileNobodyReads()
{
    m_settings.reply = {};
    RawPeer peer = startAndConnect();
    peer.send(QByteArray(5000, '\0'));
    QTRY_VERIFY(m_journal->isFull());
    const QByteArray flood(256 * 1024, 'x');
    while (peer.trySend(flood, 0) > 0) { }
    peer.reset();
    QTRY_VERIFY(m_log->has("reset-by-peer"));
    QVERIFY(!m_log->has("peer-finished"));
    QCOMPARE(m_log->numbered().size(), 5000);
}

void TestConnection::resetWhileUrgentDataIsUnread()
{
    m_settings.reply = {};
    RawPeer peer = startAndConnect();
    // More messages than the journal takes, and more bytes than are read ahead: the server stops reading.
    QByteArray flood = QByteArray(5000, '\0') + QByteArray(1200 * 1024, 'x');
    const auto sendMore = [&peer, &flood] {
        flood.remove(0, peer.trySend(flood.first(qMin<qsizetype>(flood.size(), 64 * 1024)), 0));
        return flood.isEmpty();
    };
    QTRY_VERIFY(sendMore());
    QVERIFY(m_journal->isFull());
    peer.sendUrgent('!');
    for (int i = 0; i < 10; ++i) // a false alarm
        QCoreApplication::processEvents();
    peer.reset();
    QSignalSpy ended(m_server.get(), &Server::connectionEnded);
    QTRY_COMPARE(ended.count(), 1);
    QVERIFY(m_log->has("reset-by-peer"));
}

/// After the peer's FIN, a reset gives EPIPE.
void TestConnection::resetWhileSendingInCloseWait()
{
    m_settings.reply = QByteArray(Framer::messageLimit, 'x');
    RawPeer peer = startAndConnect();
    peer.send(QByteArray("?\0", 2));
    peer.finishSending();
    QTRY_VERIFY(m_log->has("peer-finished"));
    QTRY_VERIFY(m_log->connection().unsentBytes < Framer::messageLimit); // it is being sent
    QVERIFY(m_log->connection().unsentBytes > 0);
    peer.reset();
    QTRY_VERIFY(m_log->has("reset-by-peer"));
    const Step lost = m_log->steps().back();
    QCOMPARE(lost.kind, StepKind::Undelivered);
    QVERIFY(lost.bytes > 0 && lost.bytes <= Framer::messageLimit + 1);
    QCOMPARE(m_log->numbered(), QStringList{"[2] Recv: ?"});
}

void TestConnection::resetWithAPartialMessage()
{
    RawPeer peer = startAndConnect();
    peer.send("half");
    peer.reset();
    QTRY_VERIFY(m_log->has("reset-by-peer"));
    QCOMPARE(m_log->lines().mid(2), (QStringList{"partial 4", "reset-by-peer"}));
}

void TestConnection::peerThatNeverReads()
{
    m_settings.reply = QByteArray(Framer::messageLimit, 'x');
    RawPeer peer = startAndConnect();
    for (int i = 0; i < 8; ++i) // 8 replies of 16 MiB: more than may wait
        peer.send(QByteArray(1, '\0'));
    QTRY_VERIFY(m_log->connection().sendingIsFull);
    QVERIFY(m_log->connection().unsentBytes < Outbox::limit + 2 * Framer::messageLimit);
    QVERIFY(m_log->numbered().filter("Recv").size() < 8);
    QVERIFY(m_log->events().constLast().startsWith("limit"));

    // Another client is served all the same.
    m_server->setReply("Hi!", 0);
    RawPeer other = RawPeer::connectTo(m_log->port());
    other.send(QByteArray("x\0", 2));
    QTRY_COMPARE(other.received(), QByteArray("Hi!\0", 4));

    peer.reset();
    QTRY_VERIFY(m_log->events().join(' ').contains("undelivered"));
    QVERIFY(!m_log->connection().isOpen());
}

void TestConnection::longReplyAfterHalfClose()
{
    m_settings.reply = QByteArray(Framer::messageLimit, 'x');
    RawPeer peer = startAndConnect();
    peer.send(QByteArray("?\0", 2));
    peer.finishSending();
    QTRY_VERIFY(peer.sawEnd());
    QCOMPARE(peer.received().size(), Framer::messageLimit + 1);
    QCOMPARE(peer.received(), m_settings.reply.fill({}) + '\0');
    QVERIFY(!peer.sawReset());
    QVERIFY(m_log->has("[6] Close Socket"));
}

void TestConnection::longReplyToASlowReader()
{
    // The FIN comes in the middle of the reply.
    m_settings.reply = QByteArray(Framer::messageLimit, 'x');
    RawPeer peer = startAndConnect();
    peer.send(QByteArray("?\0", 2));
    QTRY_VERIFY(!peer.received().isEmpty());
    QVERIFY(peer.received().size() < Framer::messageLimit);
    peer.finishSending();
    QTRY_VERIFY(m_log->has("peer-finished"));
    QTRY_VERIFY(peer.sawEnd());
    QCOMPARE(peer.received(), m_settings.reply.fill({}) + '\0');
}

/// More bytes than may wait to be sent, to a peer that has finished sending and reads a little at a time.
void TestConnection::longRepliesToASlowReaderThatHalfCloses()
{
    QByteArray reply(Framer::messageLimit, Qt::Uninitialized);
    std::generate(reply.begin(), reply.end(), [n = 0U]() mutable { return char('a' + n++ % 23); });
    m_settings.reply = reply;
    constexpr int messages = 6; // 96 MiB of replies
    QCryptographicHash expected(QCryptographicHash::Sha256);
    for (int i = 0; i < messages; ++i) {
        expected.addData(reply);
        expected.addData(QByteArrayView("\0", 1));
    }
    RawPeer peer = startAndConnect();
    peer.send(QByteArray(messages, '\0'));
    peer.finishSending();
    QTRY_VERIFY(m_log->connection().sendingIsFull);
    QCryptographicHash got(QCryptographicHash::Sha256);
    qint64 bytes = 0;
    const auto readALittle = [&] {
        const QByteArray piece = peer.receive(4 * 1024 * 1024);
        got.addData(piece);
        bytes += piece.size();
        return peer.hasEnded();
    };
    QTRY_VERIFY(readALittle());
    QCOMPARE(bytes, messages * (Framer::messageLimit + 1));
    QCOMPARE(got.result(), expected.result());
    QVERIFY(!peer.sawReset());
    QVERIFY(!m_log->events().join(' ').contains("undelivered"));
    QCOMPARE(m_log->numbered().filter("Recv").size(), messages);
    QTRY_COMPARE(m_log->numbered().constLast(), QStringLiteral("[%1] Close Socket").arg(4 * messages + 2));
}

void TestConnection::closeWaitsForWhatWasSent()
{
    m_settings.reply = QByteArray(Framer::messageLimit, 'x');
    RawPeer peer = startAndConnect();
    peer.send(QByteArray("?\0", 2));
    QTRY_VERIFY(m_log->connection().unsentBytes > 0);
    m_server->close(1);
    QVERIFY(m_log->events().constLast().startsWith("closing"));
    QVERIFY(m_log->connection().progress.isClosing());
    QTRY_VERIFY(peer.sawEnd());
    QCOMPARE(peer.received().size(), Framer::messageLimit + 1);
    QCOMPARE(m_log->numbered().mid(1).size(), 2);
    QCOMPARE(m_log->numbered().constLast(), "[5] Close Socket");
}

void TestConnection::closeReadsWhatHasArrived()
{
    m_settings.reply = {};
    RawPeer peer = startAndConnect();
    peer.send(QByteArray("just in time\0", 13));
    m_server->close(1);
    QCOMPARE(m_log->numbered(), (QStringList{"[2] Recv: just in time", "[3] Close Socket"}));
    QTRY_VERIFY(peer.sawEnd());
    QVERIFY(!peer.sawReset());
}

void TestConnection::closeReadsWhatWaitsForTheJournal()
{
    m_settings.reply = {};
    RawPeer peer = startAndConnect();
    constexpr int messages = 5000; // more than the journal takes
    peer.send(QByteArray(messages, '\0') + "rest");
    QTRY_VERIFY(m_journal->isFull());
    m_server->close(1);
    QCOMPARE(m_log->numbered().size(), messages + 1);
    QCOMPARE(m_log->numbered().constLast(), QStringLiteral("[%1] Close Socket").arg(2 * messages + 1));
    QCOMPARE(m_log->events().constLast(), "partial 4");
    QTRY_VERIFY(peer.sawEnd());
    QVERIFY(!peer.sawReset());
}

void TestConnection::readsOnOnceNoReplyCanCome_data()
{
    QTest::addColumn<bool>("closes");

    QTest::newRow("close") << true;
    QTest::newRow("finish sending") << false;
}

/// A peer that reads nothing until it has sent everything, while too many replies wait for it.
void TestConnection::readsOnOnceNoReplyCanCome()
{
    QFETCH(const bool, closes);
    m_settings.reply = QByteArray(1024 * 1024, 'r');
    RawPeer peer = startAndConnect();
    peer.send(QByteArray("a\0", 2).repeated(100));
    QTRY_COMPARE(m_log->events().filter("limit").size(), 1);
    const QByteArray more = (QByteArray(1023, 'x') + '\0').repeated(8192);
    QTRY_COMPARE(peer.trySend(more, 100), 0);
    const auto received = [this] { return m_log->numbered().filter("Recv").size(); };
    const qsizetype before = received();
    closes ? m_server->close(1) : m_server->finishSending(1);
    QTRY_VERIFY(received() > before);
    QVERIFY(m_log->connection().progress.sending < Sending::FinQueued);
    QVERIFY(m_log->connection().isOpen());
}

/// FIN would tell the peer that it has got everything.
void TestConnection::quitResetsWhatCannotLeave()
{
    m_settings.reply = QByteArray(Framer::messageLimit, 'x');
    RawPeer peer = startAndConnect();
    peer.send(QByteArray("?\0", 2));
    QTRY_VERIFY(m_log->connection().unsentBytes > 0);
    QSignalSpy quitDone(m_server.get(), &Server::quitDone);
    m_server->quit();
    QTRY_COMPARE(quitDone.count(), 1);
    QCOMPARE(m_log->numbered().constLast(), "[3] Reset Socket");
    QVERIFY(m_log->events().constLast().startsWith("undelivered"));
    QTRY_VERIFY(peer.sawReset());
}

void TestConnection::clientClosesWhileTheJournalIsFull()
{
    RawPeer listener = RawPeer::listener();
    ClientSettings settings;
    settings.port = listener.port();
    settings.messages = {"Hi"};
    settings.closeAfterReply = true;
    Journal journal;
    JournalLog log(journal);
    Client client(journal);
    QSignalSpy done(&client, &Client::conversationDone);
    client.connectAndSend(settings);
    RawPeer peer = listener.accept();
    for (int i = 0; i < 5000; ++i) // fills the journal without a step of the connection
        journal.add(Step::event(Side::Client, StepKind::Session, {}));
    peer.send(QByteArray("1\0", 2));
    QTRY_COMPARE(peer.received(), QByteArray("Hi\0", 3));
    QCOMPARE(done.count(), 0);
    log.steps(); // makes room: the reply is taken, and meanwhile the connection closes
    QTRY_COMPARE(done.count(), 1);
    QCOMPARE(log.numbered(), (QStringList{"[1] Send: Hi", "[4] Recv: 1", "[5] Close Socket"}));
}

void TestConnection::resetDropsWhatWaits()
{
    m_settings.reply = QByteArray(Framer::messageLimit, 'x');
    RawPeer peer = startAndConnect();
    peer.send(QByteArray("?\0", 2));
    QTRY_VERIFY(m_log->connection().unsentBytes > 0);
    m_server->reset(1);
    QCOMPARE(m_log->numbered().constLast(), "[3] Reset Socket");
    QVERIFY(m_log->events().constLast().startsWith("undelivered"));
    QTRY_VERIFY(peer.sawReset());
}

void TestConnection::finishSendingGoesOnReceiving()
{
    m_settings.reply = {};
    RawPeer peer = startAndConnect();
    m_server->finishSending(1);
    QTRY_VERIFY(peer.sawEnd());
    QTRY_COMPARE(m_log->connection().state, TcpState::FinWait2);
    peer.send(QByteArray("one way\0", 8));
    QTRY_VERIFY(m_log->has("[2] Recv: one way"));
    peer.closeNow();
    QTRY_COMPARE(m_log->numbered().constLast(), "[3] Close Socket");
}

void TestConnection::finWaits_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<bool>("peerFinishesMeanwhile");
    QTest::addColumn<QString>("close");

    const qsizetype inKernel = 32 * 1024; // the kernel takes it, and the peer's window does not
    QTest::newRow("in the kernel") << inKernel << false << "[3] Close Socket";
    QTest::newRow("in the kernel, and the peer's FIN comes") << inKernel << true << "[4] Close Socket";
    QTest::newRow("in the program") << Framer::messageLimit << false << "[3] Close Socket";
    QTest::newRow("in the program, and the peer's FIN comes") << Framer::messageLimit << true << "[4] Close Socket";
}

/// Finish Sending, with a peer that reads nothing at first: FIN leaves after all that was sent.
void TestConnection::finWaits()
{
    QFETCH(const qsizetype, size);
    QFETCH(const bool, peerFinishesMeanwhile);
    QFETCH(const QString, close);
    m_settings.connection.closeDelayMs = ConnectionSettings::never;
    m_server->start(m_settings);
    RawPeer peer = RawPeer::connectTo(m_log->port(), 4096);
    QTRY_VERIFY(m_log->has("connected"));
    m_server->send(1, QByteArray(size, 'x'));
    const bool isInKernel = size < Framer::messageLimit;
    if (isInKernel)
        QTRY_COMPARE(m_log->connection().unsentBytes, 0);
    m_server->finishSending(1);
    QCOMPARE(m_log->connection().progress.sending, isInKernel ? Sending::FinQueued : Sending::FinWanted);
    QVERIFY(m_log->connection().progress.finWaits());
    QVERIFY(m_log->connection().unsentBytes + m_log->connection().kernelUnsentBytes > 0);
    const Step finished = m_log->steps().back();
    QCOMPARE(finished.kind, StepKind::FinishedSending);
    QVERIFY(finished.bytes > 0 && finished.bytes <= size);
    QVERIFY(StepText::line(finished).startsWith("Finished sending: FIN follows the remaining data"));
    if (peerFinishesMeanwhile) {
        peer.finishSending();
        QTRY_VERIFY(m_log->has("peer-finished"));
    }
    QVERIFY(!m_log->has("fin-sent"));
    QTRY_VERIFY(peer.sawEnd());
    QCOMPARE(peer.received().size(), size + 1);
    QTRY_COMPARE(m_log->connection().progress.sending, Sending::FinAcked);
    QCOMPARE(m_log->events().count("fin-sent"), 1);
    m_server->close(1);
    QCOMPARE(m_log->numbered().constLast(), close);
}

void TestConnection::finLeavesAtOnce()
{
    m_settings.connection.closeDelayMs = ConnectionSettings::never;
    RawPeer peer = startAndConnect();
    m_server->finishSending(1);
    QVERIFY(m_log->connection().progress.sending >= Sending::FinSent);
    QVERIFY(m_log->has("finished-sending"));
    QCOMPARE(StepText::line(m_log->steps().back()), "Finished sending: FIN sent, this end still receives");
    QTRY_COMPARE(m_log->connection().progress.sending, Sending::FinAcked);
    QVERIFY(!m_log->has("fin-sent"));
}

void TestConnection::closeWhileFinWaits_data()
{
    QTest::addColumn<bool>("afterFinishSending");
    QTest::addColumn<bool>("peerReads");

    QTest::newRow("close, and the peer reads") << false << true;
    QTest::newRow("close, and the peer resets") << false << false;
    QTest::newRow("close after Finish Sending, and the peer reads") << true << true;
}

/// The kernel holds bytes that leave before FIN, after this program has closed the connection.
void TestConnection::closeWhileFinWaits()
{
    QFETCH(const bool, afterFinishSending);
    QFETCH(const bool, peerReads);
    m_server->start(m_settings);
    RawPeer peer = RawPeer::connectTo(m_log->port(), 4096);
    QTRY_VERIFY(m_log->has("connected"));
    m_server->send(1, QByteArray(32 * 1024, 'x'));
    QTRY_COMPARE(m_log->connection().unsentBytes, 0);
    if (afterFinishSending)
        m_server->finishSending(1);
    m_server->close(1);
    QCOMPARE(m_log->numbered().constLast(), "[3] Close Socket");
    const Step waits = m_log->steps().back();
    QCOMPARE(waits.kind, StepKind::Closing);
    QVERIFY(waits.bytes > 0);
    QCOMPARE(StepText::line(waits), "FIN follows the data that is still in the kernel");
    QVERIFY(!m_log->has("fin-sent"));
    if (!peerReads) {
        peer.reset();
        QTRY_VERIFY(m_log->events().constLast().startsWith("undelivered"));
        QVERIFY(!m_log->has("fin-sent"));
        return;
    }
    QTRY_VERIFY(peer.sawEnd());
    QTRY_COMPARE(m_log->events().count("fin-sent"), 1);
}

void TestConnection::floodDoesNotFillTheJournal()
{
    m_settings.reply = {};
    RawPeer peer = startAndConnect();
    constexpr int messages = 50'000;
    peer.send(QByteArray(messages, '\0'));
    QTRY_VERIFY(m_journal->isFull());
    qsizetype maxBatch = 0;
    for (qsizetype before = 0; before < messages; before = qsizetype(m_log->steps().size())) {
        const auto batch = qsizetype(m_log->steps().size()) - before;
        maxBatch = qMax(maxBatch, batch);
        QCoreApplication::processEvents();
    }
    QVERIFY(maxBatch < 6000);
    QTRY_COMPARE(m_log->numbered().size(), messages);
    QCOMPARE(m_log->numbered().constLast(), QStringLiteral("[%1] Recv: ").arg(2 * messages));
}

void TestConnection::resetBeforeItIsAccepted_data()
{
    QTest::addColumn<QString>("listensOn");
    QTest::addColumn<QString>("allowed");
    QTest::addColumn<QStringList>("events"); ///< of each peer

    const QStringList accepted{"connected", "reset-by-peer"};
    QTest::newRow("IPv4") << "127.0.0.1"
                          << "" << accepted;
    QTest::newRow("dual stack") << "any"
                                << "" << accepted;
    QTest::newRow("from an allowed subnet") << "127.0.0.1"
                                            << "127.0.0.0/8" << accepted;
    QTest::newRow("from another subnet") << "127.0.0.1"
                                         << "192.0.2.0/24" << QStringList{"turned-away"};
}

/// The server runs on this thread, so it accepts only after all peers have reset. Each is still named.
void TestConnection::resetBeforeItIsAccepted()
{
    QFETCH(const QString, listensOn);
    QFETCH(const QString, allowed);
    QFETCH(const QStringList, events);
    m_settings.address = *Endpoint::parseListenAddress(listensOn);
    if (!allowed.isEmpty())
        m_settings.allowed = {*Endpoint::parseSubnet(allowed)};
    m_server->start(m_settings);
    QStringList peers;
    for (int i = 0; i < 1000; ++i) {
        RawPeer peer = RawPeer::connectTo(m_log->port());
        peers.append(QString("127.0.0.1:%1").arg(peer.port()));
        peer.reset();
    }
    QTRY_COMPARE(m_log->events().size(), 1 + peers.size() * events.size());
    QHash<QString, QStringList> ofPeer;
    for (const Step &step : m_log->steps())
        ofPeer[step.peer].append(StepText::word(step.kind).toString());
    for (const QString &peer : std::as_const(peers)) {
        QStringList expected;
        for (qsizetype i = peers.count(peer); i > 0; --i) // the system may use a port again
            expected += events;
        QCOMPARE(ofPeer.value(peer), expected);
    }
    for (const Step &step : m_log->steps()) {
        if (step.kind != StepKind::Listening)
            QCOMPARE(step.local, QString("127.0.0.1:%1").arg(m_log->port()));
    }
}

void TestConnection::tooManyConnectionsPause()
{
    m_server = std::make_unique<Server>(*m_journal, 84); // 64 are in reserve, which leaves 10 connections
    RawPeer first = startAndConnect();
    std::vector<RawPeer> peers;
    peers.reserve(14);
    for (int i = 0; i < 14; ++i)
        peers.push_back(RawPeer::connectTo(m_log->port()));
    QTRY_VERIFY(m_log->has("accept-paused"));
    const auto accepted = m_log->events().filter("connected").size();
    QCOMPARE(accepted, 10);
    first.closeNow();
    QTRY_VERIFY(m_log->has("accept-resumed"));
    QTRY_VERIFY(m_log->events().filter("connected").size() > accepted);
}

void TestConnection::clientTellsEndOfFileFromReset()
{
    RawPeer listener = RawPeer::listener();
    ClientSettings settings;
    settings.port = listener.port();
    settings.messages = {"Hi"};
    settings.connection.closeDelayMs = 0;
    for (const bool reset : {false, true}) {
        Journal journal;
        JournalLog log(journal);
        Client client(journal);
        QSignalSpy done(&client, &Client::conversationDone);
        client.connectAndSend(settings);
        RawPeer peer = listener.accept();
        QTRY_COMPARE(peer.received(), QByteArray("Hi\0", 3));
        if (reset)
            peer.reset();
        else
            peer.closeNow();
        QTRY_COMPARE(done.count(), 1);
        QCOMPARE(done.constFirst().constFirst().toBool(), false);
        QCOMPARE(log.lines().mid(2), reset ? (QStringList{"[1] Send: Hi", "reset-by-peer"})
                                           : (QStringList{"[1] Send: Hi", "peer-finished", "[4] Close Socket"}));
    }
}

void TestConnection::clientAgainstAServerThatSaysNothing()
{
    RawPeer listener = RawPeer::listener();
    ClientSettings settings;
    settings.port = listener.port();
    settings.messages = {"Hi"};
    settings.replyTimeoutMs = 500;
    Journal journal;
    JournalLog log(journal);
    Client client(journal);
    QSignalSpy done(&client, &Client::conversationDone);
    client.connectAndSend(settings);
    RawPeer peer = listener.accept();
    QTRY_COMPARE(done.count(), 1);
    QCOMPARE(done.constFirst().constFirst().toBool(), false);
    QCOMPARE(log.lines().mid(2), (QStringList{"[1] Send: Hi", "timed-out", "[3] Close Socket"}));
}

void TestConnection::clientTimesOutConnecting()
{
    const RawPeer listener = RawPeer::listener(0);
    const RawPeer first = RawPeer::connectTo(listener.port());
    ClientSettings settings;
    settings.port = listener.port();
    settings.connectTimeoutMs = 50;
    Journal journal;
    JournalLog log(journal);
    Client client(journal);
    QSignalSpy failed(&client, &Client::connectFailed);
    client.connectAndSend(settings);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(log.lines(), (QStringList{"connecting", "timed-out"}));
    QVERIFY(log.steps().back().detail.contains("No answer within 0.05 s"));
    QCOMPARE(log.steps().back().local, log.steps().front().local);
    QCOMPARE(log.activity().phase, Activity::Phase::Idle);
    QCOMPARE(log.connection(-1).outcome, StepKind::TimedOut);
    QVERIFY(log.connection(-1).cookie != 0);
}

void TestConnection::clientWaitsForEachReply()
{
    RawPeer listener = RawPeer::listener();
    ClientSettings settings;
    settings.port = listener.port();
    settings.messages = {"one", "two"};
    settings.closeAfterReply = true;
    Journal journal;
    JournalLog log(journal);
    Client client(journal);
    client.connectAndSend(settings);
    RawPeer peer = listener.accept();
    QTRY_COMPARE(peer.received(), QByteArray("one\0", 4));
    peer.send(QByteArray("1\0", 2));
    QTRY_COMPARE(peer.received(), QByteArray("one\0two\0", 8));
    QVERIFY(log.connection().isOpen());
    peer.send(QByteArray("2\0", 2));
    QTRY_VERIFY(peer.sawEnd());
    QCOMPARE(log.numbered(),
             (QStringList{"[1] Send: one", "[4] Recv: 1", "[5] Send: two", "[8] Recv: 2", "[9] Close Socket"}));
}

void TestConnection::aGreetingIsNoReply()
{
    RawPeer listener = RawPeer::listener();
    ClientSettings settings;
    settings.port = listener.port();
    settings.closeAfterReply = true;
    Journal journal;
    JournalLog log(journal);
    Client client(journal);
    client.connectAndSend(settings);
    RawPeer peer = listener.accept();
    peer.send(QByteArray("welcome\0", 8));
    QTRY_VERIFY(log.has("[2] Recv: welcome"));
    QVERIFY(log.connection().isOpen());
    client.send(1, "hello"); // as the user does later
    QTRY_COMPARE(peer.received(), QByteArray("hello\0", 6));
    peer.send(QByteArray("bye\0", 4));
    QTRY_VERIFY(peer.sawEnd());
    QCOMPARE(log.numbered().constLast(), "[7] Close Socket");
}

/// A reply may come before the last byte of the message has left.
void TestConnection::aReplyMayComeEarly()
{
    RawPeer listener = RawPeer::listener();
    ClientSettings settings;
    settings.port = listener.port();
    settings.messages = {QByteArray(Framer::messageLimit, 'x')};
    settings.closeAfterReply = true;
    Journal journal;
    JournalLog log(journal);
    Client client(journal);
    QSignalSpy done(&client, &Client::conversationDone);
    client.connectAndSend(settings);
    RawPeer peer = listener.accept();
    QTRY_VERIFY(log.connection().unsentBytes > 0);
    QVERIFY(log.connection().waitsForReply);
    peer.send(QByteArray("early\0", 6));
    QTRY_VERIFY(log.has("[2] Recv: early"));
    QVERIFY(!log.connection().waitsForReply);
    QTRY_VERIFY(peer.sawEnd());
    QCOMPARE(peer.received().size(), Framer::messageLimit + 1);
    QCOMPARE(done.count(), 1);
    QCOMPARE(done.constFirst().constFirst().toBool(), true);
    QCOMPARE(log.numbered().constLast(), "[5] Close Socket");
}

REGISTER_TEST(TestConnection)
#include "tst_connection.moc"
