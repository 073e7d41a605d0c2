// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "flows/flow.h"
#include "support/registertest.h"
#include "support/simulatedtcp.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// What holds for every conversation, however bad the network is: checks random conversations from fixed seeds
/// against the rules of TCP.
class TestFlowProperties : public QObject
{
    Q_OBJECT

private slots:
    void conversations_data();
    void conversations();
    void statesAsTheyAre();
};

namespace {

using Positions = std::array<std::set<qint64>, 2>;

/// Counts each position once, with a slow algorithm. The SYN is at -1.
quint32 newBytes(const FlowSegment &segment, Positions &seen, bool &repeats)
{
    std::set<qint64> &positions = seen[size_t(segment.sender)];
    quint32 bytes = 0;
    for (qint64 position = segment.start(); position < segment.end(); ++position) {
        const bool isNew = positions.insert(position).second;
        const bool isByte = position >= segment.offset && position < segment.offset + segment.length;
        bytes += isNew && isByte ? 1 : 0;
        repeats |= !isNew;
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
    for (quint32 seed = 1; seed <= 60; ++seed) {
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
            bool repeats = false;
            const quint32 bytes = newBytes(row, seen, repeats);
            isRight &=
                row.sender == Side(sent.from) && row.start() == sent.start && row.newBytes == bytes &&
                repeats == (row.has(FlowSegment::Retransmission) || (repeats && row.has(FlowSegment::KeepAlive)));
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

/// If every segment arrives at once, the states at every tail and head are those of a TCP that follows RFC 9293.
void TestFlowProperties::statesAsTheyAre()
{
    std::set<QString> states;
    for (quint32 seed = 1; seed <= 200; ++seed) {
        SimulatedTcp tcp(seed, {});
        std::optional<Flow> flow;
        std::vector<TcpState> tails;
        std::vector<TcpState> heads;
        std::vector<size_t> open; // segments in transit: an arrival sends the next
        tcp.captured = [&](const SimulatedTcp::Sent &sent) {
            if (!flow)
                flow.emplace(sent.segment);
            flow->append(sent.segment);
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
            QCOMPARE(flow->at(row).senderState, tails[size_t(row)]);
            QCOMPARE(flow->at(row).receiverState, heads[size_t(row)]);
            states.insert(tcpStateName(tails[size_t(row)]));
        }
    }
    QVERIFY(states.size() >= 8);
}

REGISTER_TEST(TestFlowProperties)
#include "tst_flowproperties.moc"
