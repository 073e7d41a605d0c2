// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/registertest.h"
#include "support/segmentscript.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// Which end is the client, and what happens if they are swapped.
class TestFlowEnds : public QObject
{
    Q_OBJECT

private slots:
    void client_data();
    void client();
    void clientWithTheSamePort();
    void swapEnds();
};

void TestFlowEnds::client_data()
{
    QTest::addColumn<QString>("first"); ///< c: 127.0.0.1:51964, s: 127.0.0.1:8700
    QTest::addColumn<quint16>("serverPort");
    QTest::addColumn<quint16>("clientPort");

    QTest::newRow("sends SYN") << u"c> S"_s << quint16(0) << quint16(51964);
    QTest::newRow("sends SYN, though its port is the hint") << u"s> S"_s << quint16(8700) << quint16(8700);
    QTest::newRow("receives SYN-ACK") << u"s> SA"_s << quint16(0) << quint16(51964);
    QTest::newRow("has not the hint's port") << u"s> PA 5"_s << quint16(8700) << quint16(51964);
    QTest::newRow("has the higher port, where the hint says nothing") << u"s> PA 5"_s << quint16(80) << quint16(51964);
    QTest::newRow("has the higher port, without a hint") << u"s> PA 5"_s << quint16(0) << quint16(51964);
    QTest::newRow("has the lower port, but the hint is the other's") << u"s> PA 5"_s << quint16(51964) << quint16(8700);
    QTest::newRow("speaks first, and has the higher port") << u"c> A"_s << quint16(0) << quint16(51964);
}

void TestFlowEnds::client()
{
    QFETCH(const QString, first);
    QFETCH(const quint16, serverPort);
    QFETCH(const quint16, clientPort);
    const Flow flow = flowOf(SegmentScript().segments(first), serverPort);
    QCOMPARE(flow.address(Side::Client).port, clientPort);
    QCOMPARE(flow.address(Side::Server).port, quint16(clientPort == 8700 ? 51964 : 8700));
}

/// Two equal ports say nothing, so the end that speaks first is the client.
void TestFlowEnds::clientWithTheSamePort()
{
    for (const QString &first : {u"c> PA 5"_s, u"s> PA 5"_s}) {
        SegmentScript script(1000, 2000, 8700);
        script.address(Side::Server).address = {127, 0, 0, 2};
        const Segment segment = script.segment(first);
        QCOMPARE(Flow(segment, 8700).address(Side::Client).address, segment.source.address);
    }
}

/// Everything that depends on the ends, after the user has swapped them, is as in a flow that knew it from the start.
void TestFlowEnds::swapEnds()
{
    const QString script = u"s> PA 7, c> A, c> PA 5, c> PA 5 seq=0, s> A, c> FA, s> A, s> R seq=3, s> FA, c> A, c> R"_s;
    const auto segments = SegmentScript().segments(script);
    for (size_t swapped = 1; swapped <= segments.size(); ++swapped) {
        Flow flow(segments.front()); // the client has the higher port
        const Flow right = flowOf(segments, 51964);
        QVERIFY(!flow.areEndsKnown());
        for (size_t i = 0; i < segments.size(); ++i) {
            flow.append(segments[i]);
            if (i + 1 == swapped)
                flow.swapEnds();
        }
        QCOMPARE(flow.address(Side::Client).port, quint16(8700));
        QCOMPARE(flow.headings(), right.headings());
        for (const Side side : {Side::Client, Side::Server}) {
            QCOMPARE(flow.address(side), right.address(side));
            QCOMPARE(flow.state(side), right.state(side));
            QCOMPARE(flow.stateBefore(side), right.stateBefore(side));
            QCOMPARE(flow.rstRow(side), right.rstRow(side));
            QCOMPARE(flow.finPosition(side), right.finPosition(side));
            QCOMPARE(flow.rowsOf(side, 0, 99), right.rowsOf(side, 0, 99));
            QCOMPARE(flow.relativeZero(side), right.relativeZero(side));
        }
        for (qsizetype row = 0; row < flow.count(); ++row) {
            QCOMPARE(flow.at(row).sender, right.at(row).sender);
            QCOMPARE(flow.at(row).senderState, right.at(row).senderState);
            QCOMPARE(flow.at(row).receiverState, right.at(row).receiverState);
            QCOMPARE(flow.at(row).notes, right.at(row).notes);
        }
    }
    QVERIFY(flowOf(SegmentScript().segments(u"c> S"_s)).areEndsKnown());
}

REGISTER_TEST(TestFlowEnds)
#include "tst_flowends.moc"
