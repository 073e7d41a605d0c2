// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "base/bytequeue.h"
#include "support/registertest.h"

#include <QTest>

class TestByteQueue : public QObject
{
    Q_OBJECT

private slots:
    void firstInFirstOut_data();
    void firstInFirstOut();
    void takenBytesStayUntilCompact();
    void movesTheRestWhenThatPaysOff();
    void memoryOfAnEmptyQueue_data();
    void memoryOfAnEmptyQueue();
    void sharesWhenEmpty();
    void firstSharesTheWhole();
};

void TestByteQueue::firstInFirstOut_data()
{
    QTest::addColumn<qsizetype>("compactAt");
    QTest::addColumn<qsizetype>("keepBelow");
    QTest::newRow("compacts at once") << qsizetype(1) << qsizetype(0);
    QTest::newRow("compacts seldom") << qsizetype(50) << qsizetype(100);
    QTest::newRow("never compacts") << qsizetype(1'000'000) << qsizetype(1'000'000);
}

void TestByteQueue::firstInFirstOut()
{
    QFETCH(const qsizetype, compactAt);
    QFETCH(const qsizetype, keepBelow);
    ByteQueue queue(compactAt, keepBelow);
    QByteArray expected;
    char next = 0;
    for (int round = 0; round < 500; ++round) {
        QByteArray piece(round * 7 % 23, Qt::Uninitialized);
        for (char &byte : piece)
            byte = next++;
        expected += piece;
        if (round % 2 == 0)
            queue.append(piece);
        else
            queue.appendCopy(QByteArrayView(piece));
        const qsizetype taken = qMin(queue.size(), qsizetype(round * 5 % 29));
        QCOMPARE(queue.view().first(taken), expected.first(taken));
        queue.take(taken);
        expected.remove(0, taken);
        if (round % 3 == 0)
            queue.compact();
        QCOMPARE(queue.size(), expected.size());
        QCOMPARE(queue.view(), expected);
        QCOMPARE(QByteArrayView(queue.data(), queue.size()), expected);
        QCOMPARE(queue.isEmpty(), expected.isEmpty());
    }
    queue.append(QByteArray("rest"));
    queue.clear();
    QVERIFY(queue.isEmpty());
}

void TestByteQueue::takenBytesStayUntilCompact()
{
    ByteQueue queue(1);
    queue.appendCopy(QByteArrayView("onetwo"));
    const QByteArrayView one = queue.view().first(3);
    queue.take(3);
    QCOMPARE(one, "one");
    QCOMPARE(one.end(), queue.data());
}

void TestByteQueue::movesTheRestWhenThatPaysOff()
{
    ByteQueue queue(10);
    queue.appendCopy(QByteArrayView("0123456789abcdefghijklmnop"));
    // first() shares memory that holds nothing but the queue.
    const auto hasTakenBytes = [&queue] { return queue.first(queue.size()).constData() != queue.data(); };
    queue.take(9);
    queue.compact();
    QVERIFY(hasTakenBytes()); // too few to remove
    queue.take(3);
    queue.compact();
    QVERIFY(hasTakenBytes()); // more would be moved than removed
    queue.take(1);
    queue.compact();
    QVERIFY(!hasTakenBytes());
    QCOMPARE(queue.view(), "defghijklmnop");
}

void TestByteQueue::memoryOfAnEmptyQueue_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("small") << qsizetype(99) << true;
    QTest::newRow("large") << qsizetype(100) << false;
}

void TestByteQueue::memoryOfAnEmptyQueue()
{
    QFETCH(const qsizetype, size);
    QFETCH(const bool, isKept);
    ByteQueue queue(10, 100);
    queue.appendCopy(QByteArrayView(QByteArray(size, 'x')));
    const char *memory = queue.data();
    queue.take(size);
    queue.compact();
    QVERIFY(queue.isEmpty());
    QCOMPARE(queue.data() == memory, isKept);
}

void TestByteQueue::sharesWhenEmpty()
{
    const QByteArray bytes(1000, 'x');
    ByteQueue queue(10, 100'000);
    for (int i = 0; i < 2; ++i) { // the second time, it has memory of its own
        queue.appendCopy(QByteArrayView("copied"));
        queue.take(6);
        queue.append(bytes);
        QCOMPARE(static_cast<const void *>(queue.data()), static_cast<const void *>(bytes.constData()));
        queue.take(bytes.size());
        queue.appendCopy(QByteArrayView(bytes));
        QVERIFY(queue.data() != bytes.constData());
        queue.take(bytes.size());
    }
}

void TestByteQueue::firstSharesTheWhole()
{
    const QByteArray bytes(1000, 'x');
    ByteQueue queue(10);
    queue.append(bytes);
    QCOMPARE(static_cast<const void *>(queue.first(1000).constData()), static_cast<const void *>(bytes.constData()));
    QCOMPARE(queue.first(999), bytes.first(999));
    queue.take(1);
    QCOMPARE(queue.first(999), bytes.first(999));
}

REGISTER_TEST(TestByteQueue)
#include "tst_bytequeue.moc"
