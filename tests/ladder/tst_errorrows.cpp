// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/ladderlayout.h"
#include "ladder/ladderlegend.h"
#include "ladder/laddermermaid.h"
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "ladder/laddertext.h"
#include "support/icmpscript.h"
#include "support/laddercases.h"
#include "support/registertest.h"

#include <QTest>

#include <limits>

using namespace Qt::Literals::StringLiterals;

/// ICMP errors as rows, arrows and lines of Mermaid.
class TestErrorRows : public QObject
{
    Q_OBJECT

private slots:
    void texts_data();
    void texts();
    void laterSegments();
    void version6();
    void arrows_data();
    void arrows();
    void legend();
    void mermaid();
    void refusedAttempt_data();
    void refusedAttempt();
};

namespace {

/// A ladder of a script's segments.
class ErrorLadder : public LadderCase
{
public:
    explicit ErrorLadder(const std::vector<Segment> &segments)
    {
        recording.addSegments(segments);
        model.showFlow(0);
    }
    explicit ErrorLadder(const QString &script)
        : ErrorLadder(withErrors(script))
    {
    }
    LadderRow row(qsizetype index) { return LadderRows::make(model, LadderIndex(index)); }
    LadderScene scene()
    {
        const LadderLayout layout({model.count(), [this](LadderIndex index) { return row(index.value()); }, {}},
                                  TextMetrics(), 900);
        return layout.scene(LadderIndex(0), 0, std::numeric_limits<double>::max());
    }

    LadderModel model{recording};
};

} // namespace

void TestErrorRows::texts_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("notes");
    QTest::addColumn<QStringList>("described"); ///< parts of the tooltip

    const QString sent = handshake + u"c> PA 1400, c> PA 10, "_s;
    QTest::newRow("port") << u"c> S, !port 0"_s << u"ICMP port unreachable: about seq 0"_s << QString()
                          << QStringList{
                                 u"Server to client: ICMP port"_s, u"A firewall rejects"_s,  u"(RFC 792)"_s,
                                 u"It ended the attempt"_s,        u"RFC 5461, section 4"_s, u"Client: CLOSED"_s};
    QTest::newRow("host, by a router") << u"c> S, !host 0 by 254"_s << u"ICMP host unreachable: about seq 0"_s
                                       << u"from 127.0.0.254"_s
                                       << QStringList{u"To the client: ICMP host unreachable"_s,
                                                      u"could not be delivered"_s, u"It ended the attempt"_s};
    QTest::newRow("prohibited") << u"c> S, !prohibited 0 by 254"_s << u"ICMP administratively prohibited: about seq 0"_s
                                << u"from 127.0.0.254"_s
                                << QStringList{u"does not let such packets pass"_s, u"RFC 1812, section 5.2.7.1"_s};
    QTest::newRow("too big") << sent + u"!mtu1300 3 by 254"_s << u"ICMP fragmentation needed, MTU 1300: about seq 1"_s
                             << u"from 127.0.0.254"_s
                             << QStringList{u"at most 1300 bytes"_s, u"RFC 1191, section 4"_s, u"goes on"_s};
    QTest::newRow("too big, no MTU") << sent + u"!mtu 4"_s << u"ICMP fragmentation needed: about seq 1401"_s
                                     << QString() << QStringList{u"use smaller segments"_s};
    QTest::newRow("of the server") << handshake + u"s> PA 5, !time 3 by 7"_s << u"ICMP time exceeded: about seq 1"_s
                                   << u"from 127.0.0.7"_s
                                   << QStringList{u"To the server: ICMP"_s, u"too many routers"_s};
    QTest::newRow("ignored") << sent + u"!port 3 seq=99999"_s << u"ICMP port unreachable: about seq 101000"_s
                             << u"ignored"_s << QStringList{u"late or forged (RFC 5927, section 4.1)"_s};
    QTest::newRow("problem") << sent + u"!problem 3"_s << u"ICMP parameter problem: about seq 1"_s << QString()
                             << QStringList{u"was not understood there"_s};
    QTest::newRow("a code without a name")
        << u"c> S, !unknown 0"_s << u"ICMP destination unreachable, code 16: about seq 0"_s << QString()
        << QStringList{u"could not be delivered. (RFC 792)"_s, u"TCP ignores it"_s};
    QTest::newRow("quench") << sent + u"!quench 3 by 254"_s << u"ICMP source quench: about seq 1"_s
                            << u"from 127.0.0.254"_s << QStringList{u"obsolete. (RFC 6633)"_s, u"TCP ignores it"_s};
    QTest::newRow("redirect") << sent + u"!redirect 3 by 254"_s << u"ICMP redirect: about seq 1"_s
                              << u"from 127.0.0.254"_s
                              << QStringList{u"The segment was delivered"_s, u"TCP ignores it"_s};
}

void TestErrorRows::texts()
{
    QFETCH(const QString, script);
    QFETCH(const QStringList, described);
    ErrorLadder ladder(script);
    const LadderRow row = ladder.row(ladder.model.count() - 1);
    QCOMPARE(row.kind, LadderRow::Kind::Error);
    QTEST(row.labels[0], "label");
    QTEST(row.notes, "notes");
    const QString text = LadderText::described(row);
    for (const QString &part : described)
        QVERIFY2(text.contains(part), qPrintable(text));
    for (size_t i = 1; i < row.labels.size(); ++i)
        QVERIFY(row.labels[i].size() < row.labels[i - 1].size() || row.labels[i] == row.labels[i - 1]);
}

/// What follows tells what the error did.
void TestErrorRows::laterSegments()
{
    ErrorLadder soft(u"c> S, !host 0, c> S seq=-1"_s);
    QVERIFY(LadderText::described(soft.row(1)).contains(u"The attempt to connect went on."_s));
    QCOMPARE(soft.row(1).head.state, TcpState::SynSent);

    ErrorLadder smaller(handshake + u"c> PA 1400, !mtu1300 3, c> A 1260 seq=0, c> PA 140 seq=1260"_s);
    QVERIFY(smaller.row(3).arrival == LadderRow::Arrival::Lost);
    QCOMPARE(smaller.row(5).notes, u"retransmission, smaller, as ICMP requested"_s);
    QVERIFY(LadderText::described(smaller.row(5)).contains(u"path MTU discovery"_s));
}

void TestErrorRows::version6()
{
    std::vector<Segment> segments = withErrors(handshake + u"c> PA 1400, !mtu1300 3"_s);
    for (Segment &segment : segments)
        segment.source.version = segment.destination.version = 6;
    segments.back().oddity().icmp->version = 6;
    ErrorLadder ladder(segments);
    QCOMPARE(ladder.row(4).labels[1], u"ICMPv6 packet too big, MTU 1300"_s);
    QVERIFY(LadderText::described(ladder.row(4)).contains(u"RFC 4443, section 3.2"_s));
}

void TestErrorRows::arrows_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<double>("tail"); ///< in lanes, from the client
    QTest::addColumn<double>("head");

    QTest::newRow("to the client, by the other end") << u"c> S, !port 0"_s << 1.0 << 0.0;
    QTest::newRow("to the client, by a router") << u"c> S, !port 0 by 254"_s << 0.5 << 0.0;
    QTest::newRow("to the server, by the other end") << u"c> S, s> SA, !port 1"_s << 0.0 << 1.0;
    QTest::newRow("to the server, by a router") << u"c> S, s> SA, !port 1 by 254"_s << 0.5 << 1.0;
}

void TestErrorRows::arrows()
{
    QFETCH(const QString, script);
    ErrorLadder ladder(script);
    const LadderScene scene = ladder.scene();
    const LadderArrow &syn = scene.arrows.front();
    const LadderArrow &error = scene.arrows.back();
    QVERIFY(!syn.isError);
    QVERIFY(error.isError && !error.isDashed);
    const auto lanes = [&](QPointF point) { return (point.x() - syn.tail.x()) / (syn.head.x() - syn.tail.x()); };
    QTEST(lanes(error.tail), "tail");
    QTEST(lanes(error.head), "head");
    QVERIFY(error.head.y() > error.tail.y());
}

void TestErrorRows::legend()
{
    const auto explains = [](const QString &script) {
        LadderScene scene = ErrorLadder(script).scene();
        addLadderLegend(scene, TextMetrics());
        return std::ranges::any_of(scene.labels, [](const LadderLabel &label) {
            return label.kind == LadderLabel::Kind::Legend && label.text == u"dotted: ICMP error"_s;
        });
    };
    QVERIFY(explains(u"c> S, !port 0"_s));
    QVERIFY(!explains(u"c> S, s> RA"_s));
}

void TestErrorRows::mermaid()
{
    ErrorLadder ladder(u"c> S, !port 0 by 254"_s);
    ladder.recording.setEnded();
    const QString text =
        LadderMermaid::lines(ladder.model, LadderIndex(0)) + LadderMermaid::lines(ladder.model, LadderIndex(1));
    QVERIFY(text.contains(u"    Note over Client,Server: The TCP handshake, refused (ICMP port unreachable)\n"_s));
    QVERIFY2(text.contains(u"    Server-->>Client: ICMP port unreachable: about seq 0 (from 127.0.0.254)\n"
                           "    Note left of Client: CLOSED\n"_s),
             qPrintable(text));
}

void TestErrorRows::refusedAttempt_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<StepKind>("kind");
    QTest::addColumn<int>("row"); ///< that the step belongs to; -1: none

    QTest::newRow("port") << u"c> S, !port 0"_s << StepKind::Refused << 1;
    QTest::newRow("RST") << u"c> S, s> RA"_s << StepKind::Refused << 1;
    QTest::newRow("an error, then RST") << u"c> S, !host 0, c> S seq=-1, s> RA"_s << StepKind::Refused << 3;
    QTest::newRow("host") << u"c> S, !host 0, c> S seq=-1, !host 1"_s << StepKind::Unreachable << 3;
    QTest::newRow("unreachable, nothing captured") << u"c> S"_s << StepKind::Unreachable << -1;
}

/// The step of a refused attempt goes with the error.
void TestErrorRows::refusedAttempt()
{
    QFETCH(const QString, script);
    QFETCH(const StepKind, kind);
    QFETCH(const int, row);
    ErrorLadder ladder(script);
    Step step;
    step.connection = 0;
    step.side = Side::Client;
    step.local = ladder.client;
    step.peer = ladder.server;
    step.time.wallUs = SegmentScript::firstUs;
    for (const StepKind each : {StepKind::Connecting, kind}) {
        step.kind = each;
        step.time.wallUs += each == kind ? 10'000 : 0;
        ladder.steps.push_back(step);
        ladder.recording.addStep(step);
    }
    const std::vector<FlowRow> rows = ladder.recording.match().segmentsOf(StepRow(1)).rows;
    QCOMPARE(rows, row < 0 ? std::vector<FlowRow>() : std::vector<FlowRow>{FlowRow(row)});
    const auto refusal = ladder.recording.match().refusalOf(StepRow(1));
    QCOMPARE(refusal.has_value(), row >= 0);
    QVERIFY(!ladder.recording.match().refusalOf(StepRow(0)));
    if (refusal) {
        QCOMPARE(refusal->row, FlowRow(row));
        QCOMPARE(refusal->error.has_value(), ladder.row(row).kind == LadderRow::Kind::Error);
    }
    if (row >= 0)
        QCOMPARE(ladder.recording.match().stepsOf(0, FlowRow(row)), std::vector<StepRow>{StepRow(1)});
}

REGISTER_TEST(TestErrorRows)
#include "tst_errorrows.moc"
