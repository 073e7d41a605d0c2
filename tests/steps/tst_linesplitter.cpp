// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/linesplitter.h"
#include "steps/stepline.h"
#include "support/registertest.h"

#include <QTest>

#include <algorithm>

/// LineSplitter finds the same lines however the bytes are cut into pieces.
class TestLineSplitter : public QObject
{
    Q_OBJECT
private slots:
    void splits_data();
    void splits();
    void keepsTheBeginningOfALongLine();
    void findsConnections();
};

REGISTER_TEST(TestLineSplitter)

void TestLineSplitter::splits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<QByteArray>("rest");
    using Lines = QByteArrayList;
    QTest::newRow("nothing") << QByteArray() << Lines() << QByteArray();
    QTest::newRow("a line") << QByteArray("one\n") << Lines{"one"} << QByteArray();
    QTest::newRow("some") << QByteArray("one\ntwo\nthree\n") << Lines{"one", "two", "three"} << QByteArray();
    QTest::newRow("empty ones") << QByteArray("\n\none\n\n") << Lines{"", "", "one", ""} << QByteArray();
    QTest::newRow("no last newline") << QByteArray("one\ntwo") << Lines{"one"} << QByteArray("two");
}

void TestLineSplitter::splits()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArrayList, lines);
    QFETCH(const QByteArray, rest);
    for (qsizetype piece = 1; piece <= bytes.size() + 1; ++piece) {
        LineSplitter splitter;
        QByteArrayList found;
        qint64 end = 0;
        for (qsizetype from = 0; from < bytes.size(); from += piece) {
            splitter.feed(bytes.mid(from, piece));
            for (QByteArrayView line; splitter.next(line);) {
                found.append(line.toByteArray());
                end += line.size() + 1;
                QCOMPARE(splitter.offset(), end);
            }
        }
        QCOMPARE(found, lines);
        QCOMPARE(splitter.rest().toByteArray(), rest);
    }
}

void TestLineSplitter::keepsTheBeginningOfALongLine()
{
    LineSplitter splitter;
    const QByteArray piece(StepLine::maxBytes / 2 + 7, 'x');
    QByteArrayView line;
    for (int i = 0; i < 5; ++i) {
        splitter.feed(piece);
        QVERIFY(!splitter.next(line));
        QVERIFY(splitter.rest().size() <= StepLine::maxBytes + 1);
    }
    splitter.feed("y\nshort\n");
    QVERIFY(splitter.next(line));
    QCOMPARE(line.size(), StepLine::maxBytes + 1);
    QCOMPARE(splitter.offset(), 5 * piece.size() + 2);
    QVERIFY(splitter.next(line));
    QCOMPARE(line.toByteArray(), QByteArray("short"));
    QCOMPARE(splitter.offset(), 5 * piece.size() + 8);
}

void TestLineSplitter::findsConnections()
{
    StepLine::ConnectionFinder finder;
    const QList<std::pair<QByteArray, int>> lines{
        {R"({"side":"client","connection":1,"text":"a"})", 1},
        {R"({"side":"client","connection":27,"text":"a"})", 27},
        {R"({"side":"server","event":"listening"})", 0},
        {R"({"more":"x","side":"server","connection":3})", 3},
        {R"({"side":"server","text":",\"connection\":4,"})", 0},
        {"", 0},
    };
    for (const auto &[line, connection] : lines) {
        QCOMPARE(StepLine::connectionOf(line), connection);
        QCOMPARE(finder.connectionOf(line), connection);
    }
}

#include "tst_linesplitter.moc"
