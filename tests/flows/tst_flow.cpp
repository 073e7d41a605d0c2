// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/amounts.h"
#include "support/registertest.h"
#include "support/segmentscript.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// Positions and notes, and which rows carry and acknowledge which positions.
class TestFlow : public QObject
{
    Q_OBJECT

private slots:
    void notes_data();
    void notes();
    void positions();
    void wraps();
    void beginsInTheMiddle();
    void rowsOfPositions();
    void acknowledgements();
    void crossings_data();
    void crossings();
    void over_data();
    void over();
    void unsound();
    void million();
};

namespace {

QString notesOf(const FlowSegment &segment)
{
    using enum FlowSegment::Note;
    static const std::vector<std::pair<FlowSegment::Note, QString>> names{
        {Retransmission, u"again"_s},   {OutOfOrder, u"late"_s},         {PreviousMissing, u"gap"_s},
        {KeepAlive, u"keep-alive"_s},   {KeepAliveAck, u"alive"_s},      {ZeroWindow, u"zero"_s},
        {ZeroWindowProbe, u"probe"_s},  {WindowUpdate, u"window"_s},     {DuplicateAck, u"duplicate"_s},
        {TimeWaitAck, u"time-wait"_s},  {FastRetransmission, u"fast"_s}, {SpuriousRetransmission, u"spurious"_s},
        {UnlikeWireshark, u"unlike"_s}, {IgnoredReset, u"ignored"_s},    {Stray, u"stray"_s},
    };
    QStringList found;
    for (const auto &[note, name] : names) {
        if (segment.has(note))
            found.append(name);
    }
    return found.join(u'+');
}

} // namespace

void TestFlow::notes_data()
{
    QTest::addColumn<QString>("script");       ///< after the handshake
    QTest::addColumn<QStringList>("expected"); ///< of the last rows

    QTest::newRow("nothing remarkable") << u"c> PA 24, s> A, s> PA 12, c> A, c> FA, s> FA, c> A"_s
                                        << QStringList{{}, {}, {}, {}, {}, {}, {}};
    QTest::newRow("retransmission of the newest bytes") << u"c> PA 24, c> PA 24 seq=0"_s << QStringList{{}, u"again"_s};
    QTest::newRow("retransmission of older bytes, at once")
        << u"c> PA 24, c> PA 5, c> PA 24 seq=0"_s << QStringList{{}, {}, u"again+unlike"_s};
    QTest::newRow("retransmission of older bytes, later than a round trip")
        << u"c> PA 24, c> PA 5, c> PA 24 seq=0 after=5"_s << QStringList{{}, {}, u"again"_s};
    QTest::newRow("retransmitted with more") << u"c> PA 24, c> PA 30 seq=0"_s << QStringList{{}, u"again+unlike"_s};
    QTest::newRow("SYN-ACK retransmitted") << u"s> SA seq=-1 after=20"_s << QStringList{u"again"_s};
    QTest::newRow("FIN retransmitted") << u"c> FA, c> FA seq=0 after=20"_s << QStringList{{}, u"again"_s};
    QTest::newRow("spurious retransmission")
        << u"c> PA 24, s> A, c> PA 24 seq=0 after=300"_s << QStringList{{}, {}, u"again+spurious"_s};
    QTest::newRow("a part of it was not acknowledged: not spurious")
        << u"c> PA 24, s> A ack=23, c> PA 24 seq=0 after=300"_s << QStringList{{}, {}, u"again"_s};
    QTest::newRow("a FIN is no payload: not spurious")
        << u"c> FA, s> A, c> FA seq=0 after=300"_s << QStringList{{}, {}, u"again"_s};
    QTest::newRow("fast retransmission after two duplicate ACKs")
        << u"c> PA 5, c> PA 5, c> PA 5, s> A ack=0, s> A ack=0, s> A ack=0, c> PA 5 seq=0 after=10"_s
        << QStringList{{}, {}, {}, u"duplicate"_s, u"duplicate"_s, u"duplicate"_s, u"again+fast"_s};
    QTest::newRow("one duplicate ACK requests nothing")
        << u"c> PA 5, s> A, c> PA 5, c> PA 5, s> A ack=5, c> PA 5 seq=5 after=10"_s
        << QStringList{{}, {}, {}, {}, u"duplicate"_s, u"again"_s};
    QTest::newRow("window updates request nothing")
        << u"c> PA 5, s> A, c> PA 5, c> PA 5, s> A ack=5 win=600, s> A ack=5 win=700, c> PA 5 seq=5 after=10"_s
        << QStringList{{}, {}, {}, {}, u"window"_s, u"window"_s, u"again"_s};
    QTest::newRow("more than 20 ms after the duplicate ACK: a timeout")
        << u"c> PA 5, s> A, c> PA 5, c> PA 5, s> A ack=5, s> A ack=5, c> PA 5 seq=5 after=21"_s
        << QStringList{{}, {}, {}, {}, u"duplicate"_s, u"duplicate"_s, u"again"_s};
    QTest::newRow("other bytes than the duplicate ACKs request")
        << u"c> PA 5, s> A, c> PA 5, c> PA 5, s> A ack=5, s> A ack=5, c> PA 5 seq=10 after=10"_s
        << QStringList{{}, {}, {}, {}, u"duplicate"_s, u"duplicate"_s, u"again"_s};
    QTest::newRow("out of order") << u"c> PA 5 seq=10, c> PA 10 seq=0, s> A"_s << QStringList{u"gap"_s, u"late"_s, {}};
    QTest::newRow("a gap filled later than a round trip: sent again")
        << u"c> PA 5 seq=10, c> PA 10 seq=0 after=5, s> A"_s << QStringList{u"gap"_s, u"again"_s, {}};
    QTest::newRow("a gap filled and more than it repeated")
        << u"c> PA 5 seq=10, c> PA 13 seq=0"_s << QStringList{u"gap"_s, u"again+late"_s};
    QTest::newRow("out of order twice: then it is a retransmission")
        << u"c> PA 5 seq=10, c> PA 10 seq=0, c> PA 10 seq=0 after=5"_s << QStringList{u"gap"_s, u"late"_s, u"again"_s};
    QTest::newRow("keep-alive") << u"c> PA 5, s> A, c> A seq=4, s> A"_s
                                << QStringList{{}, {}, u"keep-alive"_s, u"alive"_s};
    QTest::newRow("keep-alive with a byte")
        << u"c> PA 5, s> A, c> A 1 seq=4, s> A"_s << QStringList{{}, {}, u"keep-alive"_s, u"alive"_s};
    QTest::newRow("keep-alive before any data")
        << u"s> A seq=-1 win=99, c> A"_s << QStringList{u"keep-alive"_s, u"alive"_s};
    QTest::newRow("the last byte is missing, no keep-alive")
        << u"c> PA 5, s> A ack=4, c> PA 1 seq=4"_s << QStringList{{}, {}, u"again+unlike"_s};
    QTest::newRow("zero window, its probe and its end")
        << u"c> PA 5, s> A win=0, c> A seq=4, s> A win=0, s> A win=99"_s
        << QStringList{{}, u"zero"_s, u"probe"_s, u"alive+zero"_s, u"window"_s};
    QTest::newRow("zero window, probed with a byte") << u"c> PA 5, s> A win=0, c> PA 1, s> A ack=5 win=0"_s
                                                     << QStringList{{}, u"zero"_s, u"probe"_s, u"alive+zero"_s};
    QTest::newRow("window update") << u"s> A win=600"_s << QStringList{u"window"_s};
    QTest::newRow("duplicate ACK")
        << u"c> PA 5, s> A, c> PA 5 seq=10, s> A ack=5, s> A ack=5, c> PA 5 seq=5, s> A ack=15"_s
        << QStringList{{}, {}, u"gap"_s, u"duplicate"_s, u"duplicate"_s, u"again+fast"_s, {}};
    QTest::newRow("the same ACK again, nothing outstanding") << u"c> PA 5, s> A, s> A"_s << QStringList{{}, {}, {}};
    QTest::newRow("acknowledged again in TIME-WAIT")
        << u"c> FA, s> FA, c> A, s> FA seq=0, c> A"_s << QStringList{{}, {}, {}, u"again"_s, u"time-wait"_s};
    QTest::newRow("a reset") << u"c> PA 5, c> R seq=0 win=0"_s << QStringList{{}, {}};
}

void TestFlow::notes()
{
    QFETCH(const QString, script);
    QFETCH(const QStringList, expected);
    const Flow flow = flowOf(SegmentScript().segments(handshake + script));
    QStringList got;
    for (qsizetype row = 3; row < flow.count(); ++row)
        got.append(notesOf(flow.at(row)));
    QCOMPARE(got, expected);
}

void TestFlow::positions()
{
    const Flow flow =
        flowOf(SegmentScript().segments(handshake + u"c> PA 24, s> A, s> PA 12, c> PA 10 seq=20, c> FA, s> RA"_s));
    const std::vector<std::array<qint64, 5>> expected{
        // offset, start, end, acknowledged, new bytes
        {0, -1, 0, 0, 0},   {0, -1, 0, 0, 0},    {0, 0, 0, 0, 0},     {0, 0, 24, 0, 24},   {0, 0, 0, 24, 0},
        {0, 0, 12, 24, 12}, {20, 20, 30, 12, 6}, {30, 30, 31, 12, 0}, {12, 12, 12, 31, 0},
    };
    QCOMPARE(flow.count(), qsizetype(expected.size()));
    for (qsizetype row = 0; row < flow.count(); ++row) {
        const FlowSegment &at = flow.at(row);
        const std::array<qint64, 5> got{at.offset, at.start(), at.end(), at.acknowledged, at.newBytes};
        QCOMPARE(got, expected[size_t(row)]);
        QCOMPARE(at.frame, quint32(row + 1));
    }
    QCOMPARE(flow.at(0).sequence, 1000U);
    QCOMPARE(flow.at(1).acknowledgement, 1001U);
    QCOMPARE(flow.streamBytes(Side::Client), 30);
    QCOMPARE(flow.streamBytes(Side::Server), 12);
    QCOMPARE(flow.finPosition(Side::Client), std::optional<qint64>(30));
    QCOMPARE(flow.finPosition(Side::Server), std::nullopt);
    QVERIFY(flow.isOriginKnown(Side::Client) && flow.isOriginKnown(Side::Server));
}

/// A stream of more than 4 GiB, whose numbers wrap in the middle of a segment.
void TestFlow::wraps()
{
    SegmentScript script(0xffff'fff0, 0xffff'ffff);
    Flow flow = flowOf(script.segments(handshake));
    constexpr qint64 piece = 1'000'000'000;
    for (int i = 0; i < 10; ++i) {
        flow.append(script.segment(u"c> PA 1000000000"_s));
        flow.append(script.segment(u"s> A"_s));
        QCOMPARE(flow.at(flow.count() - 2).offset, piece * i);
        QCOMPARE(flow.at(flow.count() - 1).acknowledged, piece * (i + 1));
    }
    QCOMPARE(flow.streamBytes(Side::Client), piece * 10);
    QCOMPARE(flow.rowsOf(Side::Client, piece * 5 - 1, piece * 5 + 1), (std::vector<qsizetype>{11, 13}));
    QCOMPARE(flow.ackRowOf(Side::Client, piece * 5), 12);
}

void TestFlow::beginsInTheMiddle()
{
    const Flow flow = flowOf(SegmentScript().segments(
        u"c> PA 5 seq=100 ack=70, s> A ack=105, c> PA 5 seq=95, s> PA 3 seq=70, s> PA 2 seq=60"_s));
    QVERIFY(!flow.isOriginKnown(Side::Client) && !flow.isOriginKnown(Side::Server));
    QCOMPARE(flow.at(0).offset, 0);
    QCOMPARE(flow.at(0).acknowledged, 0);
    QCOMPARE(flow.at(1).acknowledged, 5);
    QCOMPARE(flow.at(2).offset, -5);
    QCOMPARE(notesOf(flow.at(2)), u"again+spurious"_s); // it was acknowledged before it was captured
    QCOMPARE(flow.at(3).offset, 0);
    QCOMPARE(flow.at(4).offset, -10);
    QCOMPARE(flow.streamBytes(Side::Client), 10);
    QCOMPARE(flow.streamBytes(Side::Server), 5);
}

void TestFlow::rowsOfPositions()
{
    const auto rows = [](std::initializer_list<qsizetype> list) { return std::vector<qsizetype>(list); };
    const Flow flow = flowOf(SegmentScript().segments(
        handshake + u"c> PA 10, c> PA 10 seq=20, c> PA 10 seq=10, c> PA 25 seq=0, c> PA 35 seq=0, c> FA, c> FA seq=35, "
                    u"s> A, c> A seq=35"_s));
    QCOMPARE(flow.synRows(Side::Client), rows({0}));
    QCOMPARE(flow.rowsOf(Side::Client, 0, 10), rows({3, 6, 7}));
    QCOMPARE(flow.rowsOf(Side::Client, 9, 11), rows({3, 5, 6, 7}));
    QCOMPARE(flow.rowsOf(Side::Client, 10, 20), rows({5, 6, 7}));
    QCOMPARE(flow.rowsOf(Side::Client, 24, 25), rows({4, 6, 7}));
    QCOMPARE(flow.rowsOf(Side::Client, 25, 30), rows({4, 7}));
    QCOMPARE(flow.rowsOf(Side::Client, 30, 99), rows({7, 8, 9}));
    QCOMPARE(flow.rowsOf(Side::Client, 5, 5), rows({}));
    QCOMPARE(flow.finRows(Side::Client), rows({8, 9}));
    QCOMPARE(flow.finRows(Side::Server), rows({}));
    QCOMPARE(flow.firstRowOf(Side::Client, 15), 5);
    QCOMPARE(flow.firstRowOf(Side::Client, 36), -1);
    QCOMPARE(flow.rstRow(Side::Client), -1);
}

void TestFlow::acknowledgements()
{
    const Flow flow = flowOf(SegmentScript().segments(
        handshake + u"c> PA 10, c> PA 10, s> A ack=10, s> A ack=5, s> PA 3 ack=20, c> R ack=3"_s));
    QCOMPARE(flow.ackRowOf(Side::Client, 0), 1);
    QCOMPARE(flow.ackRowOf(Side::Client, 1), 5);
    QCOMPARE(flow.ackRowOf(Side::Client, 10), 5);
    QCOMPARE(flow.ackRowOf(Side::Client, 11), 7);
    QCOMPARE(flow.ackRowOf(Side::Client, 21), -1);
    QCOMPARE(flow.ackRowOf(Side::Server, 0), 2);
    QCOMPARE(flow.ackRowOf(Side::Server, 3), -1); // a reset is not an acknowledgement
    QCOMPARE(flow.acknowledgedBefore(1), SentStream::nothing);
    QCOMPARE(flow.acknowledgedBefore(5), 0);
    QCOMPARE(flow.acknowledgedBefore(7), 10);
    QCOMPARE(flow.rstRow(Side::Client), 8);
}

void TestFlow::crossings_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("expected"); ///< "earlier later" of those that cross

    QTest::newRow("none in a conversation")
        << handshake + u"c> PA 24, s> A, s> PA 12, c> A, c> FA, s> FA, c> A"_s << QStringList{};
    QTest::newRow("both send at once") << handshake + u"c> PA 24, s> PA 12 ack=0, c> A, s> A"_s
                                       << QStringList{u"3 4"_s};
    QTest::newRow("simultaneous close") << handshake + u"c> FA, s> FA ack=0, c> A, s> A"_s << QStringList{u"3 4"_s};
    QTest::newRow("simultaneous open") << u"c> S, s> S, c> SA seq=-1, s> SA seq=-1"_s
                                       << QStringList{u"0 1"_s, u"2 3"_s};
    QTest::newRow("an ACK that was late")
        << handshake + u"c> PA 5, c> PA 5, s> A ack=5, s> A ack=10"_s << QStringList{u"4 5"_s};
    QTest::newRow("two in flight") << handshake + u"c> PA 5, c> PA 5, s> PA 3 ack=0, s> A"_s
                                   << QStringList{u"3 5"_s, u"4 5"_s};
    QTest::newRow("lost and sent again: nothing is proved")
        << handshake + u"c> PA 5, s> PA 3 ack=0, c> PA 5 seq=0, s> A"_s << QStringList{};
    QTest::newRow("simultaneous close, lost and sent again")
        << handshake + u"c> FA, s> FA ack=0, s> FA seq=0 ack=0, c> FA seq=0 ack=0, c> A ack=1, s> A"_s
        << QStringList{u"5 6"_s};
    QTest::newRow("held up by a gap: nothing is proved")
        << handshake + u"c> PA 5 seq=5, s> A ack=0, c> PA 5 seq=0, s> A"_s << QStringList{};
    QTest::newRow("held up by a gap that was never captured: nothing is proved")
        << handshake + u"c> PA 5 seq=5, s> A ack=0"_s << QStringList{};
    QTest::newRow("an old ACK that was late: nothing is proved")
        << handshake + u"c> PA 5, s> A, s> A ack=0"_s << QStringList{};
    QTest::newRow("fast open: SYN was acknowledged without its data")
        << u"c> S 5, s> SA ack=0, c> PA 5 seq=0"_s << QStringList{};
    QTest::newRow("a reset proves nothing") << handshake + u"c> PA 5, s> R"_s << QStringList{};
}

void TestFlow::crossings()
{
    QFETCH(const QString, script);
    QFETCH(const QStringList, expected);
    const Flow flow = flowOf(SegmentScript().segments(script));
    QStringList got;
    for (qsizetype earlier = 0; earlier < flow.count(); ++earlier) {
        for (qsizetype later = 0; later < flow.count(); ++later) {
            if (flow.crosses(earlier, later))
                got.append(u"%1 %2"_s.arg(earlier).arg(later));
        }
    }
    QCOMPARE(got, expected);
}

void TestFlow::over_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("isOver");

    QTest::newRow("a SYN") << u"c> S"_s << false;
    QTest::newRow("open") << handshake << false;
    QTest::newRow("half closed") << handshake + u"c> FA, s> A"_s << false;
    QTest::newRow("waits for the last ACK") << handshake + u"c> FA, s> FA"_s << false;
    QTest::newRow("closed") << handshake + u"c> FA, s> FA, c> A"_s << true;
    QTest::newRow("refused") << u"c> S, s> RA"_s << true;
    QTest::newRow("reset") << handshake + u"s> R"_s << true;
    QTest::newRow("reset in SYN-RECEIVED") << u"c> S, s> SA, c> R"_s << true;
}

void TestFlow::over()
{
    QFETCH(const QString, script);
    QFETCH(const bool, isOver);
    QCOMPARE(flowOf(SegmentScript().segments(script)).isOver(), isOver);
}

/// If a segment's header was cut or contains wrong lengths, only the addresses are meaningful.
void TestFlow::unsound()
{
    SegmentScript script;
    Flow flow = flowOf(script.segments(handshake + u"c> PA 5"_s));
    Segment cut = script.segment(u"s> SFRA 77 seq=9999"_s);
    cut.capturedBytes = 8;
    QCOMPARE(flow.append(cut), 4);
    QCOMPARE(flow.at(4).frame, cut.frame);
    QCOMPARE(flow.at(4).sender, Side::Server);
    QCOMPARE(flow.at(4).flags, quint16(0));
    QCOMPARE(flow.at(4).senderState, TcpState::Established);
    QCOMPARE(flow.streamBytes(Side::Server), 0);
    QCOMPARE(flow.headings().size(), size_t(2));
    flow.append(script.segment(u"s> PA 3 seq=0"_s));
    QCOMPARE(flow.at(5).notes, quint16(0));
}

/// Very many segments, a tenth of them retransmissions: adding and querying look at a few rows, not at all of them.
void TestFlow::million()
{
    SegmentScript script;
    Flow flow = flowOf(script.segments(handshake));
    Segment data = script.segment(u"c> PA 100"_s);
    Segment ack = script.segment(u"s> A"_s);
    QVERIFY(sizeof(FlowSegment) <= 72);
    constexpr int pairs = manyRows / 2;
    for (int i = 0; i < pairs; ++i) {
        flow.append(data);
        ack.acknowledgement = data.sequence + 100;
        flow.append(ack);
        data.sequence += i % 10 == 9 ? 0 : 100;
    }
    QCOMPARE(flow.count(), 3 + 2 * pairs);
    qint64 asked = 0;
    for (int i = 0; i < 10'000; ++i) {
        const qint64 position = flow.streamBytes(Side::Client) / 10'000 * i;
        asked += qint64(flow.rowsOf(Side::Client, position, position + 1).size());
        QVERIFY(flow.ackRowOf(Side::Client, position + 1) > 0);
        flow.crosses(flow.firstRowOf(Side::Client, position), flow.count() - 1);
    }
    QVERIFY(asked >= 10'000);
}

REGISTER_TEST(TestFlow)
#include "tst_flow.moc"
