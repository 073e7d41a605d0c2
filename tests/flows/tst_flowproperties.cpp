// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "flows/flowtable.h"
#include "support/amounts.h"
#include "support/registertest.h"
#include "support/simulatedtcp.h"

#include <QTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

/// What holds for every conversation, however bad the network is: checks random conversations from fixed seeds
/// against the rules of TCP.
class TestFlowProperties : public QObject
{
    Q_OBJECT

private slots:
    void conversations_data();
    void conversations();
    void resets_data();
    void resets();
    void anySegments();
    void statesAsTheyAre_data();
    void statesAsTheyAre();
};

namespace {

/// By sender: the positions of what was captured, and the furthest number, even of a segment that carried nothing.
struct Positions {
    std::array<std::set<qint64>, 2> carried;
    std::array<qint64, 2> furthest{-1, -1};
};

/// Counts each position once, with a slow algorithm. The SYN is at -1. isAgain: the segment carries something before
/// the furthest number.
quint32 newBytes(const FlowSegment &segment, Positions &seen, bool &isAgain)
{
    std::set<qint64> &positions = seen.carried[size_t(segment.sender)];
    qint64 &furthest = seen.furthest[size_t(segment.sender)];
    isAgain = segment.start() < segment.end() && segment.start() < furthest;
    furthest = qMax(furthest, segment.end());
    quint32 bytes = 0;
    for (qint64 position = segment.start(); position < segment.end(); ++position) {
        const bool isNew = positions.insert(position).second;
        const bool isByte = position >= segment.offset && position < segment.offset + segment.length;
        bytes += isNew && isByte ? 1 : 0;
    }
    return bytes;
}

std::vector<qsizetype> rowsOf(const Flow &flow, Side sender, qint64 from, qint64 to)
{
    std::vector<qsizetype> rows;
    for (qsizetype row = 0; row < flow.count(); ++row) {
        const FlowSegment &segment = flow.at(row);
        if (segment.sender == sender && !segment.has(FlowSegment::KeepAlive) && segment.start() < to &&
            segment.end() > from && segment.start() < segment.end())
            rows.push_back(row);
    }
    return rows;
}

bool isGone(TcpState state)
{
    return state == TcpState::Closed || state == TcpState::TimeWait || state == TcpState::Listen;
}

/// Whether the row is a RST after which its sender sends nothing but RSTs: it may be its own, or somebody else's.
bool mayBeOwnReset(const Flow &flow, qsizetype row)
{
    const Side sender = flow.at(row).sender;
    for (qsizetype later = row; later < flow.count(); ++later) {
        if (flow.at(later).sender == sender && !flow.at(later).has(Segment::Rst))
            return false;
    }
    return true;
}

qsizetype ackRowOf(const Flow &flow, Side sender, qint64 end)
{
    for (qsizetype row = 0; row < flow.count(); ++row) {
        const FlowSegment &segment = flow.at(row);
        if (segment.sender != sender && segment.has(Segment::Ack) && segment.acknowledged >= end)
            return row;
    }
    return -1;
}

} // namespace

void TestFlowProperties::conversations_data()
{
    QTest::addColumn<SimulatedNetwork>("network");

    QTest::newRow("a good network") << SimulatedNetwork{.delay = 5};
    QTest::newRow("losses on both sides of the capture")
        << SimulatedNetwork{.lostBefore = 10, .lostAfter = 10, .delay = 5};
    QTest::newRow("duplicates") << SimulatedNetwork{.doubled = 20, .delay = 5};
    QTest::newRow("reordering") << SimulatedNetwork{.late = 30, .delay = 20};
    QTest::newRow("all of it") << SimulatedNetwork{
        .lostBefore = 15, .lostAfter = 15, .doubled = 10, .late = 20, .delay = 15};
}

void TestFlowProperties::conversations()
{
    QFETCH(const SimulatedNetwork, network);
    for (quint32 seed = 1; seed <= 60; seed += nthCase) {
        SimulatedTcp tcp(seed, network);
        std::optional<Flow> made;
        Positions seen;
        bool isRight = true;
        tcp.arrived = [](size_t) {};
        tcp.captured = [&](const SimulatedTcp::Sent &sent) {
            if (!made)
                made.emplace(sent.segment, quint16(8700));
            made->append(sent.segment);
            const FlowSegment &row = made->at(made->count() - 1);
            bool isAgain = false;
            const quint32 bytes = newBytes(row, seen, isAgain);
            const bool isNoted = row.has(FlowSegment::Retransmission) || row.has(FlowSegment::OutOfOrder);
            isRight &= row.sender == Side(sent.from) && row.start() == sent.start && row.newBytes == bytes &&
                       isAgain == (isNoted || (isAgain && row.has(FlowSegment::KeepAlive)));
        };
        const QByteArray which = "seed " + QByteArray::number(seed);
        QVERIFY2(tcp.run(), which);
        QVERIFY2(isRight, which);
        const Flow &flow = *made;
        for (const size_t i : {0, 1}) {
            const auto side = Side(i);
            const SimulatedTcp::End &end = tcp.end(i);
            QVERIFY2(flow.streamBytes(side) == end.length, which);
            QVERIFY2(flow.finPosition(side) == end.length, which);
            QVERIFY2(flow.state(side) == end.state, which + " state " + tcpStateName(flow.state(side)).data());
            for (qint64 from = -1; from <= end.length; from += 97) {
                const qint64 to = from + 1 + from % 61;
                QVERIFY2(flow.rowsOf(side, from, to) == rowsOf(flow, side, from, to), which);
                QVERIFY2(flow.ackRowOf(side, from + 1) == ackRowOf(flow, side, from + 1), which);
            }
        }
        QVERIFY2(flow.isOver(), which);
        for (const Heading &heading : flow.headings())
            QVERIFY2(heading.isFinal, which);
    }
}

void TestFlowProperties::resets_data()
{
    QTest::addColumn<SimulatedNetwork>("network");

    QTest::newRow("aborts") << SimulatedNetwork{.delay = 5, .aborts = 10};
    QTest::newRow("blind RSTs") << SimulatedNetwork{.delay = 5, .blind = 50};
    QTest::newRow("both, no delay") << SimulatedNetwork{.blind = 30, .aborts = 5};
    QTest::newRow("both, losses") << SimulatedNetwork{
        .lostBefore = 10, .lostAfter = 10, .delay = 5, .blind = 30, .aborts = 10};
    QTest::newRow("both, duplicates and reordering")
        << SimulatedNetwork{.doubled = 20, .late = 20, .delay = 10, .blind = 30, .aborts = 10};
    QTest::newRow("all of it") << SimulatedNetwork{
        .lostBefore = 10, .lostAfter = 10, .doubled = 10, .late = 10, .delay = 10, .blind = 30, .aborts = 10};
}

/// With RSTs, challenge ACKs and ends that answer them, both ends are gone in the end, and the headings tell of a reset
/// if one happened. If a RST overtakes or crosses the last segments, nobody can know whether it ended TIME-WAIT.
void TestFlowProperties::resets()
{
    QFETCH(const SimulatedNetwork, network);
    int resets = 0;
    int ignored = 0;
    for (quint32 seed = 1; seed <= 300; seed += nthCase) {
        SimulatedTcp tcp(seed, network);
        FlowTable table;
        tcp.arrived = [](size_t) {};
        tcp.captured = [&](const SimulatedTcp::Sent &sent) { table.append(sent.segment); };
        const QByteArray which = "seed " + QByteArray::number(seed);
        QVERIFY2(tcp.run(), which);
        QVERIFY2(table.count() == 1, which);
        const Flow &flow = table.at(0);
        for (const size_t i : {0, 1})
            QVERIFY2(isGone(flow.state(Side(i))) && isGone(tcp.end(i).state),
                     which + " side " + QByteArray::number(int(i)) + ' ' + tcpStateName(flow.state(Side(i))).data());
        const bool wasReset = tcp.end(0).wasReset || tcp.end(1).wasReset;
        const auto tellsOfReset = [](const Heading &heading) { return heading.text.contains("reset"_L1); };
        const bool isTold = std::ranges::any_of(flow.headings(), tellsOfReset);
        // After both FINs a RST has no heading.
        const bool bothFinished = flow.finPosition(Side::Client) && flow.finPosition(Side::Server);
        QVERIFY2(isTold == wasReset || (wasReset && bothFinished), which + " heading");
        resets += wasReset ? 1 : 0;
        for (qsizetype row = 0; row < flow.count(); ++row)
            ignored += flow.at(row).has(FlowSegment::IgnoredReset) ? 1 : 0;
    }
    QVERIFY2(resets > 20 / nthCase && resets < 300, QByteArray::number(resets));
    QVERIFY2(network.blind == 0 || ignored > 20 / nthCase, QByteArray::number(ignored));
}

/// Segments that no TCP would send: append() changes no row before the one that it returns, and headings stay in order.
void TestFlowProperties::anySegments()
{
    for (quint32 seed = 1; seed <= 500; seed += nthCase) {
        QRandomGenerator random(seed);
        const auto below = [&random](int limit) { return int(random.bounded(limit)); };
        FlowTable table;
        std::vector<std::vector<FlowSegment>> before;
        for (int i = 0; i < 100; ++i) {
            Segment segment;
            const bool isClient = below(2) == 0;
            segment.source.port = isClient ? 51964 : 8700;
            segment.destination.port = isClient ? 8700 : 51964;
            segment.timeUs = i * 1000;
            constexpr std::array<quint16, 8> flags{Segment::Syn,
                                                   Segment::Syn | Segment::Ack,
                                                   Segment::Ack,
                                                   Segment::Ack | Segment::Psh,
                                                   Segment::Fin | Segment::Ack,
                                                   Segment::Rst,
                                                   Segment::Rst | Segment::Ack,
                                                   Segment::Rst};
            segment.flags = flags[size_t(below(int(flags.size())))];
            segment.window = 100;
            segment.sequence = quint32(below(8));
            segment.acknowledgement = quint32(below(8));
            segment.length = segment.has(Segment::Psh) ? quint32(below(4)) : 0;
            segment.capturedBytes = below(30) == 0 ? 4 : Segment::fixedHeaderBytes;
            const FlowTable::Place place = table.append(segment);
            const Flow &flow = table.at(place.flow);
            QVERIFY(place.changedFrom >= 0 && place.changedFrom <= place.row && place.row == flow.count() - 1);
            before.resize(size_t(table.count()));
            std::vector<FlowSegment> &rows = before[size_t(place.flow)];
            for (qsizetype row = 0; row < place.changedFrom; ++row) {
                QVERIFY(rows[size_t(row)].senderState == flow.at(row).senderState);
                QVERIFY(rows[size_t(row)].receiverState == flow.at(row).receiverState);
                QVERIFY(rows[size_t(row)].notes == flow.at(row).notes);
            }
            rows.clear();
            for (qsizetype row = 0; row < flow.count(); ++row)
                rows.push_back(flow.at(row));
            QCOMPARE(flow.headings().front().row, 0);
            QVERIFY(std::ranges::is_sorted(flow.headings(), {}, &Heading::row));
        }
        table.setEnded();
    }
}

void TestFlowProperties::statesAsTheyAre_data()
{
    QTest::addColumn<SimulatedNetwork>("network");

    QTest::newRow("without RST") << SimulatedNetwork{};
    QTest::newRow("with aborts") << SimulatedNetwork{.aborts = 20};
    QTest::newRow("with blind RSTs") << SimulatedNetwork{.blind = 50};
    QTest::newRow("with both") << SimulatedNetwork{.blind = 50, .aborts = 20};
}

/// If every segment arrives at once, the states at every tail and head are those of a TCP that follows RFC 9293.
void TestFlowProperties::statesAsTheyAre()
{
    QFETCH(const SimulatedNetwork, network);
    std::set<QString> states;
    for (quint32 seed = 1; seed <= 200; seed += nthCase) {
        SimulatedTcp tcp(seed, network);
        std::optional<Flow> flow;
        std::vector<TcpState> tails;
        std::vector<TcpState> heads;
        std::vector<size_t> open; // segments in transit: an arrival sends the next
        tcp.captured = [&](const SimulatedTcp::Sent &sent) {
            Segment segment = sent.segment;
            segment.timeUs = qint64(tails.size()) * (tails.size() < 3 ? 1000 : 10'000); // nothing looks overtaken
            if (!flow)
                flow.emplace(segment);
            flow->append(segment);
            open.push_back(tails.size());
            tails.push_back(sent.state);
            heads.push_back(TcpState::Closed);
        };
        tcp.arrived = [&](size_t i) {
            heads[open.back()] = tcp.end(i).state;
            open.pop_back();
        };
        QVERIFY(tcp.run());
        for (qsizetype row = 0; row < flow->count(); ++row) {
            const QByteArray which = "seed " + QByteArray::number(seed) + " row " + QByteArray::number(row);
            if (flow->at(row).senderState == TcpState::Closed && tails[size_t(row)] != TcpState::Closed &&
                mayBeOwnReset(*flow, row))
                break; // nobody can know
            QVERIFY2(flow->at(row).senderState == tails[size_t(row)], which + " tail");
            QVERIFY2(flow->at(row).receiverState == heads[size_t(row)], which + " head");
            states.insert(tcpStateName(tails[size_t(row)]));
        }
    }
    QVERIFY(states.size() >= 8);
}

REGISTER_TEST(TestFlowProperties)
#include "tst_flowproperties.moc"
