// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation/inbox.h"
#include "conversation/outbox.h"
#include "conversation/sentbytes.h"
#include "support/registertest.h"

#include <QTest>

/// The parts of a connection that keep messages and count bytes: Outbox, Inbox and SentBytes.
class TestMessageBoxes : public QObject
{
    Q_OBJECT

private slots:
    void messageIsSentWithItsLastByte();
    void limit();
    void limitCountsReplies();
    void inboxDescribesMessages();
    void inboxKnowsWhatMayBeThere();
    void inboxIsLateUntilAMessageIsTaken();
    void acknowledgedBytes_data();
    void acknowledgedBytes();
};

namespace {

Step messageOfBytes(qint64 bytes)
{
    Step step;
    step.bytes = bytes;
    return step;
}

} // namespace

void TestMessageBoxes::messageIsSentWithItsLastByte()
{
    Outbox outbox;
    outbox.add(messageOfBytes(5));
    outbox.add(messageOfBytes(3));
    QCOMPARE(outbox.end(), 8);
    QVERIFY(!outbox.takeSent());
    outbox.confirm(4);
    QVERIFY(!outbox.takeSent());
    outbox.confirm(4);
    const auto first = outbox.takeSent();
    const auto second = outbox.takeSent();
    QVERIFY(first && second);
    QCOMPARE(first->offset, 0);
    QCOMPARE(second->offset, 5);
    QVERIFY(!outbox.takeSent());
}

void TestMessageBoxes::limit()
{
    using enum Outbox::LimitChange;
    Outbox outbox;
    QVERIFY(outbox.updateLimit(Outbox::limit - 1) == None);
    QVERIFY(!outbox.isFull());
    QVERIFY(outbox.updateLimit(Outbox::limit) == Reached);
    QVERIFY(outbox.updateLimit(Outbox::limit) == None);
    QVERIFY(outbox.isFull());
    QVERIFY(outbox.updateLimit(Outbox::limit / 2 + 1) == None);
    QVERIFY(outbox.isFull());
    QVERIFY(outbox.updateLimit(Outbox::limit / 2) == Relieved);
    QVERIFY(!outbox.isFull());
}

void TestMessageBoxes::limitCountsReplies()
{
    Outbox outbox;
    QCOMPARE(outbox.waitingBytes(7), 7);
    outbox.replies().add({.message = "Hi, client!"}, 0);
    const qint64 withReply = outbox.waitingBytes(7);
    QVERIFY(withReply > 7 + 11); // and the memory that a message takes
    outbox.add(messageOfBytes(5));
    QCOMPARE(outbox.waitingBytes(7), 2 * withReply - 7 - 11);
}

void TestMessageBoxes::inboxDescribesMessages()
{
    Inbox inbox(Framing::Nul);
    inbox.append(QByteArray("one\0three\0rest", 14));
    Step step;
    inbox.describe(*inbox.next(), 100, step);
    QCOMPARE(step.payload, "one");
    inbox.describe(*inbox.next(), 2, step);
    QCOMPARE(step.payload, "th");
    QCOMPARE(step.size, 5);
    QCOMPARE(step.bytes, 6);
    QCOMPARE(step.offset, 4);
    QVERIFY(!step.unterminated);
    inbox.describe(*inbox.takeRest(), 100, step);
    QCOMPARE(step.offset, 10);
    QVERIFY(step.unterminated);
}

void TestMessageBoxes::inboxKnowsWhatMayBeThere()
{
    Inbox inbox(Framing::Nul);
    QVERIFY(!inbox.mayHoldMessages());
    inbox.append("a\nb");
    QVERIFY(inbox.mayHoldMessages());
    QVERIFY(!inbox.next());
    QVERIFY(!inbox.mayHoldMessages());
    inbox.setFraming(Framing::Newline);
    QVERIFY(inbox.mayHoldMessages());
    QVERIFY(inbox.next());
    QVERIFY(inbox.mayHoldMessages());
    QVERIFY(!inbox.next());
    QVERIFY(!inbox.mayHoldMessages());
}

void TestMessageBoxes::inboxIsLateUntilAMessageIsTaken()
{
    Inbox inbox(Framing::Nul);
    inbox.append("half");
    QCOMPARE(inbox.lateBytes(), 0);
    inbox.setLate(true);
    QCOMPARE(inbox.lateBytes(), 4);
    inbox.append(QByteArray("\0of", 3));
    Step step;
    inbox.describe(*inbox.next(), 100, step);
    QVERIFY(!inbox.isLate());
    QCOMPARE(inbox.lateBytes(), 0);
    inbox.setLate(true);
    inbox.setFraming(Framing::Newline);
    QVERIFY(!inbox.isLate());
}

void TestMessageBoxes::acknowledgedBytes_data()
{
    QTest::addColumn<bool>("hasSentSyn");
    QTest::addColumn<bool>("hasFin");
    QTest::addColumn<quint64>("acked"); // as the kernel counts, of 10 bytes
    QTest::addColumn<quint32>("notSent");
    QTest::addColumn<QList<qint64>>("expected"); // bytes not acknowledged, bytes not sent, whether FIN is acknowledged
    const auto row = [](const char *name, bool hasSentSyn, bool hasFin, quint64 acked, quint32 notSent,
                        const QList<qint64> &expected) {
        QTest::newRow(name) << hasSentSyn << hasFin << acked << notSent << expected;
    };
    row("server, nothing", false, false, 0, 4, {10, 4, 0});
    row("server, some", false, false, 6, 0, {4, 0, 0});
    row("client, the SYN counts", true, false, 7, 0, {4, 0, 0});
    row("client, nothing yet", true, false, 0, 10, {10, 10, 0});
    row("FIN waits behind bytes", false, true, 6, 3, {4, 2, 0});
    row("FIN waits alone", false, true, 10, 1, {0, 0, 0});
    row("all but FIN", true, true, 11, 0, {0, 0, 0});
    row("all, and FIN", true, true, 12, 0, {0, 0, 1});
}

void TestMessageBoxes::acknowledgedBytes()
{
    QFETCH(const bool, hasSentSyn);
    QFETCH(const bool, hasFin);
    QFETCH(const quint64, acked);
    QFETCH(const quint32, notSent);
    QFETCH(const QList<qint64>, expected);
    SentBytes sent(hasSentSyn);
    sent.handOver(6);
    sent.handOver(4);
    if (hasFin)
        sent.handOverFin();
    const Descriptor::Info info{.bytesAcked = acked, .notSent = notSent};
    QCOMPARE((QList<qint64>{sent.notAcknowledged(info), sent.notSent(info), sent.isFinAcknowledged(info) ? 1 : 0}),
             expected);
}

REGISTER_TEST(TestMessageBoxes)
#include "tst_messageboxes.moc"
