// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation/client.h"
#include "support/registertest.h"
#include "support/servertest.h"

/// What connections do with each kind of framing.
class TestFramings : public ServerTest
{
    Q_OBJECT

private slots:
    void init();

    void loneNewlineIsDataWithAHint();
    void bytesBeforeABeginMarkerAreTold();
    void bytesOutsideBecomeAMessageIfAsked();
    void silenceEndsAMessage();
    void finEndsAMessageBeforeTheSilence();
    void closeEndsAMessageBeforeTheSilence();
    void longLengthIsTold();
    void impossibleLengthShowsReads();
    void sendingDiffersFromReceiving();
    void oneReplyIsSeenAsSeveral();
    void refusedReplyIsTold();
    void clientWaitsForAllReplies();

private:
    const Step &lastStep() { return m_log->steps().back(); }
};

void TestFramings::init()
{
    makeServer();
    m_settings.reply = MessageTemplate();
    m_settings.connection.closeDelayMs = 0;
}

void TestFramings::loneNewlineIsDataWithAHint()
{
    m_settings.connection.framing = Framing::CrLf;
    RawPeer peer = startAndConnect();
    peer.send("a\nb\r\ncd\n");
    QTRY_VERIFY(m_log->has("partial 3"));
    QCOMPARE(m_log->numbered(), QStringList{"[2] Recv: a\\nb"});
    QVERIFY2(lastStep().detail.contains("a lone LF, which is data"), qPrintable(lastStep().detail));
    QVERIFY(m_log->connection().partialEndsWithNewline && !m_log->connection().partialEndsWithCrLf);
    peer.send("\r\n");
    QTRY_VERIFY(m_log->has("[4] Recv: cd\\n"));
    m_server->setFraming(1, Framing::Nul);
    peer.send("e\r\n");
    QTRY_VERIFY(m_log->has("partial 3"));
    QTRY_VERIFY(m_log->connection().partialEndsWithCrLf);
    QCOMPARE(lastStep().detail, QString());
}

void TestFramings::bytesBeforeABeginMarkerAreTold()
{
    m_settings.connection.framing = Framing::between("\2", "\3");
    RawPeer peer = startAndConnect();
    peer.send("xy\2a\3z");
    QTRY_VERIFY(m_log->has("partial 1"));
    QCOMPARE(m_log->lines().mid(2), (QStringList{"skipped 2", "[2] Recv: a", "partial 1"}));
    QCOMPARE(m_log->steps().at(2).payload, "xy");
    QCOMPARE(m_log->steps().at(3).offset, 2);
    QCOMPARE(m_log->steps().at(3).bytes, 3);
    peer.finishSending();
    QTRY_COMPARE(m_log->lines().mid(5), (QStringList{"skipped 1", "peer-finished", "[4] Close Socket"}));
    QCOMPARE(m_log->steps().at(5).offset, 5);
}

void TestFramings::bytesOutsideBecomeAMessageIfAsked()
{
    m_settings.connection.framing = Framing::between("\2", "\3");
    RawPeer peer = startAndConnect();
    peer.send("xy");
    QTRY_VERIFY(m_log->has("partial 2"));
    m_server->takePartial(1);
    QVERIFY(m_log->has("[2] Recv: xy"));
    QVERIFY(lastStep().unterminated);
}

void TestFramings::silenceEndsAMessage()
{
    m_settings.reply = "ok";
    m_settings.connection.framing = Framing::silence(50);
    RawPeer peer = startAndConnect();
    peer.send("a\n");
    peer.send("b");
    QTRY_COMPARE(peer.received(), QByteArray("ok"));
    QCOMPARE(m_log->lines().mid(2), (QStringList{"[2] Recv: a\\nb", "[3] Send: ok"}));
    QVERIFY(!m_log->steps().at(2).unterminated);
    peer.send("c");
    QTRY_VERIFY(m_log->has("[6] Recv: c"));
}

void TestFramings::finEndsAMessageBeforeTheSilence()
{
    m_settings.connection.framing = Framing::silence(Framing::maxSilenceMs);
    RawPeer peer = startAndConnect();
    peer.send("ab");
    peer.finishSending();
    QTRY_COMPARE(m_log->lines().mid(2), (QStringList{"[2] Recv: ab", "peer-finished", "[4] Close Socket"}));
    QVERIFY(!m_log->steps().at(2).unterminated);
}

void TestFramings::closeEndsAMessageBeforeTheSilence()
{
    m_settings.connection.framing = Framing::silence(Framing::maxSilenceMs);
    RawPeer peer = startAndConnect();
    peer.send("ab");
    m_server->close(1);
    QTRY_COMPARE(m_log->lines().mid(2), (QStringList{"[2] Recv: ab", "[3] Close Socket"}));
}

void TestFramings::longLengthIsTold()
{
    m_settings.connection.framing = Framing::lengthPrefix({.width = 4});
    RawPeer peer = startAndConnect();
    peer.send("GET /");
    QTRY_VERIFY(m_log->has("limit 1195725856"));
    QVERIFY(lastStep().detail.contains("1195725856"));
    peer.finishSending();
    QTRY_VERIFY(m_log->has("[2] Recv: /"));
    QCOMPARE(m_log->events().filter("limit").size(), 1);
}

void TestFramings::impossibleLengthShowsReads()
{
    m_settings.connection.framing = Framing::lengthPrefix({.adds = -2, .width = 2});
    m_settings.reply = "ok";
    RawPeer peer = startAndConnect();
    peer.send(QByteArray("\0\3a", 3));
    QTRY_VERIFY(m_log->has("[3] Send: ok"));
    peer.send(QByteArray("\0\1b", 3));
    QTRY_COMPARE(m_log->lines().mid(4), (QStringList{"limit", "[6] Recv: \\x00\\x01b", "[7] Send: ok"}));
    QCOMPARE(m_log->connection().framing, Framing::None);
    QCOMPARE(peer.received(), QByteArray("\0\4ok\0\4ok", 8)); // what is sent has a prefix as before
}

void TestFramings::sendingDiffersFromReceiving()
{
    m_settings.connection.framing = Framing::Newline;
    m_settings.connection.sendFraming = Framing::CrLf;
    m_settings.reply = "ok";
    RawPeer peer = startAndConnect();
    peer.send("a\n");
    QTRY_COMPARE(peer.received(), QByteArray("ok\r\n"));
    QCOMPARE(m_log->steps().at(1).framing, Framing::Newline);
    QCOMPARE(m_log->steps().at(1).sendFraming, Framing::CrLf);
    QTRY_VERIFY(m_log->has("[3] Send: ok"));
    QCOMPARE(lastStep().framing, Framing::CrLf);
    QCOMPARE(lastStep().bytes, 4);
    m_server->setFraming(1, Framing::Nul);
    QCOMPARE(m_log->connection().framing, Framing::Nul);
    QCOMPARE(m_log->connection().sendFraming, Framing::CrLf);
}

/// The numbers of both ends agree: each message that the peer will see has its own.
void TestFramings::oneReplyIsSeenAsSeveral()
{
    m_settings.connection.framing = Framing::Newline;
    m_settings.reply = "a\n\nbcd";
    RawPeer peer = startAndConnect();
    peer.send("x\n");
    QTRY_COMPARE(m_log->numbered(), (QStringList{"[2] Recv: x", "[3] Send: a", "[5] Send: ", "[7] Send: bcd"}));
    QTRY_COMPARE(peer.received(), QByteArray("a\n\nbcd\n"));
    const QList<QPair<qint64, qint64>> places{{0, 2}, {2, 1}, {3, 4}};
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(m_log->steps().at(size_t(3 + i)).offset, places.at(i).first);
        QCOMPARE(m_log->steps().at(size_t(3 + i)).bytes, places.at(i).second);
    }
}

void TestFramings::refusedReplyIsTold()
{
    m_settings.connection.sendFraming = Framing::fixedSize(2);
    m_settings.reply = "abc";
    RawPeer peer = startAndConnect();
    peer.send(QByteArray("x\0", 2));
    QTRY_VERIFY(m_log->has("error"));
    QCOMPARE(lastStep().detail, "Not sent: The message has 3 bytes, and every message has to have 2 bytes.");
    QCOMPARE(m_log->numbered(), QStringList{"[2] Recv: x"});
    m_server->send(1, "de");
    QTRY_COMPARE(peer.received(), QByteArray("de"));
}

void TestFramings::clientWaitsForAllReplies()
{
    const RawPeer listener = RawPeer::listener();
    Journal journal;
    JournalLog log(journal);
    Client client(journal);
    ClientSettings settings;
    settings.port = listener.port();
    settings.messages = {"a\nb", "c"};
    settings.connection.framing = Framing::Newline;
    client.connectAndSend(settings);
    RawPeer peer = listener.accept();
    QTRY_COMPARE(peer.received(), QByteArray("a\nb\n"));
    peer.send("1\n");
    QTRY_VERIFY(log.has("[6] Recv: 1"));
    QCOMPARE(peer.received(), QByteArray("a\nb\n"));
    peer.send("2\n");
    QTRY_COMPARE(peer.received(), QByteArray("a\nb\nc\n"));
    QTRY_COMPARE(log.numbered(),
                 (QStringList{"[1] Send: a", "[3] Send: b", "[6] Recv: 1", "[8] Recv: 2", "[9] Send: c"}));
}

REGISTER_TEST(TestFramings)
#include "tst_framings.moc"
