// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation/framing.h"
#include "support/registertest.h"

#include <QTest>

namespace {

/// Takes all whole messages: their payloads, each with "+" in front if it is a part.
QByteArrayList takeAll(Framer &framer)
{
    QByteArrayList messages;
    while (const auto message = framer.next())
        messages.append((message->isPart ? "+" : "") + message->payload.toByteArray());
    return messages;
}

} // namespace

class TestFraming : public QObject
{
    Q_OBJECT

private slots:
    void splitAnywhere_data();
    void splitAnywhere();
    void endOfStream_data();
    void endOfStream();
    void noneTakesWhatOneReadGave();
    void longestMessage();
    void longerIsDeliveredInParts();
    void framingChangesForWhatWaits();
    void framingChangesInParts();
    void endsWithNewline();
    void manyMessagesAreLinear();
    void whatOneReadGaveIsShared();
    void framed();
};

void TestFraming::splitAnywhere_data()
{
    QTest::addColumn<Framing>("framing");
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArrayList>("messages");

    QTest::newRow("one, NUL") << Framing::Nul << QByteArray("Hi!\0", 4) << QByteArrayList{"Hi!"};
    QTest::newRow("two, NUL") << Framing::Nul << QByteArray("a\0bc\0", 5) << QByteArrayList{"a", "bc"};
    QTest::newRow("empty ones, NUL") << Framing::Nul << QByteArray("\0\0x\0", 4) << QByteArrayList{"", "", "x"};
    QTest::newRow("a newline is text, NUL") << Framing::Nul << QByteArray("a\nb\0", 4) << QByteArrayList{"a\nb"};
    QTest::newRow("two, newline") << Framing::Newline << QByteArray("a\nbc\n") << QByteArrayList{"a", "bc"};
    QTest::newRow("an empty one, newline") << Framing::Newline << QByteArray("\n") << QByteArrayList{""};
    QTest::newRow("a NUL is text, newline")
        << Framing::Newline << QByteArray("a\0b\n", 4) << QByteArrayList{QByteArray("a\0b", 3)};
    QTest::newRow("carriage returns stay") << Framing::Newline << QByteArray("a\r\n") << QByteArrayList{"a\r"};
    QTest::newRow("no terminator") << Framing::Nul << QByteArray("abc") << QByteArrayList{};
}

void TestFraming::splitAnywhere()
{
    QFETCH(const Framing, framing);
    QFETCH(const QByteArray, stream);
    QFETCH(const QByteArrayList, messages);

    for (qsizetype first = 0; first <= stream.size(); ++first) {
        for (qsizetype second = first; second <= stream.size(); ++second) {
            Framer framer(framing);
            QByteArrayList got;
            for (const auto &piece :
                 {stream.first(first), stream.sliced(first, second - first), stream.sliced(second)}) {
                framer.append(piece);
                got += takeAll(framer);
            }
            QCOMPARE(got, messages);
        }
    }
}

void TestFraming::endOfStream_data()
{
    QTest::addColumn<Framing>("framing");
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("rest");

    QTest::newRow("nothing") << Framing::Nul << QByteArray() << QByteArray();
    QTest::newRow("all was terminated") << Framing::Nul << QByteArray("a\0", 2) << QByteArray();
    QTest::newRow("no terminator at all") << Framing::Nul << QByteArray("hello\n") << QByteArray("hello\n");
    QTest::newRow("after a whole one") << Framing::Newline << QByteArray("a\nrest") << QByteArray("rest");
}

void TestFraming::endOfStream()
{
    QFETCH(const Framing, framing);
    QFETCH(const QByteArray, stream);
    QFETCH(const QByteArray, rest);

    Framer framer(framing);
    framer.append(stream);
    takeAll(framer);
    QCOMPARE(framer.bufferedBytes(), rest.size());
    const auto message = framer.takeRest();
    QCOMPARE(message.has_value(), !rest.isEmpty());
    if (message) {
        QCOMPARE(message->payload, rest);
        QCOMPARE(message->bytes, rest.size());
        QVERIFY(message->isUnterminated);
    }
    QVERIFY(!framer.takeRest());
}

void TestFraming::noneTakesWhatOneReadGave()
{
    Framer framer(Framing::None);
    framer.append(QByteArray("a\0b\n", 4));
    const auto message = framer.next();
    QVERIFY(message);
    QCOMPARE(message->payload, QByteArray("a\0b\n", 4));
    QCOMPARE(message->bytes, 4);
    QVERIFY(!message->isUnterminated);
    QVERIFY(!framer.next());
}

void TestFraming::longestMessage()
{
    Framer framer;
    const QByteArray message(Framer::messageLimit, 'x');
    framer.append(message);
    QVERIFY(!framer.next());
    framer.append(QByteArray("\0", 1));
    const auto got = framer.next();
    QVERIFY(got);
    QVERIFY(got->payload == message);
    QCOMPARE(got->bytes, Framer::messageLimit + 1);
    QVERIFY(!got->isPart);
}

void TestFraming::longerIsDeliveredInParts()
{
    Framer framer(Framing::Nul, 4);
    framer.append(QByteArray("abcdefghij\0kl\0", 14));
    const auto first = framer.next();
    QVERIFY(first && first->isPart && first->isFirst && !first->isLast);
    QCOMPARE(first->payload, "abcd");
    QCOMPARE(first->bytes, 4);
    const auto second = framer.next();
    QVERIFY(second && second->isPart && !second->isFirst && !second->isLast);
    QCOMPARE(second->payload, "efgh");
    const auto third = framer.next();
    QVERIFY(third && third->isPart && !third->isFirst && third->isLast);
    QCOMPARE(third->payload, "ij");
    const auto whole = framer.next();
    QVERIFY(whole && !whole->isPart && whole->isFirst && whole->isLast);
    QCOMPARE(whole->payload, "kl");

    framer.append("mnopq");
    QCOMPARE(takeAll(framer), QByteArrayList{"+mnop"});
    const auto rest = framer.takeRest();
    QVERIFY(rest && rest->isPart && rest->isLast && rest->isUnterminated);
}

void TestFraming::framingChangesForWhatWaits()
{
    Framer framer(Framing::Nul);
    framer.append("one\ntwo\nthr");
    QVERIFY(!framer.next());
    framer.setFraming(Framing::Newline);
    QCOMPARE(takeAll(framer), (QByteArrayList{"one", "two"}));
    QCOMPARE(framer.bufferedBytes(), 3);
}

/// The bytes that wait of a message in parts become its last part; the next message is no part.
void TestFraming::framingChangesInParts()
{
    Framer framer(Framing::Nul, 4);
    framer.append("abcdef");
    QCOMPARE(takeAll(framer), QByteArrayList{"+abcd"});
    framer.setFraming(Framing::None);
    QCOMPARE(takeAll(framer), QByteArrayList{"+ef"});
    framer.setFraming(Framing::Nul);
    framer.append(QByteArray("gh\0", 3));
    QCOMPARE(takeAll(framer), QByteArrayList{"gh"});
}

void TestFraming::endsWithNewline()
{
    Framer framer(Framing::Newline);
    QVERIFY(!framer.endsWithNewline());
    framer.append("taken\n");
    QCOMPARE(takeAll(framer), QByteArrayList{"taken"});
    QVERIFY(!framer.endsWithNewline());
    framer.setFraming(Framing::Nul);
    framer.append("waits\n");
    QVERIFY(framer.endsWithNewline());
    framer.append("!");
    QVERIFY(!framer.endsWithNewline());
}

void TestFraming::manyMessagesAreLinear()
{
    Framer framer(Framing::Newline);
    constexpr int count = 200'000; // a second or so if linear, hours if not
    QByteArray stream;
    for (int i = 0; i < count; ++i)
        stream += QByteArray::number(i) + '\n';
    qsizetype taken = 0;
    for (qsizetype at = 0; at < stream.size(); at += 1000) {
        framer.append(stream.sliced(at, qMin<qsizetype>(1000, stream.size() - at)));
        taken += takeAll(framer).size();
    }
    QCOMPARE(taken, count);
}

void TestFraming::whatOneReadGaveIsShared()
{
    Framer framer(Framing::None);
    const QByteArray read(512 * 1024, 'x');
    for (int i = 0; i < 2; ++i) {
        framer.append(read);
        const auto message = framer.next();
        QVERIFY(message);
        QCOMPARE(message->payload.size(), read.size());
        QCOMPARE(static_cast<const void *>(message->payload.data()), static_cast<const void *>(read.constData()));
        QVERIFY(!framer.next());
    }
    // A small read is copied, since it may occupy a large block of memory. So is a read that follows buffered bytes.
    const QByteArray few("few");
    framer.append(few);
    const auto copied = framer.next();
    QVERIFY(copied && copied->payload == few);
    QVERIFY(copied->payload.data() != few.constData());
    framer.setFraming(Framing::Nul);
    framer.append("begins, ");
    framer.append(read);
    framer.append(QByteArray("\0", 1));
    const auto whole = framer.next();
    QVERIFY(whole);
    QVERIFY(whole->payload == "begins, " + read);
}

void TestFraming::framed()
{
    QCOMPARE(Framer::framed("Hi", Framing::Nul), QByteArray("Hi\0", 3));
    QCOMPARE(Framer::framed("", Framing::Newline), QByteArray("\n"));
    QCOMPARE(Framer::framed("Hi", Framing::None), QByteArray("Hi"));
}

REGISTER_TEST(TestFraming)
#include "tst_framing.moc"
