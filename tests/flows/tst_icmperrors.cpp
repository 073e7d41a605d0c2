// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "flows/flowtable.h"
#include "support/icmpscript.h"
#include "support/registertest.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// What ICMP errors do to states, headings and notes.
class TestIcmpErrors : public QObject
{
    Q_OBJECT

private slots:
    void opening_data();
    void opening();
    void synchronised_data();
    void synchronised();
    void numbers_data();
    void numbers();
    void tooBig_data();
    void tooBig();
    void beginning_data();
    void beginning();
    void changesNothingElse_data();
    void changesNothingElse();
    void rowSays();
    void takenBack();
    void swappedEnds();
};

namespace {

QString openingOf(const Flow &flow)
{
    return QString(flow.headings().front().text).remove(u"# The TCP "_s);
}

QString statesOf(const Flow &flow)
{
    return u"%1 %2"_s.arg(tcpStateName(flow.state(Side::Client)), tcpStateName(flow.state(Side::Server)));
}

bool hasNote(const Flow &flow, qsizetype row, FlowSegment::Note note)
{
    return flow.at(row).has(note);
}

const QString toldError = u"The capture begins with an ICMP error"_s;

} // namespace

void TestIcmpErrors::opening_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("heading");
    QTest::addColumn<QString>("states");

    const QString refused = u"handshake, refused (ICMP %1)"_s;
    const QString closed = u"CLOSED CLOSED"_s;
    const QString opened = u"three-way handshake"_s;
    // RFC 1122, section 4.2.3.9: hard errors. Linux gives up after any other, too (RFC 5461, section 4).
    QTest::newRow("port") << u"c> S, !port 0"_s << refused.arg(u"port unreachable") << closed;
    QTest::newRow("protocol") << u"c> S, !proto 0"_s << refused.arg(u"protocol unreachable") << closed;
    QTest::newRow("host, by a router") << u"c> S, !host 0 by 254"_s << refused.arg(u"host unreachable") << closed;
    QTest::newRow("network") << u"c> S, !net 0"_s << refused.arg(u"network unreachable") << closed;
    QTest::newRow("prohibited") << u"c> S, !prohibited 0"_s << refused.arg(u"administratively prohibited") << closed;
    QTest::newRow("time exceeded") << u"c> S, !time 0"_s << refused.arg(u"time exceeded") << closed;
    QTest::newRow("parameter problem") << u"c> S, !problem 0"_s << refused.arg(u"parameter problem") << closed;
    QTest::newRow("too big") << u"c> S, !mtu1300 0"_s << u"handshake, unanswered"_s << u"SYN-SENT CLOSED"_s;
    // Linux ignores these.
    for (const char *error : {"quench", "redirect", "unknown"})
        QTest::addRow("%s", error) << u"c> S, !%1 0"_s.arg(QLatin1StringView(error)) << u"handshake, unanswered"_s
                                   << u"SYN-SENT CLOSED"_s;
    QTest::newRow("another number") << u"c> S, !port 0 seq=7"_s << u"handshake, unanswered"_s << u"SYN-SENT CLOSED"_s;

    // The end goes on: it was a soft error, as RFC 1122 wants.
    QTest::newRow("sent again") << u"c> S, !host 0, c> S seq=-1"_s << refused.arg(u"host unreachable")
                                << u"SYN-SENT CLOSED"_s;
    QTest::newRow("sent again, and refused again")
        << u"c> S, !host 0, c> S seq=-1, !port 1"_s << refused.arg(u"port unreachable") << closed;
    QTest::newRow("three times") << u"c> S, !host 0, c> S seq=-1, !host 1, c> S seq=-1, !host 2"_s
                                 << refused.arg(u"host unreachable") << closed;
    QTest::newRow("answered later") << u"c> S, !host 0, s> SA, c> A"_s << opened << u"ESTABLISHED ESTABLISHED"_s;
    QTest::newRow("sent again, and answered")
        << u"c> S, !host 0, c> S seq=-1, s> SA, c> A"_s << opened << u"ESTABLISHED ESTABLISHED"_s;
    QTest::newRow("twice, then answered")
        << u"c> S, !host 0, c> S seq=-1, !host 1, s> SA, c> A, c> PA 5"_s << opened << u"ESTABLISHED ESTABLISHED"_s;
    QTest::newRow("answered, but it had given up")
        << u"c> S, !host 0, s> SA, c> R seq=0"_s << u"handshake, unfinished"_s << u"CLOSED LISTEN"_s;
    QTest::newRow("then RST") << u"c> S, !host 0, c> S seq=-1, s> RA"_s << u"handshake, refused"_s << closed;
    QTest::newRow("after RST") << u"c> S, s> RA, !port 0"_s << u"handshake, refused"_s << closed;
    QTest::newRow("after RST and another SYN")
        << u"c> S, s> RA, c> S seq=-1, !port 2"_s << u"handshake, refused"_s << closed;

    // It concerns the SYN-ACK: the client's attempt goes on.
    QTest::newRow("about the SYN-ACK") << u"c> S, s> SA, !host 1"_s << u"handshake, unfinished"_s
                                       << u"ESTABLISHED SYN-RECEIVED"_s;
    QTest::newRow("late, about the SYN") << handshake + u"!port 0"_s << opened << u"ESTABLISHED ESTABLISHED"_s;
}

void TestIcmpErrors::opening()
{
    QFETCH(const QString, script);
    FlowTable table;
    for (const Segment &segment : withErrors(script))
        table.append(segment);
    table.setEnded();
    QCOMPARE(table.count(), 1);
    QTEST(openingOf(table.at(0)), "heading");
    QTEST(statesOf(table.at(0)), "states");
}

void TestIcmpErrors::synchronised_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("states");

    const QString open = u"ESTABLISHED ESTABLISHED"_s;
    // RFC 5461, section 2.2: all are soft errors in a synchronised state.
    for (const QString &error : {u"net"_s, u"host"_s, u"proto"_s, u"port"_s, u"prohibited"_s, u"time"_s, u"mtu576"_s}) {
        QTest::addRow("%s, about data", qPrintable(error)) << handshake + u"c> PA 24, !%1 3"_s.arg(error) << open;
        QTest::addRow("%s, about an ACK", qPrintable(error)) << handshake + u"!%1 2"_s.arg(error) << open;
        QTest::addRow("%s, about a FIN", qPrintable(error))
            << handshake + u"c> FA, !%1 3"_s.arg(error) << u"FIN-WAIT-1 CLOSE-WAIT"_s;
    }
}

void TestIcmpErrors::synchronised()
{
    QFETCH(const QString, script);
    const std::vector<Segment> segments = withErrors(script);
    const Flow flow = flowOf(segments);
    QTEST(statesOf(flow), "states");
    QVERIFY(hasNote(flow, flow.count() - 1, FlowSegment::Icmp));
    QVERIFY(!hasNote(flow, flow.count() - 1, FlowSegment::IgnoredError));
    QVERIFY(!hasNote(flow, flow.count() - 1, FlowSegment::RefusedByError));
}

void TestIcmpErrors::numbers_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("isIgnored");

    // RFC 5927, section 4.1
    const QString sent = handshake + u"c> PA 10, c> PA 10, "_s;
    QTest::newRow("the SYN") << u"c> S, !port 0"_s << false;
    QTest::newRow("before the SYN") << u"c> S, !port 0 seq=-2"_s << true;
    QTest::newRow("behind the SYN") << u"c> S, !port 0 seq=1"_s << true;
    QTest::newRow("the SYN, acknowledged") << sent + u"!port 0"_s << true;
    QTest::newRow("the oldest in flight") << sent + u"!port 3"_s << false;
    QTest::newRow("the newest in flight") << sent + u"!port 4"_s << false;
    QTest::newRow("between two segments") << sent + u"!port 4 seq=13"_s << false;
    QTest::newRow("the next, of segments without bytes") << sent + u"c> A, !port 5"_s << false;
    QTest::newRow("not sent yet") << sent + u"!port 4 seq=21"_s << true;
    QTest::newRow("acknowledged") << sent + u"s> A, !port 3"_s << true;
    QTest::newRow("half acknowledged") << sent + u"s> A ack=10, !port 4"_s << false;
    QTest::newRow("far away") << sent + u"!port 4 seq=1000000000"_s << true;
    QTest::newRow("of the server") << handshake + u"s> PA 5, !host 3 by 9"_s << false;
    QTest::newRow("of the server, acknowledged") << handshake + u"s> PA 5, c> A, !host 3 by 9"_s << true;
    QTest::newRow("in the middle of a connection") << u"c> PA 10, !port 0"_s << false;
    QTest::newRow("in the middle, before the first") << u"c> PA 10, !port 0 seq=-20"_s << false;
    QTest::newRow("in the middle, acknowledged") << u"c> PA 10, s> A, !port 0"_s << true;
}

void TestIcmpErrors::numbers()
{
    QFETCH(const QString, script);
    for (const quint32 isn : {1000U, 0xffff'fffaU}) {
        SegmentScript made(isn, isn - 3);
        const Flow flow = flowOf(withErrors(made, script));
        QTEST(hasNote(flow, flow.count() - 1, FlowSegment::IgnoredError), "isIgnored");
    }
}

void TestIcmpErrors::tooBig_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QList<int>>("requested"); ///< rows that are sent again because of the error
    QTest::addColumn<QList<int>>("lost");

    const QString sent = handshake + u"c> PA 1400, "_s;
    QTest::newRow("smaller pieces") << sent + u"!mtu1300 3 by 254, c> A 1260 seq=0, c> PA 140 seq=1260, s> A"_s
                                    << QList<int>{5, 6} << QList<int>{3};
    QTest::newRow("two segments, one error") << sent + u"c> PA 1400, !mtu1300 3, c> A 1260 seq=0, c> A 1260 seq=1260"_s
                                             << QList<int>{6, 7} << QList<int>{3, 4};
    QTest::newRow("two segments, two errors")
        << sent + u"c> PA 1400, !mtu1300 3, !mtu1300 4, c> A 1260 seq=0, c> A 1260 seq=1260, c> A 280 seq=2520"_s
        << QList<int>{7, 8, 9} << QList<int>{3, 4};
    QTest::newRow("a piece, twice") << sent + u"!mtu1300 3, c> A 1260 seq=0, c> A 1260 seq=0"_s << QList<int>{5, 6}
                                    << QList<int>{3};
    QTest::newRow("no MTU") << sent + u"!mtu 3, c> A 536 seq=0"_s << QList<int>{5} << QList<int>{3};
    QTest::newRow("sent again as large as before")
        << sent + u"!mtu1300 3, c> PA 1400 seq=0"_s << QList<int>{} << QList<int>{};
    QTest::newRow("ignored") << sent + u"!mtu1300 3 seq=5000, c> A 1260 seq=0"_s << QList<int>{} << QList<int>{};
    QTest::newRow("another error") << sent + u"!host 3, c> A 1260 seq=0"_s << QList<int>{} << QList<int>{};
    QTest::newRow("of the server") << handshake + u"s> PA 1400, !mtu600 3, s> A 560 seq=0"_s << QList<int>{5}
                                   << QList<int>{3};
    QTest::newRow("new bytes") << sent + u"!mtu1300 3, c> PA 100"_s << QList<int>{} << QList<int>{};
}

void TestIcmpErrors::tooBig()
{
    QFETCH(const QString, script);
    const Flow flow = flowOf(withErrors(script));
    QList<int> requested;
    QList<int> lost;
    for (int row = 0; row < flow.count(); ++row) {
        if (hasNote(flow, row, FlowSegment::TooBig))
            requested.append(row);
        if (hasNote(flow, row, FlowSegment::Lost))
            lost.append(row);
    }
    QTEST(requested, "requested");
    QTEST(lost, "lost");
}

void TestIcmpErrors::beginning_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("headings");
    QTest::addColumn<QString>("states");
    QTest::addColumn<int>("flows");

    QTest::newRow("nothing else") << u"c> S, !port 0"_s << QStringList{u"0 "_s + toldError} << u"CLOSED CLOSED"_s << 1;
    QTest::newRow("another attempt") << u"c> S, !port 0, c> S seq=-1"_s << QStringList{u"0 "_s + toldError}
                                     << u"CLOSED CLOSED"_s << 2;
    QTest::newRow("in the middle of a connection")
        << u"c> PA 10, !host 0, c> PA 10, s> A"_s
        << QStringList{u"0 "_s + toldError, u"1 The capture begins after the handshake"_s, u"1 Send / Recv data"_s}
        << u"ESTABLISHED ESTABLISHED"_s << 1;
}

/// The segment that the first error is about was not captured.
void TestIcmpErrors::beginning()
{
    QFETCH(const QString, script);
    std::vector<Segment> segments = withErrors(script);
    segments.erase(segments.begin());
    FlowTable table;
    for (const Segment &segment : segments)
        table.append(segment);
    table.setEnded();
    QTEST(table.count(), "flows");
    const Flow &flow = table.at(0);
    QStringList headings;
    for (const Heading &heading : flow.headings())
        headings.append(u"%1 %2"_s.arg(heading.row).arg(QString(heading.text).sliced(2)));
    QTEST(headings, "headings");
    QTEST(statesOf(flow), "states");
    QCOMPARE(flow.at(0).senderState, flow.stateBefore(Side::Server));
    QCOMPARE(flow.at(0).receiverState, flow.stateBefore(Side::Client));
}

void TestIcmpErrors::changesNothingElse_data()
{
    QTest::addColumn<QString>("script");

    const QString exchange = handshake + u"c> PA 24, %1s> A, s> PA 12, %2c> A, c> FA, %3s> A, s> FA, %4c> A"_s;
    QTest::newRow("soft errors") << exchange.arg(u"!host 3, "_s, u"!port 5, "_s, u"!time 7, "_s, u"!net 9, "_s);
    QTest::newRow("ignored errors") << exchange.arg(u"!host 0, "_s, u"!port 3, "_s, u"!time 3, "_s, u"!net 1, "_s);
    QTest::newRow("too big") << exchange.arg(u"!mtu576 3, "_s, u"!mtu 5, "_s, QString(), QString());
}

/// All other rows are as if the errors had not been captured.
void TestIcmpErrors::changesNothingElse()
{
    QFETCH(const QString, script);
    const std::vector<Segment> all = withErrors(script);
    std::vector<Segment> segments;
    std::vector<qsizetype> rows;
    for (size_t i = 0; i < all.size(); ++i) {
        if (all[i].icmp())
            continue;
        segments.push_back(all[i]);
        rows.push_back(qsizetype(i));
    }
    const Flow with = flowOf(all);
    const Flow without = flowOf(segments);
    for (qsizetype row = 0; row < without.count(); ++row) {
        const FlowSegment &one = without.at(row);
        const FlowSegment &other = with.at(rows[size_t(row)]);
        QCOMPARE(other.frame, one.frame);
        QCOMPARE(other.notes, one.notes);
        QCOMPARE(other.newBytes, one.newBytes);
        QCOMPARE(other.offset, one.offset);
        QCOMPARE(other.senderState, one.senderState);
        QCOMPARE(other.receiverState, one.receiverState);
    }
    QCOMPARE(with.headings().size(), without.headings().size());
    for (size_t i = 0; i < without.headings().size(); ++i) {
        QCOMPARE(with.headings()[i].text, without.headings()[i].text);
        QCOMPARE(with.headings()[i].row, rows[size_t(without.headings()[i].row)]);
    }
    for (const Side side : {Side::Client, Side::Server}) {
        QCOMPARE(with.streamBytes(side), without.streamBytes(side));
        QCOMPARE(with.state(side), without.state(side));
    }
}

void TestIcmpErrors::rowSays()
{
    const Flow flow = flowOf(withErrors(handshake + u"c> PA 24, c> PA 5, !mtu1300 4 by 254"_s));
    const FlowSegment &row = flow.at(5);
    QCOMPARE(row.sender, Side::Server);
    QCOMPARE(row.offset, 24);
    QCOMPARE(row.sequence, 1025U);
    QCOMPARE(int(row.flags), 0);
    QCOMPARE(row.length, 0U);
    QVERIFY(flow.error(5));
    QCOMPARE(flow.error(5)->mtu, 1300U);
    QCOMPARE(flow.error(5)->reporterText(), "127.0.0.254");
    QVERIFY(!flow.error(4));
    QCOMPARE(sizeof(FlowSegment), 72U); // there are millions of them
}

/// The client sends its SYN again, so it has not given up.
void TestIcmpErrors::takenBack()
{
    const std::vector<Segment> segments = withErrors(u"c> S, !host 0, c> S seq=-1"_s);
    Flow flow(segments.front());
    flow.append(segments[0]);
    flow.append(segments[1]);
    QVERIFY(hasNote(flow, 1, FlowSegment::RefusedByError));
    QCOMPARE(flow.at(1).receiverState, TcpState::Closed);
    QCOMPARE(flow.append(segments[2]), 1);
    QVERIFY(!hasNote(flow, 1, FlowSegment::RefusedByError));
    QCOMPARE(flow.at(1).receiverState, TcpState::SynSent);
}

void TestIcmpErrors::swappedEnds()
{
    std::vector<Segment> segments = withErrors(u"c> PA 1400, !mtu1300 0, c> A 1260 seq=0"_s);
    Flow flow(segments.front());
    flow.append(segments[0]);
    flow.append(segments[1]);
    flow.swapEnds();
    flow.append(segments[2]);
    QCOMPARE(flow.at(1).sender, Side::Client);
    QVERIFY(hasNote(flow, 2, FlowSegment::TooBig));
}

REGISTER_TEST(TestIcmpErrors)
#include "tst_icmperrors.moc"
