// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "ladder/laddertext.h"
#include "ladder/wirelines.h"
#include "support/laddercases.h"
#include "support/registertest.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// The ladder and the lines of a capture without steps: swapped ends, notes, and rows that later segments revise.
class TestCaptureLadder : public QObject
{
    Q_OBJECT

private slots:
    void swapEnds();
    void mayBeSwapped_data();
    void mayBeSwapped();
    void notes_data();
    void notes();
    void numbersOfOtherConnections();
    void revisedStates();
    void revisedHeadings();
};

namespace {

QString labelOf(const LadderModel &model, qsizetype row)
{
    return LadderRows::make(model, LadderIndex(row)).labels[0];
}

QStringList linesOf(const WireLines &lines)
{
    QStringList all;
    for (qsizetype row = 0; row < lines.count(); ++row)
        all.append(lines.textOfRow(WireRow(row)).section(u' ', -4));
    return all;
}

} // namespace

void TestCaptureLadder::swapEnds()
{
    LadderCase all(0);
    all.recording.addSegments(SegmentScript().segments(u"s> PA 5, c> A, c> FA, s> A"_s));
    LadderModel model(all.recording);
    WireLines lines(all.recording);
    model.showFlow(0);
    lines.showFlow(0);
    lines.setRelative(true);
    const QStringList wire = linesOf(lines);
    QCOMPARE(LadderRows::make(model, LadderIndex(0)).sender, Side::Server);
    QCOMPARE(model.address(Side::Client), u"127.0.0.1:51964"_s);
    const QString label = labelOf(model, 1);
    const LadderRow fin = LadderRows::make(model, LadderIndex(2));
    QCOMPARE(fin.tail.state, TcpState::FinWait1);

    QSignalSpy changed(&model, &LadderModel::changed);
    all.recording.swapEnds(0);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].value<LadderIndex>(), LadderIndex(0));
    QCOMPARE(model.address(Side::Client), u"127.0.0.1:8700"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(0)).sender, Side::Client);
    QCOMPARE(labelOf(model, 1), label);
    const LadderRow swapped = LadderRows::make(model, LadderIndex(2));
    QCOMPARE(swapped.sender, Side::Server);
    QCOMPARE(swapped.tail, fin.tail);
    QCOMPARE(swapped.head, fin.head);
    QCOMPARE(swapped.headings, fin.headings);
    QCOMPARE(linesOf(lines), wire); // tcpdump knows no client
}

void TestCaptureLadder::mayBeSwapped_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("hasStep");
    QTest::addColumn<bool>("mayBeSwapped");

    QTest::newRow("begins after the handshake") << u"s> PA 5"_s << false << true;
    QTest::newRow("a SYN shows the client") << u"c> S"_s << false << false;
    QTest::newRow("a SYN-ACK shows the server") << u"s> SA"_s << false << false;
    QTest::newRow("a step shows its end") << u"s> PA 5"_s << true << false;
    QTest::newRow("no segments") << QString() << false << false;
}

void TestCaptureLadder::mayBeSwapped()
{
    QFETCH(const QString, script);
    QFETCH(const bool, hasStep);
    QFETCH(const bool, mayBeSwapped);
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(script));
    if (hasStep)
        all.add(Side::Client, StepKind::Connected, 0, 0);
    LadderModel model(all.recording);
    model.showFlow(script.isEmpty() ? -1 : 0);
    QCOMPARE(model.canSwapEnds(), mayBeSwapped);
}

void TestCaptureLadder::notes_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("notes");
    QTest::addColumn<QString>("explained"); ///< a part of the tooltip

    QTest::newRow("fast retransmission")
        << u"c> PA 5, s> A, c> PA 5, c> PA 5, s> A ack=5, s> A ack=5, c> PA 5 seq=5 after=10"_s
        << u"fast retransmission"_s << u"Duplicate ACKs requested it."_s;
    QTest::newRow("spurious retransmission")
        << u"c> PA 5, s> A, c> PA 5 seq=0 after=300"_s << u"spurious retransmission"_s
        << u"had acknowledged these bytes already"_s;
    QTest::newRow("repeated at once: why Wireshark differs")
        << u"c> PA 5, c> PA 7, c> PA 5 seq=0"_s << u"retransmission"_s << u"Wireshark calls it out of order"_s;
    QTest::newRow("an older acknowledgement: why Wireshark differs")
        << u"c> PA 5, c> PA 7, s> A ack=12, s> A ack=5, c> PA 7 seq=5 after=300"_s << u"spurious retransmission"_s
        << u"Wireshark compares with the last acknowledgement"_s;
    QTest::newRow("the last byte repeated: why Wireshark differs")
        << u"c> PA 5, c> PA 1 seq=4 after=300"_s << u"retransmission"_s << u"Wireshark may call it a keep-alive"_s;
    QTest::newRow("an ignored RST") << u"s> R seq=77"_s << u"ignored"_s << u"It reset nothing"_s;
}

void TestCaptureLadder::notes()
{
    QFETCH(const QString, script);
    QFETCH(const QString, notes);
    QFETCH(const QString, explained);
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(handshake + script));
    LadderModel model(all.recording);
    model.showFlow(0);
    const LadderRow row = LadderRows::make(model, LadderIndex(model.count() - 1));
    QCOMPARE(row.notes, notes);
    const QString described = LadderText::described(row);
    QVERIFY2(described.contains(explained), qPrintable(described));
    QCOMPARE(described.contains(u"Wireshark"_s), explained.contains(u"Wireshark"_s));
}

/// Segments of another connection show their numbers as on the wire, even among relative ones.
void TestCaptureLadder::numbersOfOtherConnections()
{
    LadderCase all;
    all.recording.addSegments(segmentsOfFile(QStringLiteral(CAPTURES "/faults/refused-then-accepted-same-isn.pcap")));
    all.recording.addSegments(segmentsOfFile(QStringLiteral(CAPTURES "/faults/live-challenge-ack.pcap")));
    LadderModel model(all.recording);
    model.showFlow(0);
    QCOMPARE(labelOf(model, 1), u"RST, ACK: seq 0, ack 1"_s);
    QCOMPARE(labelOf(model, 3), u"SYN, ACK: seq 0, ack 1"_s);
    model.showFlow(1);
    QCOMPARE(labelOf(model, 1), u"ACK: ack 123456789"_s);
    QCOMPARE(labelOf(model, 2), u"RST: seq 123456789"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(2)).notes, u"of another connection, ignored"_s);
    QCOMPARE(labelOf(model, 4), u"SYN, ACK: seq 0, ack 1"_s);
}

/// The row of a RST changes when its receiver goes on.
void TestCaptureLadder::revisedStates()
{
    SegmentScript script;
    LadderCase all;
    all.recording.addSegments(script.segments(handshake + u"s> R"_s));
    LadderModel model(all.recording);
    model.showFlow(0);
    QCOMPARE(LadderRows::make(model, LadderIndex(3)).head.state, TcpState::Closed);
    QSignalSpy changed(&model, &LadderModel::changed);
    all.recording.addSegments(script.segments(u"c> A"_s));
    QCOMPARE(changed[0][0].value<LadderIndex>(), LadderIndex(3));
    const LadderRow row = LadderRows::make(model, LadderIndex(3));
    QCOMPARE(row.head, (LadderState{TcpState::Established, LadderState::Source::Segments}));
    QVERIFY(row.headings.isEmpty());
    QCOMPARE(row.notes, u"ignored"_s);
}

/// A heading disappears: all rows from there on change, and are those of lines that saw everything at once.
void TestCaptureLadder::revisedHeadings()
{
    SegmentScript script;
    const auto before = script.segments(handshake + u"c> PA 5, s> A, s> R"_s);
    const auto after = script.segments(u"c> A, c> PA 5, s> A"_s);
    LadderCase all;
    all.recording.addSegments(before);
    WireLines lines(all.recording);
    lines.showFlow(0);
    QStringList shown = linesOf(lines);
    QSignalSpy changed(&lines, &WireLines::changed);
    for (const Segment &segment : after) {
        all.recording.addSegments({segment});
        const qsizetype from = changed.takeLast().constFirst().value<WireRow>().value();
        shown = shown.first(from) + linesOf(lines).sliced(from);
        QCOMPARE(shown, linesOf(lines));
    }
    LadderCase atOnce;
    atOnce.recording.addSegments(before);
    atOnce.recording.addSegments(after);
    WireLines expected(atOnce.recording);
    expected.showFlow(0);
    QCOMPARE(shown, linesOf(expected));
}

REGISTER_TEST(TestCaptureLadder)
#include "tst_captureladder.moc"
