// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stream/followedstream.h"
#include "stream/streamfiles.h"
#include "support/followed.h"
#include "support/registertest.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// The bytes of a connection, in the order in which its ends could read them.
class TestFollowedStream : public QObject
{
    Q_OBJECT

private slots:
    void turns_data();
    void turns();
    void oneSide();
    void segmentBySegment_data();
    void segmentBySegment();
    void capturedLater();
    void cutSegments();
    void cutCopies_data();
    void cutCopies();
    void bytes();
    void bytesOfTwoCopies();
    void fileBecomesShorter();
};

namespace {

/// "c 0-24 row 3, s 0-12 row 5, s 12-20 missing row 9"
QString runsText(const FollowedStream &stream)
{
    QStringList runs;
    for (const StreamRun &run : stream.runs()) {
        runs.append(u"%1 %2-%3 %4row %5"_s.arg(run.sender == Side::Client ? "c" : "s")
                        .arg(run.from)
                        .arg(run.to)
                        .arg(run.isMissing ? u"missing "_s : QString())
                        .arg(run.row.value()));
    }
    return runs.join(u", "_s);
}

/// Segments whose payload is in the capture.
std::vector<Segment> stored(const QString &script)
{
    std::vector<Segment> segments = SegmentScript().segments(script);
    for (Segment &segment : segments) {
        segment.payloadAt = 0;
        segment.capturedLength = segment.length;
    }
    return segments;
}

} // namespace

void TestFollowedStream::turns_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("ended");
    QTest::addColumn<QString>("runs");
    const QString open = u"c> S, s> SA, c> A, "_s;
    QTest::newRow("a request and a reply")
        << open + u"c> PA 24, s> A, s> PA 12, c> A"_s << false << u"c 0-24 row 3, s 0-12 row 5"_s;
    QTest::newRow("segments of one turn")
        << open + u"c> PA 24, c> PA 6, s> A, s> PA 12"_s << false << u"c 0-30 row 3, s 0-12 row 6"_s;
    QTest::newRow("sent again") << open + u"c> PA 24, c> PA 24 seq=0, s> A"_s << false << u"c 0-24 row 3"_s;
    QTest::newRow("out of order: read when the gap is filled")
        << open + u"c> PA 10 seq=10, s> PA 5 ack=0, c> PA 10 seq=0, s> A ack=20"_s << false
        << u"s 0-5 row 4, c 0-20 row 5"_s;
    QTest::newRow("waits for what is before it") << open + u"c> PA 10 seq=10"_s << false << QString();
    QTest::newRow("not captured, and the capture has ended")
        << open + u"c> PA 10 seq=10"_s << true << u"c 0-10 missing row 3, c 10-20 row 3"_s;
    QTest::newRow("acknowledged, but not captured")
        << open + u"c> PA 10 seq=10, s> A ack=20"_s << false << u"c 0-10 missing row 4, c 10-20 row 4"_s;
    QTest::newRow("acknowledged, and the rest was not captured either")
        << open + u"c> PA 10, s> A ack=25"_s << false << u"c 0-10 row 3, c 10-25 missing row 4"_s;
    QTest::newRow("FIN is no byte") << open + u"c> PA 10, c> FA, s> A, s> FA, c> A"_s << true << u"c 0-10 row 3"_s;
    QTest::newRow("the acknowledgement was captured before its data")
        << open + u"s> A ack=10, c> PA 10 seq=0, s> PA 5 ack=10"_s << false << u"c 0-10 row 4, s 0-5 row 5"_s;
    QTest::newRow("begins midway") << u"c> PA 10 seq=500 ack=70, s> PA 5 seq=70 ack=510, c> A ack=75"_s << false
                                   << u"c 0-10 row 0, s 0-5 row 1"_s;
    QTest::newRow("begins midway, the first segments in the wrong order")
        << u"c> PA 10 seq=510 ack=70, c> PA 10 seq=500 ack=70, s> A ack=520"_s << false << u"c -10-10 row 1"_s;
    QTest::newRow("a RST carries no byte") << open + u"c> RA 10, s> A ack=0"_s << false << QString();
    QTest::newRow("a number of another stream")
        << open + u"c> PA 10, s> A ack=2000000000"_s << false << u"c 0-10 row 3"_s;
}

void TestFollowedStream::turns()
{
    QFETCH(const QString, script);
    QFETCH(const bool, ended);
    Followed followed(script, {});
    if (ended)
        followed.flow.setEnded();
    FollowedStream stream;
    QVERIFY(!stream.update(followed.flow));
    QTEST(runsText(stream), "runs");
}

void TestFollowedStream::oneSide()
{
    // The client's first bytes are missing, which says nothing about the server's stream.
    const Followed followed(u"c> S, s> SA, c> A, c> PA 24 seq=6, s> PA 12 ack=30, c> PA 6, s> PA 7"_s, {});
    FollowedStream stream(Side::Server);
    stream.update(followed.flow);
    QCOMPARE(runsText(stream), u"s 0-19 row 4"_s);
    QCOMPARE(stream.size(), 19);
}

void TestFollowedStream::segmentBySegment_data()
{
    turns_data();
}

/// However many segments come at a time, the runs are the same in the end.
void TestFollowedStream::segmentBySegment()
{
    QFETCH(const QString, script);
    QFETCH(const bool, ended);
    const auto segments = stored(script);
    Flow flow(segments.front());
    FollowedStream stream;
    for (const Segment &segment : segments) {
        flow.append(segment);
        stream.update(flow);
    }
    if (ended)
        flow.setEnded();
    stream.update(flow);
    QTEST(runsText(stream), "runs");
    qint64 place = 0;
    for (size_t i = 0; i < stream.runs().size(); ++i) {
        const StreamRun &run = stream.runs()[i];
        QCOMPARE(run.place, place);
        QCOMPARE(stream.runAt(place), i);
        QCOMPARE(stream.runAt(place + run.size() - 1), i);
        place += run.size();
    }
    QCOMPARE(stream.size(), place);
}

/// What seemed to be missing was only captured later.
void TestFollowedStream::capturedLater()
{
    const auto segments = stored(u"c> S, s> SA, c> A, s> A ack=10, c> PA 10 seq=0"_s);
    Flow flow(segments.front());
    FollowedStream stream;
    for (size_t i = 0; i < 4; ++i)
        flow.append(segments[i]);
    QVERIFY(!stream.update(flow));
    QCOMPARE(runsText(stream), u"c 0-10 missing row 3"_s);
    QCOMPARE(stream.missing(), 10);
    flow.append(segments[4]);
    QVERIFY(stream.update(flow));
    QCOMPARE(runsText(stream), u"c 0-10 row 4"_s);
    QCOMPARE(stream.missing(), 0);
}

/// The capture has only the beginning of each packet.
void TestFollowedStream::cutSegments()
{
    auto segments = SegmentScript().segments(u"c> S, s> SA, c> A, c> PA 24, c> PA 24, s> A"_s);
    for (Segment &segment : segments)
        segment.capturedLength = std::min(segment.length, 8U);
    const Followed followed(segments, {});
    FollowedStream stream;
    stream.update(followed.flow);
    QCOMPARE(runsText(stream), u"c 0-8 row 3, c 8-24 missing row 3, c 24-32 row 4, c 32-48 missing row 4"_s);
    QCOMPARE(stream.missing(), 32);
}

/// A later copy of a segment has what the first one lacks.
void TestFollowedStream::cutCopies_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QList<quint32>>("captured"); // of each segment
    QTest::addColumn<QString>("runs");

    const QString copied = handshake + u"c> PA 24, c> PA 24 seq=0, s> A"_s;
    QTest::newRow("the whole segment again") << copied << QList<quint32>{0, 0, 0, 8, 24, 0} << u"c 0-24 row 3"_s;
    QTest::newRow("a little more of it") << copied << QList<quint32>{0, 0, 0, 8, 16, 0}
                                         << u"c 0-16 row 3, c 16-24 missing row 3"_s;
    QTest::newRow("not more of it") << copied << QList<quint32>{0, 0, 0, 8, 8, 0}
                                    << u"c 0-8 row 3, c 8-24 missing row 3"_s;
    QTest::newRow("its last part, with new bytes")
        << handshake + u"c> PA 24, c> PA 24 seq=16, s> A"_s << QList<quint32>{0, 0, 0, 8, 20, 0}
        << u"c 0-8 row 3, c 8-16 missing row 3, c 16-36 row 3, c 36-40 missing row 4"_s;
}

void TestFollowedStream::cutCopies()
{
    QFETCH(const QString, script);
    QFETCH(const QList<quint32>, captured);
    auto segments = stored(script);
    Flow flow(segments.front());
    FollowedStream stream;
    for (size_t i = 0; i < segments.size(); ++i) {
        segments[i].capturedLength = captured[qsizetype(i)];
        flow.append(segments[i]);
        stream.update(flow);
    }
    QTEST(runsText(stream), "runs");
    FollowedStream other;
    other.update(flow);
    QCOMPARE(other.runs(), stream.runs());
}

void TestFollowedStream::bytes()
{
    const Followed followed(u"c> S, s> SA, c> A, c> PA 4, s> A, s> PA 6, s> PA 5 seq=11, c> A ack=16"_s,
                            "wantreply!again");
    FollowedStream stream;
    stream.update(followed.flow);
    QCOMPARE(runsText(stream), u"c 0-4 row 3, s 0-6 row 5, s 6-11 missing row 7, s 11-16 row 7"_s);
    StreamFiles reader({followed.path()});
    const std::vector<StreamPart> all{{.sender = Side::Client, .place = 0, .bytes = "want"},
                                      {.sender = Side::Server, .place = 4, .bytes = "reply!"},
                                      {.sender = Side::Server, .place = 10, .missing = 5},
                                      {.sender = Side::Server, .place = 15, .bytes = "again"}};
    QCOMPARE(reader.read(streamPieces(followed.flow, stream, 0, stream.size())), all);
    const std::vector<StreamPart> some{{.sender = Side::Client, .place = 3, .bytes = "t"},
                                       {.sender = Side::Server, .place = 4, .bytes = "re"}};
    QCOMPARE(reader.read(streamPieces(followed.flow, stream, 3, 6)), some);
    QCOMPARE(reader.error(), QString());
}

/// The first copy of a byte counts, as for a receiver.
void TestFollowedStream::bytesOfTwoCopies()
{
    const Followed followed(u"c> S, s> SA, c> A, c> PA 4, c> PA 6 seq=2, s> A ack=8"_s, "abcdCDefgh");
    FollowedStream stream;
    stream.update(followed.flow);
    const auto parts = StreamFiles({followed.path()}).read(streamPieces(followed.flow, stream, 0, stream.size()));
    QCOMPARE(parts.size(), size_t(1));
    QCOMPARE(parts[0].bytes, "abcdefgh");
}

void TestFollowedStream::fileBecomesShorter()
{
    const Followed followed(u"c> S, s> SA, c> A, c> PA 4, s> A"_s, "??");
    FollowedStream stream;
    stream.update(followed.flow);
    StreamFiles reader({followed.path()});
    const std::vector<StreamPart> parts{{.sender = Side::Client, .place = 0, .bytes = "??"},
                                        {.sender = Side::Client, .place = 2, .missing = 2}};
    QCOMPARE(reader.read(streamPieces(followed.flow, stream, 0, 4)), parts);
    QCOMPARE(reader.error(), u"Cannot read %1: it has become shorter."_s.arg(followed.path()));
}

REGISTER_TEST(TestFollowedStream)
#include "tst_followedstream.moc"
