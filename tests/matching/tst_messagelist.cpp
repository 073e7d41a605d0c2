// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "matching/messagelist.h"
#include "support/registertest.h"

#include <QTest>

#include <limits>
#include <vector>

using Message = MessageList::Message;

class TestMessageList : public QObject
{
    Q_OBJECT

private slots:
    void likeAVector_data();
    void likeAVector();
};

void TestMessageList::likeAVector_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<qint64>("gap");
    QTest::addColumn<quint32>("bytes");
    QTest::addColumn<quint32>("steps");

    QTest::newRow("none") << 0 << qint64(0) << 1U << 1U;
    QTest::newRow("one") << 1 << qint64(0) << 24U << 1U;
    QTest::newRow("two") << 2 << qint64(0) << 24U << 2U;
    QTest::newRow("a block, and the first") << 65 << qint64(0) << 24U << 1U;
    QTest::newRow("one more") << 66 << qint64(0) << 24U << 1U;
    QTest::newRow("many") << 1000 << qint64(0) << 24U << 3U;
    QTest::newRow("with gaps") << 300 << qint64(5) << 1U << 1U;
    QTest::newRow("in numbers of many bytes") << 300 << (qint64(1) << 40) << 0x7FFF'FFFFU << 1'000'000U;
}

void TestMessageList::likeAVector()
{
    QFETCH(const int, count);
    QFETCH(const qint64, gap);
    QFETCH(const quint32, bytes);
    QFETCH(const quint32, steps);

    MessageList list;
    std::vector<Message> all;
    Message message{.offset = gap, .bytes = bytes, .step = 7};
    for (int i = 0; i < count; ++i) {
        list.append(message);
        all.push_back(message);
        QVERIFY(list.last() == message);
        message.offset = message.end() + (i % 3 == 0 ? gap : 0);
        message.bytes = 1 + (bytes - 1) / (1 + quint32(i) % 5);
        message.step += 1 + quint32(i) % steps;
    }

    QCOMPARE(list.isEmpty(), count == 0);
    QCOMPARE(list.count(), count);
    QCOMPARE(list.indexOf(6), -1);
    QCOMPARE(list.indexOf(message.step), -1);
    QCOMPARE(list.firstBeyond(-1), 0);
    QCOMPARE(list.firstBeyond(std::numeric_limits<qint64>::max()), count);
    MessageList::Cursor cursor(list, 0);
    for (int i = 0; i < count; ++i, cursor.next()) {
        const Message &expected = all[size_t(i)];
        QVERIFY(list.at(i) == expected);
        QVERIFY(!cursor.atEnd() && cursor.index() == i && *cursor == expected);
        QCOMPARE(list.indexOf(expected.step), i);
        QCOMPARE(list.firstBeyond(expected.end() - 1), i);
        QCOMPARE(list.firstBeyond(expected.end()), i + 1);
        QCOMPARE(list.partitionPoint([&](const Message &other) { return other.step <= expected.step; }), i + 1);
    }
    QVERIFY(cursor.atEnd());
}

REGISTER_TEST(TestMessageList)
#include "tst_messagelist.moc"
