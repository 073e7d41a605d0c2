// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "flows/flowtable.h"
#include "support/registertest.h"
#include "support/segmentscript.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// Which segments belong to the same connection.
class TestFlowTable : public QObject
{
    Q_OBJECT

private slots:
    void reuse_data();
    void reuse();
    void connections();
    void changedRows();
    void find();
    void hint();
    void end();
    void swapEnds();
    void withItself();
};

namespace {

const QString wave = u"c> FA, s> A, s> FA, c> A, "_s;

} // namespace

void TestFlowTable::reuse_data()
{
    QTest::addColumn<QStringList>("scripts");   ///< of connections after each other, each with numbers of its own
    QTest::addColumn<QList<qsizetype>>("rows"); ///< of each flow

    const auto row = [](const char *name, const QStringList &scripts, const QList<qsizetype> &rows) {
        QTest::newRow(name) << scripts << rows;
    };
    row("one connection", {handshake + wave}, {7});
    row("SYN retransmitted", {u"c> S, c> S seq=-1, s> SA, s> SA seq=-1, c> A"_s}, {5});
    row("SYN retransmitted after a reset", {u"c> S, s> RA, c> S seq=-1, s> RA"_s}, {4});
    row("refused, tried again, accepted", {u"c> S, s> RA, c> S seq=-1, s> SA, c> A"_s}, {5});
    row("refused without effect", {u"c> S, s> RA, s> SA, c> A"_s}, {4});
    row("a RST that does not acknowledge SYN", {u"c> S, s> RA ack=-1, s> SA, c> A"_s}, {4});
    row("a challenge ACK, and SYN again",
        {u"c> S, s> A ack=7777, c> R seq=7777, c> S seq=-1, s> SA ack=0, c> A seq=0"_s}, {6});
    row("SYN-ACK captured before SYN", {u"s> SA ack=0, c> S, c> A ack=0"_s}, {3});
    row("accepted, reset, and tried again with the same number: the next SYN-ACK has another",
        {handshake + u"c> R, c> S seq=-1"_s}, {4, 1});
    row("SYN again after a RST that was ignored", {u"c> S, s> SA, c> R seq=50, c> S seq=-1, s> SA seq=-1"_s}, {5});
    row("simultaneous open", {u"c> S, s> S, c> SA seq=-1, s> SA seq=-1"_s}, {4});
    row("another connection after the wave", {handshake + wave, handshake + wave}, {7, 7});
    row("another one by the other end", {handshake + wave, u"s> S, c> SA, s> A"_s}, {7, 3});
    row("another one in TIME-WAIT", {handshake + u"s> FA, c> FA, s> A"_s, handshake}, {6, 3});
    row("another one while the one before closes", {handshake + u"c> FA, s> A"_s, handshake}, {5, 3});
    row("another one after a reset", {handshake + u"c> R"_s, handshake}, {4, 3});
    row("another attempt after none was answered", {u"c> S, c> S seq=-1"_s, u"c> S, s> SA, c> A"_s}, {2, 3});
    row("another attempt after one was refused", {u"c> S, s> RA"_s, u"c> S, s> RA"_s, handshake}, {2, 2, 3});
    row("a stray SYN in an open connection stays there", {handshake + u"c> PA 5"_s, u"c> S"_s}, {5});
    row("a stray SYN that is answered: its SYN-ACK opens the other", {handshake + u"c> PA 5"_s, handshake}, {5, 2});
    row("what comes late belongs to the newest", {handshake + wave, u"c> S, s> SA, c> A, s> R"_s}, {7, 4});
    row("a connection that was open when the capture began, and the next",
        {u"c> PA 5, s> A"_s + u", "_s + wave, handshake}, {6, 3});
    row("a stray SYN in a connection that was open when the capture began", {u"c> PA 5, s> A"_s, u"c> S"_s}, {3});
}

void TestFlowTable::reuse()
{
    QFETCH(const QStringList, scripts);
    QFETCH(const QList<qsizetype>, rows);
    FlowTable table;
    SegmentScript script;
    quint32 isn = 1'000'000;
    for (const QString &one : scripts) {
        script.restart(isn, isn + 500'000);
        isn += 10'000'000;
        for (const Segment &segment : script.segments(one))
            table.append(segment);
    }
    QList<qsizetype> got;
    for (int flow = 0; flow < table.count(); ++flow)
        got.append(table.at(flow).count());
    QCOMPARE(got, rows);
}

void TestFlowTable::connections()
{
    SegmentScript first(1000, 2000, 50001);
    SegmentScript second(3000, 4000, 50002);
    FlowTable table;
    const auto add = [&table](SegmentScript &script, const QString &line) {
        const FlowTable::Place place = table.append(script.segment(line));
        return std::pair(place.flow, place.row);
    };
    QCOMPARE(add(first, u"c> S"_s), std::pair(0, qsizetype(0)));
    QCOMPARE(add(second, u"c> S"_s), std::pair(1, qsizetype(0)));
    QCOMPARE(add(second, u"s> SA"_s), std::pair(1, qsizetype(1)));
    QCOMPARE(add(first, u"s> SA"_s), std::pair(0, qsizetype(1)));
    QCOMPARE(add(first, u"c> A"_s), std::pair(0, qsizetype(2)));
    QCOMPARE(table.at(0).address(Side::Client).port, quint16(50001));
    QCOMPARE(table.at(1).address(Side::Client).port, quint16(50002));
}

void TestFlowTable::changedRows()
{
    SegmentScript script;
    FlowTable table;
    QCOMPARE(table.append(script.segment(u"c> S"_s)).changedFrom, 0);
    QCOMPARE(table.append(script.segment(u"s> SA"_s)).changedFrom, 0);
    QCOMPARE(table.append(script.segment(u"c> A"_s)).changedFrom, 2);
}

void TestFlowTable::find()
{
    FlowTable table;
    SegmentScript script;
    for (int isn : {10'000, 20'000}) {
        script.restart(quint32(isn), quint32(isn) + 5000);
        for (const Segment &segment : script.segments(u"c> S, s> RA"_s))
            table.append(segment);
    }
    SegmentScript six;
    for (const Side side : {Side::Client, Side::Server}) {
        six.address(side).version = 6;
        six.address(side).address = {};
        six.address(side).address.back() = 1;
    }
    table.append(six.segment(u"c> S"_s));
    QCOMPARE(table.find(u"127.0.0.1:51964"_s, u"127.0.0.1:8700"_s), (std::vector<int>{0, 1}));
    QCOMPARE(table.find(u"127.0.0.1:8700"_s, u"127.0.0.1:51964"_s), (std::vector<int>{0, 1}));
    QCOMPARE(table.find(u"[::1]:51964"_s, u"[::1]:8700"_s), (std::vector<int>{2}));
    QCOMPARE(table.find(u"127.0.0.1:51964"_s, u"127.0.0.1:8701"_s), std::vector<int>());
    QCOMPARE(table.find({}, u"127.0.0.1:8700"_s), std::vector<int>());
}

void TestFlowTable::hint()
{
    FlowTable table(8700);
    table.append(SegmentScript().segment(u"s> PA 5"_s));
    QCOMPARE(table.at(0).address(Side::Server).port, quint16(8700));
}

void TestFlowTable::end()
{
    FlowTable table;
    SegmentScript script;
    for (const Segment &segment : script.segments(u"c> S, s> RA"_s))
        table.append(segment);
    script.restart(50'000, 60'000);
    table.append(script.segment(u"c> S"_s));
    table.setEnded(1);
    QVERIFY(!table.at(0).isEnded() && table.at(1).isEnded());
    QCOMPARE(table.at(1).headings().front().text, "# The TCP handshake, unanswered"_L1);
    table.setEnded();
    QVERIFY(table.at(0).isEnded());
}

void TestFlowTable::swapEnds()
{
    FlowTable table;
    SegmentScript one;
    SegmentScript other(1000, 2000, 50002);
    table.append(one.segment(u"s> PA 5"_s));
    table.append(other.segment(u"s> PA 5"_s));
    table.swapEnds(1);
    QCOMPARE(table.at(0).address(Side::Client).port, quint16(51964));
    QCOMPARE(table.at(1).address(Side::Client).port, quint16(8700));
    QCOMPARE(table.append(other.segment(u"c> A"_s)).flow, 1);
    QCOMPARE(table.at(1).at(1).sender, Side::Server);
    QCOMPARE(table.find(u"127.0.0.1:50002"_s, u"127.0.0.1:8700"_s), (std::vector<int>{1}));
}

/// A simultaneous open of a socket with itself, which Linux allows.
void TestFlowTable::withItself()
{
    SegmentScript script(1000, 1000, 8700);
    FlowTable table;
    for (const Segment &segment : script.segments(u"c> S, c> SA seq=-1 ack=0, c> PA 5, c> FA"_s))
        table.append(segment);
    QCOMPARE(table.count(), 1);
    QCOMPARE(table.at(0).streamBytes(Side::Client), 5);
}

REGISTER_TEST(TestFlowTable)
#include "tst_flowtable.moc"
