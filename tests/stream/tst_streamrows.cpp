// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stream/streamrows.h"
#include "stream/streamsearch.h"
#include "support/followed.h"
#include "support/registertest.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// The rows of a followed stream, and searching in it.
class TestStreamRows : public QObject
{
    Q_OBJECT

private slots:
    void sizes_data();
    void sizes();
    void blocks();
    void grows();
    void patterns_data();
    void patterns();
    void finds();
};

void TestStreamRows::sizes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<StreamForm>("form");
    QTest::addColumn<QList<qint64>>("rows");
    const auto text = [](const char *name, const QByteArray &bytes, const QList<qint64> &rows) {
        QTest::newRow(name) << bytes << StreamForm::Text << rows;
    };
    text("a line", "GET / HTTP/1.1\r\n", {16});
    text("lines", "a\nbc\n\nd", {2, 3, 1, 1});
    text("a long line", QByteArray(200, 'x'), {96, 96, 8});
    text("as long as a row", QByteArray(96, 'x'), {96});
    text("as long as a row, with its newline", QByteArray(96, 'x') + '\n', {96, 1});
    text("a character is not divided",
         QByteArray(95, 'x') + "\xe2\x82\xac"
                               "y",
         {95, 4});
    text("a character that ends with the row",
         QByteArray(93, 'x') + "\xe2\x82\xac"
                               "y",
         {96, 1});
    text("continuation bytes without a character", QByteArray(100, '\x80'), {96, 4});
    QTest::newRow("hex") << QByteArray(40, '\n') << StreamForm::Hex << QList<qint64>{16, 16, 8};
}

void TestStreamRows::sizes()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const StreamForm, form);
    QFETCH(const QList<qint64>, rows);
    const std::vector<qint64> found = StreamRows::sizes({.bytes = bytes}, form);
    QCOMPARE(QList<qint64>(found.begin(), found.end()), rows);
    QCOMPARE(StreamRows::sizes({.missing = 1000}, form), std::vector<qint64>{1000});
}

void TestStreamRows::blocks()
{
    const Followed followed(
        u"c> S, s> SA, c> A, c> PA 60000, c> PA 60000, s> PA 20, c> A, s> PA 17 seq=30, c> A ack=47"_s, {});
    FollowedStream stream;
    stream.update(followed.flow);
    QCOMPARE(stream.size(), 120'000 + 47);
    StreamIndex index(StreamForm::Hex);
    index.addHex(stream);
    // 65536 and 54464 bytes of the client, 20 of the server, 10 that are missing, 17 of the server.
    QCOMPARE(index.count(), 4096 + 3404 + 2 + 1 + 2);
    QCOMPARE(index.end(), stream.size());
    const QList<std::pair<int, qint64>> places{
        {0, 0}, {4096, 65536}, {7500, 120'000}, {7502, 120'020}, {7503, 120'030}};
    for (qsizetype i = 0; i < places.size(); ++i) {
        QCOMPARE(index.block(size_t(i)).firstRow, StreamRow(places[i].first));
        QCOMPARE(index.block(size_t(i)).place, places[i].second);
        QCOMPARE(index.blockOf(StreamRow(places[i].first)), size_t(i));
        QCOMPARE(index.blockAt(places[i].second), size_t(i));
        QCOMPARE(index.blockAt(index.blockEnd(size_t(i)) - 1), size_t(i));
    }
    QCOMPARE(index.blockOf(StreamRow(7504)), size_t(4));
}

/// Adding what is new gives the same blocks as adding everything at once.
void TestStreamRows::grows()
{
    Followed followed(u"c> S, s> SA, c> A"_s, {});
    SegmentScript script;
    script.segments(u"c> S, s> SA, c> A"_s);
    FollowedStream stream;
    StreamIndex index(StreamForm::Hex);
    for (const char *next : {"c> PA 24", "c> PA 50000", "c> PA 40000", "s> PA 3", "s> PA 16", "c> PA 1"}) {
        Segment segment = script.segment(QString::fromLatin1(next));
        segment.payloadAt = 0;
        segment.capturedLength = segment.length;
        followed.flow.append(segment);
        stream.update(followed.flow);
        index.addHex(stream);
        StreamIndex whole(StreamForm::Hex);
        whole.addHex(stream);
        QCOMPARE(index.count(), whole.count());
        QCOMPARE(index.end(), whole.end());
    }
    QCOMPARE(index.count(), 4096 + 1531 + 2 + 1);
}

void TestStreamRows::patterns_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isRight");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << u"Größe"_s << true
                          << QByteArray("Gr\xc3\xb6\xc3\x9f"
                                        "e");
    QTest::newRow("hexadecimal") << u"hex:0d 0A00"_s << true << QByteArray("\r\n\0", 3);
    QTest::newRow("half a byte") << u"hex:0d 0"_s << false << QByteArray();
    QTest::newRow("no digit") << u"hex:0x"_s << false << QByteArray();
    QTest::newRow("nothing") << QString() << true << QByteArray();
}

void TestStreamRows::patterns()
{
    QFETCH(const QString, text);
    const auto bytes = StreamSearch::parse(text);
    QTEST(bytes.has_value(), "isRight");
    QTEST(bytes.value_or(QByteArray()), "bytes");
}

void TestStreamRows::finds()
{
    const std::vector<StreamPart> parts{{.sender = Side::Client, .place = 100, .bytes = "one two"},
                                        {.sender = Side::Client, .place = 107, .missing = 5},
                                        {.sender = Side::Server, .place = 112, .bytes = "two one two"}};
    QCOMPARE(StreamSearch::find(parts, "two", false), std::optional<qint64>(104));
    QCOMPARE(StreamSearch::find(parts, "two", true), std::optional<qint64>(120));
    QCOMPARE(StreamSearch::find(parts, "twotwo", false), std::nullopt);
}

REGISTER_TEST(TestStreamRows)
#include "tst_streamrows.moc"
