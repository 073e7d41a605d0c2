// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "flows/flowtable.h"
#include "support/capturedsegments.h"
#include "support/registertest.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// The headings, states and notes of the example captures, which Linux has sent.
class TestCapturedFlows : public QObject
{
    Q_OBJECT

private slots:
    void captures_data();
    void captures();
};

void TestCapturedFlows::captures_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("headings");
    QTest::addColumn<QString>("states");    ///< at the end: client, server
    QTest::addColumn<QStringList>("notes"); ///< "4 1": row 4 has the notes 1

    const QString opened = u"0 # The TCP three-way handshake"_s;
    const QString data = u"3 # Send / Recv data"_s;
    const QString closed = u"TIME-WAIT CLOSED"_s;
    QTest::newRow("conversation") << u"conversation"_s << QStringList{opened, data, u"7 # The TCP four-way wave"_s}
                                  << closed << QStringList{};
    QTest::newRow("three-way wave") << u"three-way-wave"_s
                                    << QStringList{opened, data,
                                                   u"7 # The TCP three-way wave (the second FIN carries the ACK)"_s}
                                    << closed << QStringList{};
    QTest::newRow("half-close") << u"half-close"_s
                                << QStringList{opened, data, u"7 # The TCP wave, first half"_s,
                                               u"8 # Send / Recv data, one way"_s, u"10 # The TCP wave, second half"_s}
                                << closed << QStringList{};
    QTest::newRow("simultaneous close") << u"simultaneous-close"_s
                                        << QStringList{opened, data, u"7 # The TCP wave, simultaneous close"_s}
                                        << u"TIME-WAIT TIME-WAIT"_s
                                        << QStringList{u"7 lost"_s, u"8 lost"_s, u"9 retransmission"_s,
                                                       u"10 retransmission"_s};
    QTest::newRow("reset") << u"reset"_s << QStringList{opened, data, u"7 # The TCP reset"_s} << u"CLOSED CLOSED"_s
                           << QStringList{};
    QTest::newRow("refused") << u"refused"_s << QStringList{u"0 # The TCP handshake, refused"_s} << u"CLOSED CLOSED"_s
                             << QStringList{};
    QTest::newRow("retransmission") << u"retransmission"_s << QStringList{opened, data, u"8 # The TCP four-way wave"_s}
                                    << closed << QStringList{u"3 lost"_s, u"4 retransmission"_s};
    QTest::newRow("zero window") << u"zero-window"_s
                                 << QStringList{opened, data,
                                                u"17 # The TCP three-way wave (the second FIN carries the ACK)"_s}
                                 << closed
                                 << QStringList{u"8 zero window"_s, u"9 probe"_s, u"10 zero window"_s, u"11 probe"_s,
                                                u"12 update"_s};
}

void TestCapturedFlows::captures()
{
    QFETCH(const QString, name);
    QFETCH(const QStringList, headings);
    QFETCH(const QString, states);
    QFETCH(const QStringList, notes);

    FlowTable table;
    const auto segments = segmentsOfFile(QStringLiteral(EXAMPLES) + u'/' + name + u".pcap"_s);
    QVERIFY(!segments.empty());
    for (const Segment &segment : segments)
        table.append(segment);
    table.setEnded();
    QCOMPARE(table.count(), 1);
    const Flow &flow = table.at(0);
    QCOMPARE(flow.count(), qsizetype(segments.size()));

    QStringList gotHeadings;
    for (const Heading &heading : flow.headings())
        gotHeadings.append(u"%1 %2"_s.arg(heading.row).arg(heading.text));
    QCOMPARE(gotHeadings, headings);
    QCOMPARE(u"%1 %2"_s.arg(tcpStateName(flow.state(Side::Client)), tcpStateName(flow.state(Side::Server))), states);
    QStringList gotNotes;
    for (qsizetype row = 0; row < flow.count(); ++row) {
        const FlowSegment &segment = flow.at(row);
        for (const auto &[note, text] :
             {std::pair(FlowSegment::Retransmission, "retransmission"_L1), std::pair(FlowSegment::Lost, "lost"_L1),
              std::pair(FlowSegment::ZeroWindow, "zero window"_L1), std::pair(FlowSegment::ZeroWindowProbe, "probe"_L1),
              std::pair(FlowSegment::WindowUpdate, "update"_L1)}) {
            if (segment.has(note))
                gotNotes.append(u"%1 %2"_s.arg(row).arg(text));
        }
    }
    QCOMPARE(gotNotes, notes);
}

REGISTER_TEST(TestCapturedFlows)
#include "tst_capturedflows.moc"
