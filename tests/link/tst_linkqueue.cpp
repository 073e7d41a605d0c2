// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "link/linkqueue.h"
#include "support/registertest.h"

#include <QTest>

using namespace std::chrono_literals;

/// Packets on their way, and what a hand does to them.
class TestLinkQueue : public QObject
{
    Q_OBJECT
private slots:
    void byTimeThenInOrder();
    void heldOnesWait();
    void releasedInQueueOrder();
    void deliversByHand();
    void delaysByHand();
    void losesByHand();
    void duplicatesByHand();
    void deliversAll();
    void unknownPackets();
};

REGISTER_TEST(TestLinkQueue)

namespace {

LinkEntry entryOf(quint64 id, LinkTime due, bool isHeld = false, Side from = Side::Client)
{
    return {.id = id, .from = from, .packet = QByteArray::number(id), .due = due, .isHeld = isHeld};
}

/// The ids that are due, in their order: "2 1".
QString dueIn(LinkQueue &queue, LinkTime now)
{
    QStringList ids;
    while (const auto entry = queue.takeDue(now))
        ids.append(QString::number(entry->id));
    return ids.join(u' ');
}

} // namespace

void TestLinkQueue::byTimeThenInOrder()
{
    LinkQueue queue;
    QVERIFY(!queue.nextDue());
    queue.add(entryOf(1, 5ms));
    queue.add(entryOf(2, 3ms));
    queue.add(entryOf(3, 5ms));
    queue.add(entryOf(4, 5ms));
    QCOMPARE(*queue.nextDue(), LinkTime(3ms));
    QCOMPARE(dueIn(queue, 2999us), "");
    QCOMPARE(dueIn(queue, 5ms), "2 1 3 4");
    QVERIFY(!queue.nextDue());
}

void TestLinkQueue::heldOnesWait()
{
    LinkQueue queue;
    queue.add(entryOf(1, 2ms, true));
    queue.add(entryOf(2, 1ms, true));
    queue.add(entryOf(3, 4ms));
    QCOMPARE(queue.heldCount(), 2U);
    QCOMPARE(*queue.firstHeld(), 2U);
    QCOMPARE(*queue.nextDue(), LinkTime(4ms));
    QCOMPARE(dueIn(queue, 10ms), "3");
}

void TestLinkQueue::releasedInQueueOrder()
{
    LinkQueue queue;
    queue.add(entryOf(1, 2ms, true));
    queue.add(entryOf(2, 1ms, true));
    queue.add(entryOf(3, 20ms, true));
    queue.add(entryOf(4, 1ms, true, Side::Server));
    queue.release(Side::Client);
    QCOMPARE(queue.heldCount(), 1U);
    QCOMPARE(dueIn(queue, 10ms), "2 1"); // the rest of the delay of 3 has not passed
    QCOMPARE(dueIn(queue, 20ms), "3");
    queue.release(Side::Server);
    QCOMPARE(dueIn(queue, 20ms), "4");
}

void TestLinkQueue::deliversByHand()
{
    LinkQueue queue;
    for (quint64 id = 1; id <= 3; ++id)
        queue.add(entryOf(id, id * 1ms + 1h, true));
    queue.add(entryOf(4, 9ms));
    QVERIFY(queue.deliver(3, 10ms));
    QVERIFY(queue.deliver(1, 10ms));
    QCOMPARE(dueIn(queue, 10ms), "4 3 1");
    QCOMPARE(*queue.firstHeld(), 2U);
}

void TestLinkQueue::delaysByHand()
{
    LinkQueue queue;
    queue.add(entryOf(1, 1ms, true));
    queue.add(entryOf(2, 1ms));
    QVERIFY(queue.delay(1, 5ms, 10ms));
    QVERIFY(queue.delay(2, 4ms, 10ms)); // also one that is not held
    QCOMPARE(queue.heldCount(), 0U);
    QCOMPARE(dueIn(queue, 14ms), "2");
    QCOMPARE(dueIn(queue, 15ms), "1");
}

void TestLinkQueue::losesByHand()
{
    LinkQueue queue;
    queue.add(entryOf(1, 1ms, true));
    queue.add(entryOf(2, 1ms));
    QCOMPARE(queue.take(1)->packet, "1");
    QCOMPARE(queue.take(2)->packet, "2");
    QCOMPARE(queue.heldCount(), 0U);
    QVERIFY(!queue.nextDue());
}

void TestLinkQueue::duplicatesByHand()
{
    LinkQueue queue;
    queue.add(entryOf(1, 1ms, true));
    queue.add(entryOf(2, 1ms, true));
    QVERIFY(queue.duplicate(1, 3));
    QCOMPARE(queue.heldCount(), 3U);
    QVERIFY(queue.deliver(3, 2ms));
    const auto copy = queue.takeDue(2ms);
    QCOMPARE(copy->id, 3U);
    QCOMPARE(copy->packet, "1");
    queue.release(Side::Client);
    QCOMPARE(dueIn(queue, 2ms), "1 2");
}

void TestLinkQueue::deliversAll()
{
    LinkQueue queue;
    queue.add(entryOf(1, 2h, true));
    queue.add(entryOf(2, 1h, true, Side::Server));
    queue.add(entryOf(3, 1h));
    queue.deliverHeld(1ms);
    QCOMPARE(dueIn(queue, 1ms), "2 1");
}

void TestLinkQueue::unknownPackets()
{
    LinkQueue queue;
    queue.add(entryOf(1, 1ms, true));
    QVERIFY(!queue.deliver(2, {}) && !queue.delay(2, 1ms, {}) && !queue.take(2) && !queue.duplicate(2, 3));
    QCOMPARE(queue.heldCount(), 1U);
}

#include "tst_linkqueue.moc"
