// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/laddermodel.h"
#include "ladder/spokentext.h"
#include "support/laddercases.h"
#include "support/registertest.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// What a screen reader says of rows.
class TestSpokenText : public QObject
{
    Q_OBJECT

private slots:
    void rowsOfALadder();
    void numbersOnTheWire();
    void notes();
    void uncaptured();
    void manySteps();

private:
    static QStringList rowsOf(const LadderModel &model);
};

QStringList TestSpokenText::rowsOf(const LadderModel &model)
{
    QStringList rows;
    for (LadderIndex row(0); row.value() < model.count(); ++row)
        rows.append(SpokenText::row(model, row));
    return rows;
}

void TestSpokenText::rowsOfALadder()
{
    LadderCase ladder;
    LadderModel model(ladder.recording);
    ladder.recording.addSegments(SegmentScript().segments(conversation));
    ladder.addSteps(Side::Client, SegmentScript::firstUs);
    model.showConnection(1);
    const QStringList expected{
        u"SYN from client to server, sequence 0"_s,
        u"SYN, ACK from server to client, sequence 0, acknowledgement 1"_s,
        u"ACK from client to server, acknowledgement 1"_s,
        u"PSH, ACK from client to server, sequence 1, acknowledgement 1, 24 bytes, step 1"_s,
        u"ACK from server to client, acknowledgement 25, step 2"_s,
        u"PSH, ACK from server to client, sequence 1, acknowledgement 25, 12 bytes, step 3, step 4"_s,
        u"ACK from client to server, acknowledgement 13"_s,
        u"FIN, ACK from client to server, sequence 25, acknowledgement 13, step 5"_s,
        u"ACK from server to client, acknowledgement 26"_s,
        u"FIN, ACK from server to client, sequence 13, acknowledgement 26, step 6"_s,
        u"ACK from client to server, acknowledgement 14"_s,
    };
    QCOMPARE(rowsOf(model).join(u'\n'), expected.join(u'\n'));
    QCOMPARE(SpokenText::segment(ladder.recording, 0, FlowRow(7), false), expected[7]);
}

void TestSpokenText::numbersOnTheWire()
{
    LadderCase ladder;
    const std::vector<Segment> segments = SegmentScript().segments(conversation);
    ladder.recording.addSegments(segments);
    QCOMPARE(SpokenText::segment(ladder.recording, 0, FlowRow(7), true),
             u"FIN, ACK from client to server, sequence %1, acknowledgement %2"_s.arg(segments[7].sequence)
                 .arg(segments[7].acknowledgement));
}

void TestSpokenText::notes()
{
    LadderCase ladder;
    LadderModel model(ladder.recording);
    ladder.recording.addSegments(
        SegmentScript().segments(u"c> S, s> SA, c> A, c> PA 9, c> PA 9, c> PA 9 seq=0 after=300, s> A"_s));
    model.showFlow(0);
    const QStringList rows = rowsOf(model);
    QVERIFY2(rows[5].endsWith(u", 9 bytes, retransmission"_s), qPrintable(rows[5]));
}

/// Without a capture, rows say what is certain.
void TestSpokenText::uncaptured()
{
    LadderCase ladder;
    LadderModel model(ladder.recording);
    ladder.addSteps(Side::Client, SegmentScript::firstUs);
    model.showConnection(1);
    const QString rows = rowsOf(model).join(u'\n');
    QVERIFY2(rows.contains(u"24 B from client to server, not captured, "_s), qPrintable(rows));
    QVERIFY2(rows.contains(u"Client: [1] Send: Hi, server! I'm client."_s), qPrintable(rows));
    QVERIFY2(rows.contains(u"Server: [3] Send: Hi, client! (inferred)"_s), qPrintable(rows));
}

/// Many small messages in one segment are not read one by one.
void TestSpokenText::manySteps()
{
    LadderCase ladder;
    ladder.recording.addSegments(SegmentScript().segments(u"c> S, s> SA, c> A, c> PA 2000, s> A"_s));
    ladder.add(Side::Client, StepKind::Connected, 0, SegmentScript::firstUs + 30);
    for (int i = 0; i < 1000; ++i)
        ladder.add(Side::Client, StepKind::Send, 4 * i + 1, SegmentScript::firstUs + 80, "a", 2 * i);
    ladder.stepsRead = 0;
    const QString text = SpokenText::segment(ladder.recording, 0, FlowRow(3), false);
    QVERIFY2(text.endsWith(u"2,000 bytes, step 1, step 5, step 9, step 13, and more steps"_s), qPrintable(text));
    QVERIFY2(ladder.stepsRead < 20, qPrintable(QString::number(ladder.stepsRead)));
}

REGISTER_TEST(TestSpokenText)
#include "tst_spokentext.moc"
