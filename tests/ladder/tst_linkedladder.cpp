// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "ladder/laddertext.h"
#include "ladder/spokentext.h"
#include "ladder/wirelines.h"
#include "support/laddercases.h"
#include "support/linkscript.h"
#include "support/registertest.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// The ladder and the Wire tab of an emulated link, while it carries packets.
class TestLinkedLadder : public QObject
{
    Q_OBJECT

private slots:
    void heldThenDelivered();
    void onItsWay();
    void lostAndSentAgain();
    void lostWithoutALink();
    void corrupted();
    void rowsBetween();
    void seenAtEitherEnd();
    void ownCaptureOfTheSame();
    void otherConnectionsStay();
};

namespace {

/// A Recording of a link, with the steps of a LadderCase.
struct LinkLadder {
    explicit LinkLadder(const QString &script)
        : link(script)
    {
        all.recording.beginLink({});
        for (const Side end : bothSides)
            all.recording.addLinkSegments(end, link.segments[size_t(end)]);
    }

    void report(qsizetype from, qsizetype to)
    {
        all.recording.addLinkReports(std::span(link.reports).subspan(size_t(from), size_t(to - from)));
    }
    void reportAll() { all.recording.addLinkReports(link.reports); }
    LadderRow row(qsizetype row) const { return LadderRows::make(model, LadderIndex(row)); }
    QString spoken(qsizetype row) const { return SpokenText::row(model, LadderIndex(row)); }
    QString described(qsizetype at) const { return LadderText::described(row(at)); }

    LinkScript link;
    LadderCase all;
    LadderModel model{all.recording};
};

QString stepsOf(const LadderRow &row)
{
    QStringList texts;
    for (const LadderStep &step : row.steps)
        texts.append(step.text);
    return texts.join(u", "_s);
}

QStringList wireLinesOf(const WireLines &lines)
{
    QStringList all;
    for (qsizetype line = 0; line < lines.lineCount(); ++line)
        all.append(lines.textOfLine(WireLine(line)).section(u' ', 2).section(u',', 0, 1));
    return all;
}

} // namespace

void TestLinkedLadder::heldThenDelivered()
{
    LinkLadder ladder((QString()));
    ladder.link.reports.front().isHeld = true;
    ladder.report(0, 1);
    ladder.model.showFlow(0);
    QCOMPARE(ladder.model.count(), 1);
    LadderRow row = ladder.row(0);
    QCOMPARE(row.arrival, LadderRow::Arrival::Held);
    QCOMPARE(row.notes, u"held"_s);
    QCOMPARE(row.tail.state, TcpState::SynSent);
    QVERIFY(!row.transit->arrivesAt.isValid() && row.transit->arrival.isEmpty());
    QVERIFY(ladder.spoken(0).endsWith(u", held"_s));
    QVERIFY(ladder.described(0).contains(u"until you deliver or lose it"_s));

    QSignalSpy changed(&ladder.model, &LadderModel::changed);
    ladder.report(1, 2);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].value<LadderIndex>(), LadderIndex(0));
    row = ladder.row(0);
    QCOMPARE(row.arrival, LadderRow::Arrival::Arrived);
    QCOMPARE(row.notes, QString());
    QCOMPARE(row.transit->arrival, u"10.000 ms"_s);
    QCOMPARE(row.transit->arrivesAt, LadderIndex(0));
}

void TestLinkedLadder::onItsWay()
{
    LinkLadder ladder((QString()));
    ladder.report(0, 1);
    ladder.model.showFlow(0);
    QCOMPARE(ladder.row(0).arrival, LadderRow::Arrival::OnItsWay);
    QCOMPARE(ladder.row(0).notes, u"on its way"_s);
    QVERIFY(ladder.spoken(0).endsWith(u", on its way"_s));
    ladder.all.recording.missLinkReports();
    QCOMPARE(ladder.row(0).arrival, LadderRow::Arrival::NotSeen);
}

/// Recv stands at the copy that has arrived.
void TestLinkedLadder::lostAndSentAgain()
{
    LinkLadder ladder(u"c> PA 24 lost, c> PA 24 seq=0 after=200, s> A after=10"_s);
    const qint64 us = SegmentScript::firstUs;
    ladder.all.add(Side::Server, StepKind::Connected, 0, us + 30'000);
    ladder.all.add(Side::Server, StepKind::Recv, 2, us + 232'000, "Hi, server! I'm client.", 0);
    ladder.reportAll();
    ladder.model.showConnection(1);
    QCOMPARE(ladder.row(3).arrival, LadderRow::Arrival::Lost);
    QCOMPARE(ladder.row(3).notes, u"lost"_s);
    QVERIFY(!stepsOf(ladder.row(3)).contains(u"[2]"_s));
    QVERIFY(stepsOf(ladder.row(4)).contains(u"[2] Recv: Hi, server! I'm client."_s));
}

/// The same where only one end was captured, and the retransmission shows the loss.
void TestLinkedLadder::lostWithoutALink()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(
        u"c> S, s> SA, c> A, c> PA 24, c> PA 5, s> A ack=0, c> PA 24 seq=0 after=200, s> A ack=29"_s));
    all.add(Side::Server, StepKind::Connected, 0, SegmentScript::firstUs + 2000);
    all.add(Side::Server, StepKind::Recv, 2, SegmentScript::firstUs + 900'000, "Hi, server! I'm client.", 0);
    LadderModel model(all.recording);
    model.showConnection(1);
    QVERIFY(model.flow()->at(3).has(FlowSegment::Lost));
    QVERIFY(!stepsOf(LadderRows::make(model, LadderIndex(3))).contains(u"[2]"_s));
    QVERIFY(stepsOf(LadderRows::make(model, LadderIndex(6))).contains(u"[2] Recv: Hi"_s));
}

void TestLinkedLadder::corrupted()
{
    LinkLadder ladder(u"c> PA 24"_s);
    for (LinkReport &report : ladder.link.reports)
        report.isCorrupted = report.kind == LinkEvent::Kind::Departed && report.id == 4;
    ladder.reportAll();
    ladder.model.showFlow(0);
    QCOMPARE(ladder.row(3).arrival, LadderRow::Arrival::Arrived);
    QCOMPARE(ladder.row(3).notes, u"corrupted on its way"_s);
}

/// Steps without segments have rows of their own: arrivals stand at the right rows all the same.
void TestLinkedLadder::rowsBetween()
{
    LinkLadder ladder(u"c> PA 24 delay=100, c> PA 10 delay=100, s> A after=99"_s);
    const qint64 us = SegmentScript::firstUs;
    ladder.all.add(Side::Client, StepKind::Connected, 0, us + 20'000);
    ladder.all.addEvent(Side::Client, StepKind::Limit, us + 21'500);
    ladder.all.addEvent(Side::Client, StepKind::Limit, us + 50'000);
    ladder.reportAll();
    ladder.model.showConnection(1);
    QCOMPARE(ladder.model.count(), 8);
    const std::array<qsizetype, 2> rows{3, 5}; // 4 and 6 are the events
    for (size_t i = 0; i < rows.size(); ++i) {
        QCOMPARE(ladder.row(rows[i]).segment, FlowRow(3 + qsizetype(i)));
        QVERIFY(ladder.row(rows[i]).transit);
        QVERIFY(!ladder.row(rows[i] + 1).transit);
    }
    QCOMPARE(ladder.row(3).transit->arrivesAt, LadderIndex(5));
    QCOMPARE(ladder.row(5).transit->arriving, (std::vector{LadderIndex(2), LadderIndex(3)}));
    QCOMPARE(ladder.row(7).transit->arriving, (std::vector{LadderIndex(5), LadderIndex(7)}));
}

void TestLinkedLadder::seenAtEitherEnd()
{
    LinkLadder ladder(u"c> PA 24 lost, c> PA 24 seq=0 after=200, s> A after=10 delay=100, s> PA 12 after=0 delay=10"_s);
    WireLines lines(ladder.all.recording);
    ladder.reportAll();
    lines.showFlow(0);
    lines.setRelative(true);
    const QStringList atClient = wireLinesOf(lines);
    QCOMPARE(lines.segmentOfLine(lines.lineOfSegment(FlowRow(3))), FlowRow(3));
    QSignalSpy reset(&lines, &WireLines::reset);
    lines.setSeenAt(Side::Server);
    QCOMPARE(reset.size(), 1);
    const QStringList atServer = wireLinesOf(lines);
    QCOMPARE(atClient.size(), atServer.size() + 1); // the lost segment has never arrived
    QVERIFY(!lines.lineOfSegment(FlowRow(3)).isValid());
    for (qsizetype row = 4; row < 7; ++row)
        QCOMPARE(lines.segmentOfLine(lines.lineOfSegment(FlowRow(row))), FlowRow(row));
    // The reply overtakes the acknowledgement.
    QCOMPARE(atClient.last(2).constFirst().section(u' ', 3), u"Flags [P.], seq 1:13"_s);
    QCOMPARE(atServer.last(2).constFirst().section(u' ', 3), u"Flags [.], ack 25"_s);
    QByteArray page;
    QVERIFY(lines.print([&page](QByteArrayView piece) {
        page += piece;
        return true;
    }));
    QCOMPARE(page.count('\n'), lines.lineCount());
}

/// The window may also capture a device of the link.
void TestLinkedLadder::ownCaptureOfTheSame()
{
    LinkLadder ladder(u"c> PA 24, s> A after=10"_s);
    ladder.reportAll();
    std::vector<Segment> captured = ladder.link.segments[0];
    for (Segment &segment : captured) {
        const auto at = [](const char *text) { return *SocketAddress::fromText(QString::fromLatin1(text)); };
        const bool isOfClient = segment.destination.port == 8700;
        segment.source = at(isOfClient ? "192.0.2.1:40000" : "192.0.2.2:8700");
        segment.destination = at(isOfClient ? "192.0.2.2:8700" : "192.0.2.1:40000");
    }
    ladder.all.recording.addSegments(captured);
    QCOMPARE(ladder.all.recording.flows().count(), 1);
    QCOMPARE(ladder.all.recording.flowsBesideLink().at(0).count(), qsizetype(captured.size()));
}

/// What does not go through the link is shown as ever.
void TestLinkedLadder::otherConnectionsStay()
{
    LinkLadder ladder(u"c> PA 24"_s);
    std::vector<Segment> others = ladder.link.segments[0];
    for (Segment &segment : others)
        (segment.destination.port == 8700 ? segment.source : segment.destination).port = 1;
    ladder.all.recording.addSegments(others);
    ladder.reportAll();
    QCOMPARE(ladder.all.recording.flows().count(), 2);
    WireLines lines(ladder.all.recording);
    lines.showFlow(0);
    QCOMPARE(lines.lineCount(), qsizetype(others.size()) + 2); // with headings
    ladder.model.showFlow(0);
    QVERIFY(!ladder.row(0).transit);
}

REGISTER_TEST(TestLinkedLadder)

#include "tst_linkedladder.moc"
