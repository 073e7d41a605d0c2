// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/ladderlayout.h"
#include "ladder/ladderlegend.h"
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "ladder/wirelines.h"
#include "support/bothends.h"
#include "support/registertest.h"

#include <QTest>

#include <limits>

using namespace Qt::Literals::StringLiterals;

/// The ladder and the Wire tab of captures at both ends: arrows from departure to arrival.
class TestLadderTransits : public QObject
{
    Q_OBJECT

private slots:
    void inOrder();
    void crossingAndLost();
    void notes_data();
    void notes();
    void fromAbove();
    void states();
    void legend();
    void legendOfMarks_data();
    void legendOfMarks();
    void wireLines();
};

namespace {

constexpr double noEnd = std::numeric_limits<double>::max();
const QString ladderHandshake = u"c> S, s> SA after=10, c> A after=10, "_s;

/// A recording of both captures, and its ladder.
struct JointCase {
    explicit JointCase(const QString &script)
        : recording([](qsizetype) { return Step(); })
        , model(recording)
    {
        const BothEnds ends = BothEnds::of(script);
        JointCapture::Ends captures{endCaptureOf(ends.captureAt(Side::Client)),
                                    endCaptureOf(ends.captureAt(Side::Server))};
        recording.setJoint(std::make_shared<JointCapture>(std::move(captures)));
        model.showFlow(0);
    }

    LadderLayout layout(double width = 900) const
    {
        return {{.count = model.count(),
                 .row = [this](LadderIndex row) { return LadderRows::make(model, row); },
                 .addresses = {model.address(Side::Client), model.address(Side::Server)},
                 .content = {.hasSteps = false},
                 .legend = model.legend()},
                TextMetrics(),
                width};
    }
    LadderScene scene(LadderIndex from = LadderIndex(0)) const { return layout().scene(from, 0, noEnd); }

    Recording recording;
    LadderModel model;
};

const LadderArrow &arrowOf(const LadderScene &scene, qsizetype row)
{
    return *std::ranges::find(scene.arrows, LadderIndex(row), &LadderArrow::row);
}

} // namespace

/// Departures and arrivals are in the order of their times on each lifeline.
void TestLadderTransits::inOrder()
{
    const JointCase both(ladderHandshake + u"c> A 100, c> A 100 delay=30, c> A 100, c> A 100, s> A ack=100 after=10, "
                                           "s> A ack=400 after=20"_s);
    const LadderScene scene = both.scene();
    const Flow &flow = *both.model.flow();
    QCOMPARE(scene.arrows.size(), size_t(flow.count()));
    std::array<std::vector<std::pair<qint64, double>>, 2> events; // by Side: time and height
    for (qsizetype row = 0; row < flow.count(); ++row) {
        const Transit &transit = flow.transits()->rows[size_t(row)];
        const auto sender = size_t(flow.at(row).sender);
        const LadderArrow &arrow = arrowOf(scene, row);
        QVERIFY(arrow.head.y() > arrow.tail.y());
        events[sender].emplace_back(transit.departureUs, arrow.tail.y());
        events[1 - sender].emplace_back(transit.arrivalUs, arrow.head.y());
    }
    for (auto &side : events) {
        std::ranges::sort(side);
        QVERIFY(std::ranges::is_sorted(side, {}, [](const auto &event) { return event.second; }));
    }
}

void TestLadderTransits::crossingAndLost()
{
    const JointCase both(ladderHandshake + u"c> A 100 delay=30, c> A 100, c> A 100 lost, s> PA 50 ack=0 after=5, "
                                           "s> A ack=200 after=30"_s);
    const LadderScene scene = both.scene();
    const LadderArrow &overtaken = arrowOf(scene, 3);
    const LadderArrow &overtaking = arrowOf(scene, 4);
    QVERIFY(overtaken.tail.y() < overtaking.tail.y() && overtaken.head.y() > overtaking.head.y());
    const LadderArrow &lost = arrowOf(scene, 5);
    QCOMPARE(lost.arrival, LadderRow::Arrival::Lost);
    QCOMPARE(lost.head.x(), (overtaken.tail.x() + overtaken.head.x()) / 2);
    const LadderArrow &answer = arrowOf(scene, 6);
    QVERIFY(answer.tail.y() < overtaken.head.y() && answer.head.y() > overtaken.tail.y()); // they cross
    const LadderRow row = LadderRows::make(both.model, LadderIndex(5));
    QCOMPARE(row.notes, u"lost"_s);
    QCOMPARE(row.transit->departure, u"23.000 ms"_s);
    QVERIFY(row.transit->arrival.isEmpty());
}

void TestLadderTransits::notes_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<qsizetype>("row");
    QTest::addColumn<QString>("notes");

    const QString sentAgain = u"c> PA 24 lost, c> PA 24 seq=0 after=200, s> A after=10"_s;
    QTest::newRow("lost, and sent again") << sentAgain << qsizetype(3) << u"lost"_s;
    QTest::newRow("the copy arrives") << sentAgain << qsizetype(4) << u"retransmission"_s;
    QTest::newRow("lost, and never sent again") << u"c> PA 24 lost, s> A ack=0 after=10"_s << qsizetype(3) << u"lost"_s;
    QTest::newRow("the copy is lost, too")
        << u"c> PA 24 lost, c> PA 24 seq=0 after=200 lost, c> PA 24 seq=0 after=400, s> A after=10"_s << qsizetype(4)
        << u"retransmission, lost"_s;
    QTest::newRow("the window update is lost")
        << u"c> PA 24, s> A win=0 after=10, s> A win=500 after=10 lost, c> A 1 seq=23 after=200, s> A win=500 after=9"_s
        << qsizetype(5) << u"window update, lost"_s;
    // The client takes the first copy for lost, because it has sent another one.
    QTest::newRow("late, and sent again")
        << u"c> PA 24 delay=300, c> PA 24 seq=0 after=200, s> A after=110"_s << qsizetype(3) << QString();
    QTest::newRow("doubled") << u"c> PA 24 twice, s> A after=12, s> A"_s << qsizetype(4)
                             << u"retransmission, doubled by the network"_s;
}

/// What one capture infers about losses gives way to what both of them show; all other notes stay.
void TestLadderTransits::notes()
{
    QFETCH(const QString, script);
    QFETCH(const qsizetype, row);
    const JointCase both(ladderHandshake + script);
    QTEST(LadderRows::make(both.model, LadderIndex(row)).notes, "notes");
}

/// A scene that begins further down has the same arrows, also those of rows above it.
void TestLadderTransits::fromAbove()
{
    const JointCase both(ladderHandshake + u"c> A 100 delay=50, c> A 100, c> A 100, c> A 100, s> A ack=0 after=10, "
                                           "s> A ack=400 after=40"_s);
    const LadderScene whole = both.scene();
    const LadderIndex second(5);
    const LadderScene part = both.scene(second);
    const auto place = std::ranges::find(whole.rows, second, &LadderRowPlace::row);
    for (qsizetype row = 3; row < both.model.count(); ++row) {
        const LadderArrow &one = arrowOf(whole, row);
        const LadderArrow &other = arrowOf(part, row);
        QVERIFY(std::abs(one.tail.y() - place->top - other.tail.y()) < 0.01);
        QVERIFY(std::abs(one.head.y() - place->top - other.head.y()) < 0.01);
    }
    // A scene of one row knows where its arrow ends.
    const LadderScene single = both.layout().scene(LadderIndex(3), 0, 1);
    QVERIFY(std::abs(single.arrows.front().head.y() - single.arrows.front().tail.y() -
                     (arrowOf(whole, 3).head.y() - arrowOf(whole, 3).tail.y())) < 0.01);
}

/// An end changes its state when the segment arrives.
void TestLadderTransits::states()
{
    const JointCase both(u"c> S, s> SA after=10 lost, s> SA seq=-1 after=1000, c> A after=10, c> FA, s> FA after=4"_s);
    const auto clientBefore = [&both](qsizetype row) {
        return both.model.statesBefore(LadderIndex(row))[size_t(Side::Client)].state;
    };
    QCOMPARE(clientBefore(1), TcpState::SynSent);
    QCOMPARE(clientBefore(2), TcpState::SynSent); // the first SYN-ACK was lost
    QCOMPARE(clientBefore(3), TcpState::Established);
    // The server's FIN leaves before the client's arrives.
    QCOMPARE(both.model.statesBefore(LadderIndex(5))[size_t(Side::Server)].state, TcpState::SynReceived);
    QCOMPARE(clientBefore(5), TcpState::FinWait1);
}

void TestLadderTransits::legend()
{
    const JointCase both(ladderHandshake + u"c> PA 24, s> A after=10"_s);
    const LadderLayout layout = both.layout();
    const LadderScene header = layout.header({});
    QStringList texts;
    for (const LadderLabel &label : header.labels) {
        if (label.kind == LadderLabel::Kind::Legend)
            texts.append(label.text);
        QVERIFY(label.rect.bottom() <= layout.headerHeight());
    }
    QVERIFY(texts.join(u' ').contains(u"this assumes equal paths in both directions."_s));
}

/// A picture explains the marks of losses and of the network's copies, where it has them.
void TestLadderTransits::legendOfMarks_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("hasLoss");
    QTest::addColumn<bool>("hasCopy");

    QTest::newRow("everything arrives once") << u"c> PA 24, s> A after=10"_s << false << false;
    QTest::newRow("a loss") << u"c> PA 24 lost, c> PA 24 seq=0 after=200, s> A after=10"_s << true << false;
    QTest::newRow("the network doubles a segment") << u"c> PA 24 twice, s> A after=12, s> A"_s << false << true;
    QTest::newRow("the client does") << u"c> PA 24, c> PA 24 seq=0, s> A after=12, s> A"_s << false << false;
}

void TestLadderTransits::legendOfMarks()
{
    QFETCH(const QString, script);
    const JointCase both(ladderHandshake + script);
    LadderScene scene = both.scene();
    addLadderLegend(scene, TextMetrics());
    QStringList texts;
    for (const LadderLabel &label : scene.labels)
        texts.append(label.text);
    QTEST(texts.contains(u"cross: lost"_s), "hasLoss");
    QTEST(texts.contains(u"fork: doubled by the network"_s), "hasCopy");
    QTEST(scene.arrows.back().isDuplicate, "hasCopy"); // its sample
    QTEST(std::ranges::any_of(scene.arrows, &LadderArrow::isDuplicate), "hasCopy");
}

void TestLadderTransits::wireLines()
{
    const JointCase both(ladderHandshake + u"c> PA 24 lost, c> PA 24 seq=0 after=200, s> A after=10"_s);
    WireLines lines(both.recording);
    lines.showFlow(0);
    QCOMPARE(lines.lineCount(), 13); // 2 headings, 6 lines of A, 5 of B
    QStringList files;
    for (qsizetype line = 0; line < lines.lineCount(); ++line)
        files.append(lines.textOfLine(WireLine(line)).left(2).trimmed());
    QCOMPARE(files.join(u' '), u"# A B B A A # A B A B B A"_s);
    for (qsizetype row = 0; row < both.model.count(); ++row) {
        const WireLine line = lines.lineOfSegment(FlowRow(row));
        QCOMPARE(lines.segmentOfLine(line), FlowRow(row));
    }
}

REGISTER_TEST(TestLadderTransits)
#include "tst_laddertransits.moc"
