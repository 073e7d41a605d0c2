// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "matching/linkedflows.h"
#include "support/linkscript.h"
#include "support/registertest.h"

#include <QTest>

#include <random>

using namespace Qt::Literals::StringLiterals;

/// What an emulated link reports, put together with what it records. The same connections are put together from two
/// captures, by JointCapture, which knows nothing of reports.
class TestLinkedFlows : public QObject
{
    Q_OBJECT

private slots:
    void equalsTwoCaptures_data();
    void equalsTwoCaptures();
    void onItsWay();
    void corrupted();
    void copiesOfASegment();
    void copyAlone();
    void beganLater();
    void missedReports();
    void segmentsWithoutReports();
    void reportsWithoutSegments();
};

namespace {

/// A link that carries a script behind a handshake.
struct LinkCase : LinkScript {
    using LinkScript::LinkScript;

    /// Reports and segments come in batches of any size, and in any order to each other.
    void carry(quint32 seed)
    {
        std::mt19937 random(seed);
        std::span<const LinkReport> reportsLeft(reports);
        std::array<size_t, 2> next{};
        while (!reportsLeft.empty() || next[0] < segments[0].size() || next[1] < segments[1].size()) {
            const size_t count = random() % 4;
            const size_t which = random() % 3;
            if (which == 2) {
                const size_t taken = std::min(count, reportsLeft.size());
                link.addReports(reportsLeft.first(taken));
                reportsLeft = reportsLeft.subspan(taken);
                continue;
            }
            const size_t end = std::min(next[which] + count, segments[which].size());
            link.addSegments(Side(which), {segments[which].begin() + qsizetype(next[which]),
                                           segments[which].begin() + qsizetype(end)});
            next[which] = end;
        }
    }
    void report(const LinkReport &report) { link.addReports({&report, 1}); }
    const Transit &transit(qsizetype row) const { return flows.at(0).transits()->rows[size_t(row)]; }

    FlowTable flows;
    TcpdumpPages pages{flows};
    LinkedFlows link{flows, pages, {}};
};

QString pageOf(const TcpdumpPages &pages)
{
    QString page;
    pages.print(0, false, [&page](QByteArrayView piece) {
        page += QString::fromLatin1(piece);
        return true;
    });
    return page;
}

/// Everything that is known of a row.
QString rowText(const Flow &flow, qsizetype row)
{
    const FlowSegment &segment = flow.at(row);
    const Transit &transit = flow.transits()->rows[size_t(row)];
    return u"%1 %2:%3 %4 > %5, fate %6%7, lines %8 %9"_s.arg(sideWords[size_t(segment.sender)])
               .arg(segment.start())
               .arg(segment.end())
               .arg(transit.departureUs)
               .arg(transit.arrivalUs)
               .arg(int(transit.fate))
               .arg(transit.isDuplicate ? u" again"_s : QString())
               .arg(transit.departureLine)
               .arg(transit.arrivalLine) +
           u", notes %1, states %2 %3"_s.arg(segment.notes)
               .arg(int(segment.senderState))
               .arg(int(segment.receiverState));
}

QStringList rowTexts(const Flow &flow)
{
    QStringList rows;
    for (qsizetype row = 0; row < flow.count(); ++row)
        rows.append(rowText(flow, row));
    return rows;
}

} // namespace

void TestLinkedFlows::equalsTwoCaptures_data()
{
    QTest::addColumn<QString>("script");
    const auto row = [](const char *name, const QString &script) { QTest::newRow(name) << script; };
    row("data", u"c> PA 24, s> A after=10"_s);
    row("lost", u"c> PA 24 lost, c> PA 24 seq=0 after=200, s> A after=10"_s);
    row("both copies arrive", u"c> PA 24 delay=300, c> PA 24 seq=0 after=200 delay=110, s> A after=101, s> A"_s);
    row("overtaken", u"c> A 100 delay=30, c> A 100, s> A ack=0 after=9, s> A ack=200 after=20"_s);
    row("crossing", u"c> PA 24, s> PA 12 ack=0, c> A after=10, s> A"_s);
    row("equal acknowledgements",
        u"c> A 100 lost, c> A 100, s> A ack=0 after=10, s> A ack=0, s> A ack=0 lost, s> A ack=0"_s);
    row("doubled", u"c> PA 24 twice, s> A after=10"_s);
    row("closed", u"c> FA lost, c> FA seq=0 after=200, s> FA after=10, c> A after=10"_s);
    row("closed by both", u"c> FA, s> FA ack=0, c> A after=10, s> A"_s);
    row("reset", u"c> RA lost, s> PA 10 after=30, c> R after=10"_s);
}

void TestLinkedFlows::equalsTwoCaptures()
{
    QFETCH(const QString, script);
    for (quint32 seed = 1; seed <= 20; ++seed) {
        LinkCase link(script);
        link.carry(seed);
        const JointCapture joint = jointOf(link.segments[0], link.segments[1]);
        const Flow &expected = joint.flows().at(0);
        const Flow &flow = link.flows.at(0);
        QCOMPARE(rowTexts(flow), rowTexts(expected));
        QCOMPARE(flow.transits()->arrivals, expected.transits()->arrivals);
        for (const Side end : bothSides) {
            QCOMPARE(pageOf(link.link.pagesAt(end)), pageOf(joint.end(size_t(end)).pages()));
            for (qsizetype row = 0; row < flow.count(); ++row) {
                const bool isSeen =
                    flow.at(row).sender == end ? link.transit(row).hasDeparted() : link.transit(row).hasArrived();
                const qsizetype there = link.link.rowAt(end, {0, row});
                QCOMPARE(there >= 0, isSeen);
                if (isSeen)
                    QCOMPARE(link.link.rowOf(end, 0, there), (LinkedFlows::Row{0, row}));
            }
        }
    }
}

void TestLinkedFlows::onItsWay()
{
    LinkCase link((QString()));
    link.reports.front().isHeld = true;
    for (const Side end : bothSides)
        link.link.addSegments(end, link.segments[size_t(end)]);
    link.report(link.reports[0]);
    QCOMPARE(link.flows.at(0).count(), 1);
    QCOMPARE(link.transit(0).fate, Transit::Fate::Held);
    QCOMPARE(link.link.packetAt({0, 0}), 1U);
    QCOMPARE(link.link.flowAt(Side::Server, 0), -1); // it has seen nothing yet
    const auto changes = link.link.addReports({&link.reports[1], 1});
    QCOMPARE(link.transit(0).fate, Transit::Fate::Arrived);
    QCOMPARE(link.transit(0).arrivalUs, link.reports[1].timeUs);
    QCOMPARE(link.link.packetAt({0, 0}), 0U);
    QCOMPARE(changes.size(), 1U);
    QCOMPARE(changes.front().fromRow, 0);
    link.report(link.reports[2]); // the answer
    QCOMPARE(link.transit(1).fate, Transit::Fate::OnItsWay);
    link.report({.kind = LinkEvent::Kind::Lost, .id = 2});
    QCOMPARE(link.transit(1).fate, Transit::Fate::Lost);
    QVERIFY(link.flows.at(0).at(1).has(FlowSegment::Lost));
    QCOMPARE(link.flows.at(0).at(1).receiverState, TcpState::SynSent);
    QCOMPARE(link.link.packetAt({0, 1}), 0U);
}

/// Its receiver discards it, so that it stays as it was.
void TestLinkedFlows::corrupted()
{
    LinkCase link(u"c> FA"_s);
    for (LinkReport &report : link.reports)
        report.isCorrupted = report.kind == LinkEvent::Kind::Departed && report.id == 4;
    link.carry(1);
    QCOMPARE(link.transit(3).fate, Transit::Fate::Arrived);
    QVERIFY(link.transit(3).isCorrupted);
    QCOMPARE(link.flows.at(0).at(3).receiverState, TcpState::Established);
    QCOMPARE(link.flows.at(0).state(Side::Server), TcpState::Established);
    QCOMPARE(link.link.flowsAt(Side::Server).at(0).count(), 4);
}

void TestLinkedFlows::copiesOfASegment()
{
    LinkCase link(u"c> PA 24, c> PA 24 seq=0 after=200, c> PA 24 seq=0 after=400, c> A 5, c> A seq=29"_s);
    for (const Side end : bothSides)
        link.link.addSegments(end, link.segments[size_t(end)]);
    for (const LinkReport &report : link.reports) {
        if (report.id <= 3 || report.kind == LinkEvent::Kind::Departed)
            link.report(report);
    }
    QCOMPARE(link.flows.at(0).count(), 8);
    QCOMPARE(link.link.copiesOf({0, 3}), (std::vector<quint64>{5, 6}));
    QCOMPARE(link.link.copiesOf({0, 5}), (std::vector<quint64>{4, 5}));
    QVERIFY(link.link.copiesOf({0, 6}).empty());
    QVERIFY(link.link.copiesOf({0, 7}).empty());
    link.report({.kind = LinkEvent::Kind::Lost, .id = 5});
    QCOMPARE(link.link.copiesOf({0, 3}), std::vector<quint64>{6});
}

/// The link has doubled a segment, and only the copy arrives.
void TestLinkedFlows::copyAlone()
{
    LinkCase link(u"c> PA 24 twice"_s);
    link.reports.pop_back();
    LinkReport &arrival = link.reports.back();
    QCOMPARE(arrival.id, 4U);
    arrival.id = 5;
    link.reports.push_back({.kind = LinkEvent::Kind::Lost, .id = 4});
    link.carry(1);
    QCOMPARE(link.flows.at(0).count(), 5);
    QCOMPARE(link.transit(3).fate, Transit::Fate::Lost);
    QVERIFY(link.transit(4).isDuplicate && !link.transit(4).hasDeparted());
    QCOMPARE(link.transit(4).arrivalUs, arrival.timeUs);
}

/// Nobody listened when the first packets left.
void TestLinkedFlows::beganLater()
{
    LinkCase link(u"c> PA 24, s> A after=10"_s);
    std::erase_if(link.reports, [](const LinkReport &report) {
        return report.id < 3 || (report.id == 3 && report.kind == LinkEvent::Kind::Departed);
    });
    link.carry(1);
    QCOMPARE(link.flows.at(0).count(), 2);
    QCOMPARE(link.transit(0).fate, Transit::Fate::Arrived);
    QCOMPARE(link.link.flowsAt(Side::Server).at(0).count(), 5);
    QCOMPARE(link.link.rowOf(Side::Server, 0, 2), LinkedFlows::Row());
    QCOMPARE(link.link.rowOf(Side::Server, 0, 3), (LinkedFlows::Row{0, 0}));
}

void TestLinkedFlows::missedReports()
{
    LinkCase link(u"c> PA 24, s> A after=10"_s);
    for (const Side end : bothSides)
        link.link.addSegments(end, link.segments[size_t(end)]);
    for (const LinkReport &report : link.reports) {
        if (report.kind == LinkEvent::Kind::Departed && report.id <= 4)
            link.report(report);
    }
    QCOMPARE(link.transit(3).fate, Transit::Fate::OnItsWay);
    QCOMPARE(link.link.missReports().size(), 4U);
    QCOMPARE(link.transit(3).fate, Transit::Fate::NotCaptured);
    QCOMPARE(link.link.packetAt({0, 3}), 0U);
    link.report({.kind = LinkEvent::Kind::Arrived, .id = 4, .frame = 3}); // later reports come again
    QCOMPARE(link.transit(3).fate, Transit::Fate::NotCaptured);
    link.report(*std::ranges::find(link.reports, 5U, &LinkReport::id));
    QCOMPARE(link.flows.at(0).count(), 5);
    QCOMPARE(link.link.packetAt({0, 4}), 5U);
}

void TestLinkedFlows::segmentsWithoutReports()
{
    LinkCase link(u"c> PA 24, s> A after=10"_s);
    std::erase_if(link.reports, [](const LinkReport &report) { return report.id == 3; });
    link.carry(1);
    QCOMPARE(link.flows.at(0).count(), 4); // without the ACK of the handshake
    QCOMPARE(link.transit(2).fate, Transit::Fate::Arrived);
}

/// The files lack a packet: it is not shown, and what follows is.
void TestLinkedFlows::reportsWithoutSegments()
{
    LinkCase link(u"c> PA 24, s> A after=10"_s);
    link.segments[0].erase(link.segments[0].begin() + 2); // the ACK of the handshake
    link.carry(1);
    const Flow &flow = link.flows.at(0);
    QCOMPARE(flow.count(), 4);
    QCOMPARE(flow.at(2).length, 24U);
    QCOMPARE(link.transit(2).fate, Transit::Fate::Arrived);
}

REGISTER_TEST(TestLinkedFlows)

#include "tst_linkedflows.moc"
