// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/steptext.h"
#include "support/pairtest.h"
#include "support/rawpeer.h"
#include "support/registertest.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

/// Files that are sent in parts. The peer is a plain socket.
class TestOutgoingFile : public PairTest
{
    Q_OBJECT
private slots:
    void init();
    void arrivesWhole();
    void othersWaitBehindIt();
    void showsItsProgressAndStops();
    void closeWaitsForIt();
    void becomesShorter();
    void cannotBeRead();
    void theConnectionEnds_data();
    void theConnectionEnds();
    void needsNoFraming();

private:
    static constexpr qint64 bytes = 20 * 1024 * 1024 + 7;

    void connectPeer();
    QString lastOfFile();
    static QByteArray content();

    QTemporaryDir m_folder;
    QString m_path = m_folder.filePath(QStringLiteral("big"));
    RawPeer m_listener;
    RawPeer m_peer;
};

REGISTER_TEST(TestOutgoingFile)

/// Without a period that a part could have.
QByteArray TestOutgoingFile::content()
{
    QByteArray content(bytes, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : content) {
        state = state * 1664525 + 1013904223;
        byte = char(state >> 24);
    }
    return content;
}

void TestOutgoingFile::init()
{
    static const QByteArray written = content();
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(written), bytes);
    QVERIFY(file.flush());
    makePair();
    m_clientSettings.connection.framing = Framing::None;
    connectPeer();
}

void TestOutgoingFile::connectPeer()
{
    m_listener = RawPeer::listener();
    m_clientSettings.port = m_listener.port();
    m_client->connectAndSend(m_clientSettings);
    QTRY_VERIFY(m_clientLog->has("connected"));
    m_peer = m_listener.accept();
}

/// The sentence of the newest event about a file.
QString TestOutgoingFile::lastOfFile()
{
    QString sentence;
    for (const Step &step : m_clientLog->steps())
        sentence = step.kind == StepKind::File || step.kind == StepKind::Error ? step.detail : sentence;
    return sentence.remove(m_path);
}

void TestOutgoingFile::arrivesWhole()
{
    m_client->send(1, StreamedFile{m_path, bytes});
    QTRY_COMPARE(m_peer.received().size(), bytes);
    QCOMPARE(m_peer.received(), content());
    QTRY_COMPARE(m_clientLog->numbered().size(), 2); // 16 MiB, and the rest
    QCOMPARE(m_clientLog->steps().back().bytes, bytes - Framer::messageLimit);
    QCOMPARE(m_clientLog->steps().back().offset, Framer::messageLimit);
    QCOMPARE(lastOfFile(), QStringLiteral("Sending the file  (20,971,527 B)"));
    QCOMPARE(m_clientLog->connection().fileBytes, 0);
    QVERIFY(!m_clientLog->connection().waitsForReply);
}

void TestOutgoingFile::othersWaitBehindIt()
{
    m_client->send(1, StreamedFile{m_path, bytes});
    m_client->send(1, "behind");
    m_client->send(1, StreamedFile{m_path, 1});
    m_client->send(1, "it");
    const QByteArray expected = content() + "behind" + content().first(1) + "it";
    QTRY_COMPARE(m_peer.received().size(), expected.size());
    QCOMPARE(m_peer.received(), expected);
}

void TestOutgoingFile::showsItsProgressAndStops()
{
    m_client->send(1, StreamedFile{m_path, bytes}); // the peer does not read
    QTRY_VERIFY(m_clientLog->connection().fileBytes == bytes && m_clientLog->connection().unsentBytes < bytes);
    QVERIFY(m_clientLog->connection().unsentBytes > 0);
    QCOMPARE(m_clientLog->connection().file, m_path);
    QVERIFY(m_clientLog->connection().isOpen());
    m_client->stopSending(1);
    QCOMPARE(m_clientLog->connection().fileBytes, 0);
    const QString stopped = lastOfFile();
    QVERIFY2(stopped.startsWith(QStringLiteral("Stopped sending the file  after ")), qPrintable(stopped));
    m_client->send(1, "next");
    QTRY_VERIFY(m_peer.received().endsWith("next"));
    QTRY_COMPARE(m_clientLog->numbered().size(), 2);
    QVERIFY(m_clientLog->numbered().constLast().endsWith("Send: next"));
    QCOMPARE(m_clientLog->steps().back().offset, m_peer.received().size() - 4);
    const QByteArray before = m_peer.received().chopped(4);
    QVERIFY(before.size() < bytes);
    QCOMPARE(before, content().first(before.size()));
    QVERIFY2(stopped.contains(StepText::exactSize(before.size()) + QStringLiteral(" of 20,971,527 B")),
             qPrintable(stopped));
}

void TestOutgoingFile::closeWaitsForIt()
{
    m_client->send(1, StreamedFile{m_path, bytes});
    m_client->close(1);
    QVERIFY(m_clientLog->events().filter("closing").constFirst().startsWith("closing 2"));
    QTRY_VERIFY(m_peer.sawEnd());
    QCOMPARE(m_peer.received(), content());
    QTRY_VERIFY(m_clientLog->numbered().constLast().endsWith("Close Socket"));
}

void TestOutgoingFile::becomesShorter()
{
    m_client->send(1, StreamedFile{m_path, bytes + 10});
    QTRY_COMPARE(m_peer.received().size(), bytes);
    QTRY_COMPARE(lastOfFile(), QStringLiteral("The file  became shorter while it was being sent: 20,971,527 B of "
                                              "20,971,537 B were sent"));
    m_client->send(1, "next"); // the connection stays usable
    QTRY_VERIFY(m_peer.received().endsWith("next"));
}

void TestOutgoingFile::cannotBeRead()
{
    m_client->send(1, StreamedFile{m_path + QStringLiteral("none"), bytes});
    QTRY_COMPARE(lastOfFile(), QStringLiteral("Cannot read none: No such file or directory. 0 B were sent"));
    QVERIFY(m_clientLog->connection().isOpen());
}

void TestOutgoingFile::theConnectionEnds_data()
{
    QTest::addColumn<bool>("isByPeer");
    QTest::newRow("the peer resets") << true;
    QTest::newRow("reset") << false;
}

void TestOutgoingFile::theConnectionEnds()
{
    QFETCH(const bool, isByPeer);
    m_client->send(1, StreamedFile{m_path, bytes});
    QTRY_VERIFY(m_clientLog->connection().unsentBytes < bytes);
    if (isByPeer)
        m_peer.reset();
    else
        m_client->reset(1);
    QTRY_VERIFY(!m_clientLog->connection().isOpen());
    const auto steps = m_clientLog->steps();
    const auto lost = std::ranges::find(steps, StepKind::Undelivered, &Step::kind);
    QVERIFY(lost != steps.end());
    QCOMPARE(lost->offset + lost->bytes, 4 * 1024 * 1024); // what was given to be sent
    const auto sent = std::ranges::find(steps, StepKind::Send, &Step::kind);
    QVERIFY(sent != steps.end() && sent < lost);
    QCOMPARE(sent->offset, 0);
    QVERIFY(sent->bytes > 0 && sent->bytes < lost->offset + lost->bytes); // what the kernel had
    QCOMPARE(lastOfFile(), QStringLiteral("The file  was not sent completely: %1 of 20,971,527 B were sent")
                               .arg(StepText::exactSize(sent->bytes)));
}

void TestOutgoingFile::needsNoFraming()
{
    m_client->setFraming(1, Framing::Nul);
    m_client->send(1, StreamedFile{m_path, bytes});
    QVERIFY(m_clientLog->has("error"));
    QCOMPARE(m_clientLog->steps().back().detail,
             QStringLiteral("Not sent: A file of more than 16 MiB can only be sent with the framing “none”."));
}

#include "tst_outgoingfile.moc"
