// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stream/streamreader.h"
#include "support/followed.h"
#include "support/patience.h"
#include "support/registertest.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

/// Rows of a followed stream, read from the capture file, and searches in it.
class TestStreamReader : public QObject
{
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
    void oneSide();
    void twoFiles();
    void grows();
    void finds_data();
    void finds();
    void findsAcrossChunks();
    void cancels();
    void fileIsGone();
};

namespace {

const QString twoTurns = u"c> S, s> SA, c> A, c> PA 9, s> A, s> PA 5, s> PA 4 seq=8, c> A ack=12"_s;
const QByteArray twoTurnsPayload = "GET\r\nHi\r\nHello!!!!";

QStringList rowsOf(StreamReader &reader)
{
    QStringList rows;
    for (qsizetype i = 0; i < reader.count(); ++i) {
        const StreamPart row = reader.row(StreamRow(i));
        rows.append(u"%1 %2 %3"_s.arg(row.sender == Side::Client ? u"c"_s : u"s"_s)
                        .arg(row.place)
                        .arg(row.missing > 0 ? u"(%1)"_s.arg(row.missing)
                                             : QString::fromLatin1(row.bytes).replace(u"\r\n"_s, u"|"_s)));
    }
    return rows;
}

} // namespace

void TestStreamReader::rows_data()
{
    QTest::addColumn<StreamForm>("form");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("text") << StreamForm::Text
                          << QStringList{"c 0 GET|", "c 5 Hi|", "s 9 Hello", "s 14 (3)", "s 17 !!!!"};
    QTest::newRow("hex") << StreamForm::Hex << QStringList{"c 0 GET|Hi|", "s 9 Hello", "s 14 (3)", "s 17 !!!!"};
}

void TestStreamReader::rows()
{
    QFETCH(const StreamForm, form);
    const Followed followed(twoTurns, twoTurnsPayload);
    StreamReader reader;
    reader.setForm(form);
    reader.show(&followed.flow, {followed.path()});
    QTRY_VERIFY(reader.isComplete());
    QTEST(rowsOf(reader), "expected");
    for (qsizetype row = 0; row < reader.count(); ++row) {
        const StreamPart part = reader.row(StreamRow(row));
        QCOMPARE(reader.rowAt(part.place), StreamRow(row));
        QCOMPARE(reader.rowAt(part.place + part.size() - 1), StreamRow(row));
    }
    QCOMPARE(reader.rowAt(reader.stream().size()), StreamRow());
}

void TestStreamReader::oneSide()
{
    const Followed followed(twoTurns, twoTurnsPayload);
    StreamReader reader;
    reader.setOnly(Side::Server);
    reader.show(&followed.flow, {followed.path()});
    QTRY_VERIFY(reader.isComplete());
    QCOMPARE(rowsOf(reader), QStringList({"s 0 Hello", "s 5 (3)", "s 8 !!!!"}));
}

/// Each file lacks the payload of every other segment.
void TestStreamReader::twoFiles()
{
    auto segments = SegmentScript().segments(handshake + u"c> PA 6, c> PA 5, s> A, s> PA 7, s> PA 4, c> A"_s);
    for (const size_t index : {4, 7})
        segments[index].payloadFile = 1;
    const Followed first(segments, "GET / #####Hello, ####");
    const Followed second(segments, "######HTTP\n#######you\n");
    StreamReader reader;
    const QSignalSpy found(&reader, &StreamReader::found);
    reader.show(&first.flow, {first.path(), second.path()});
    QTRY_VERIFY(reader.isComplete());
    QCOMPARE(rowsOf(reader), QStringList({"c 0 GET / HTTP\n", "s 11 Hello, you\n"}));
    reader.find("/ HT", -1, false);
    QTRY_COMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().constFirst().toLongLong(), 4);
    reader.setOnly(Side::Server);
    reader.setForm(StreamForm::Hex);
    QCOMPARE(rowsOf(reader), QStringList{"s 0 Hello, you\n"});
    reader.show(&first.flow, {first.path(), u"/no such folder/b.pcap"_s});
    reader.setForm(StreamForm::Text);
    QTRY_VERIFY(reader.isComplete());
    QCOMPARE(rowsOf(reader), QStringList({"s 0 Hello, ", "s 7 (4)"}));
    QVERIFY2(reader.error().startsWith(u"Cannot read /no such folder/b.pcap: "_s), qPrintable(reader.error()));
}

/// The last row continues when there are more bytes.
void TestStreamReader::grows()
{
    Followed followed(u"c> S, s> SA, c> A, c> PA 4"_s, "one ");
    StreamReader reader;
    reader.show(&followed.flow, {followed.path()});
    QTRY_COMPARE(rowsOf(reader), QStringList{"c 0 one "});
    SegmentScript script;
    script.segments(u"c> S, s> SA, c> A, c> PA 4"_s);
    Segment more = script.segment(u"c> PA 6"_s);
    more.payloadAt = 104;
    more.capturedLength = more.length;
    followed.write("row\r\nx");
    followed.flow.append(more);
    reader.update();
    QTRY_COMPARE(rowsOf(reader), QStringList({"c 0 one row|", "c 9 x"}));
}

void TestStreamReader::finds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qint64>("from");
    QTest::addColumn<bool>("isBackward");
    QTest::addColumn<qint64>("place"); // -1: not found
    QTest::newRow("from the beginning") << QByteArray("\r\n") << qint64(-1) << false << qint64(3);
    QTest::newRow("the next one") << QByteArray("\r\n") << qint64(3) << false << qint64(7);
    QTest::newRow("from the end to the beginning") << QByteArray("\r\n") << qint64(7) << false << qint64(3);
    QTest::newRow("the only one, again") << QByteArray("Hello") << qint64(9) << false << qint64(9);
    QTest::newRow("backward") << QByteArray("\r\n") << qint64(7) << true << qint64(3);
    QTest::newRow("backward, from the beginning to the end") << QByteArray("!") << qint64(0) << true << qint64(20);
    QTest::newRow("not over two turns") << QByteArray("\nHello") << qint64(-1) << false << qint64(-1);
    QTest::newRow("not over missing bytes") << QByteArray("o!") << qint64(-1) << false << qint64(-1);
    QTest::newRow("nowhere") << QByteArray("xyz") << qint64(5) << true << qint64(-1);
}

void TestStreamReader::finds()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const qint64, from);
    QFETCH(const bool, isBackward);
    QFETCH(const qint64, place);
    const Followed followed(twoTurns, twoTurnsPayload);
    StreamReader reader;
    const QSignalSpy found(&reader, &StreamReader::found);
    const QSignalSpy notFound(&reader, &StreamReader::notFound);
    reader.show(&followed.flow, {followed.path()});
    reader.find(bytes, from, isBackward);
    QTRY_COMPARE(found.size() + notFound.size(), 1);
    QCOMPARE(found.empty() ? -1 : found.constFirst().constFirst().toLongLong(), place);
    QVERIFY(!reader.isSearching());
}

/// A match that begins in one chunk of 4 MiB and ends in the next.
void TestStreamReader::findsAcrossChunks()
{
    constexpr qint64 chunk = qint64(4) * 1024 * 1024;
    QByteArray payload(2 * chunk, '.');
    payload.replace(chunk - 3, 6, "needle");
    QString script = u"c> S, s> SA, c> A"_s;
    for (qint64 sent = 0; sent < payload.size(); sent += 32768)
        script += u", c> PA 32768"_s;
    const Followed followed(script, payload);
    StreamReader reader;
    const QSignalSpy found(&reader, &StreamReader::found);
    reader.show(&followed.flow, {followed.path()});
    reader.find("needle", -1, false);
    QTRY_COMPARE(found.size(), 1);
    reader.find("needle", payload.size() - 1, true);
    QTRY_COMPARE(found.size(), 2);
    reader.find("needle", chunk, false); // around the end
    QTRY_COMPARE(found.size(), 3);
    for (const auto &one : found)
        QCOMPARE(one.constFirst().toLongLong(), chunk - 3);
}

void TestStreamReader::cancels()
{
    const Followed followed(twoTurns, twoTurnsPayload);
    StreamReader reader;
    const QSignalSpy found(&reader, &StreamReader::found);
    const QSignalSpy notFound(&reader, &StreamReader::notFound);
    reader.show(&followed.flow, {followed.path()});
    reader.find("Hello", -1, false);
    QVERIFY(reader.isSearching());
    reader.cancelSearch();
    QVERIFY(!reader.isSearching());
    reader.find("nowhere", -1, false);
    QTRY_COMPARE(notFound.size(), 1);
    QCOMPARE(found.size(), 0);
}

void TestStreamReader::fileIsGone()
{
    const Followed followed(twoTurns, twoTurnsPayload);
    StreamReader reader;
    reader.show(&followed.flow, {u"/no such folder/a.pcap"_s});
    QTRY_VERIFY(reader.isComplete());
    QCOMPARE(rowsOf(reader), QStringList({"c 0 (9)", "s 9 (5)", "s 14 (3)", "s 17 (4)"}));
    QVERIFY2(reader.error().startsWith(u"Cannot read /no such folder/a.pcap: "_s), qPrintable(reader.error()));
}

REGISTER_TEST(TestStreamReader)
#include "tst_streamreader.moc"
