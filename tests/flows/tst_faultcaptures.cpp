// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "flows/flowtable.h"
#include "support/capturedsegments.h"
#include "support/registertest.h"

#include <QTest>

#include <functional>

using namespace Qt::Literals::StringLiterals;

/// Captures that were once read wrongly (tests/data/captures/faults), and variants of them: with other ports, with
/// IPv6, with the two addresses exchanged, with numbers that wrap.
class TestFaultCaptures : public QObject
{
    Q_OBJECT

private slots:
    void captures_data();
    void captures();
    void notes_data();
    void notes();
    void numbersOfOtherConnections();
};

namespace {

std::vector<Segment> faultSegments(const QString &name)
{
    return segmentsOfFile(QStringLiteral(CAPTURES) + u"/faults/"_s + name + u".pcap"_s);
}

/// Changes both addresses of a segment.
using Variant = std::function<void(Segment &)>;

void forBoth(Segment &segment, const std::function<void(SocketAddress &)> &change)
{
    change(segment.source);
    change(segment.destination);
}

/// A server keeps a port that is lower than the client's, so that captures without SYN show the same ends.
void withOtherPorts(Segment &segment)
{
    forBoth(segment, [](SocketAddress &end) { end.port = end.port > 20000 ? end.port + 1001 : 443; });
}

void withIp6(Segment &segment)
{
    forBoth(segment, [](SocketAddress &end) {
        const quint8 last = end.address[3];
        end.version = 6;
        end.address = {0x20, 0x01, 0x0d, 0xb8};
        end.address.back() = last;
    });
}

/// An ICMP error is ICMPv6's of the same meaning, too.
void withIp6Errors(Segment &segment)
{
    withIp6(segment);
    if (!segment.icmp())
        return;
    IcmpError &error = *segment.oddity().icmp;
    error.version = 6;
    error.code = error.kind == IcmpError::Kind::Unreachable ? 4 : 0;
    error.reporter = segment.source.address;
}

/// The server has the client's address and port, and the other way round.
void withSwappedAddresses(Segment &segment)
{
    std::swap(segment.source.address, segment.destination.address);
}

/// Both streams pass 2^32.
void withWrappingNumbers(Segment &segment)
{
    constexpr quint32 shift = 0xffff'ffff - 1001;
    if (segment.sequence != 0) // a refusal and an error have no number of their own
        segment.sequence += shift;
    if (segment.has(Segment::Ack))
        segment.acknowledgement += shift;
    if (segment.icmp())
        segment.oddity().icmp->sequence += shift;
}

QStringList headingsOf(const Flow &flow)
{
    QStringList lines;
    for (const Heading &heading : flow.headings())
        lines.append(u"%1 %2"_s.arg(heading.row).arg(QString(heading.text).sliced(2)));
    return lines;
}

} // namespace

void TestFaultCaptures::captures_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Variant>("variant");
    QTest::addColumn<QStringList>("headings");
    QTest::addColumn<QString>("states"); ///< at the end: client, server
    QTest::addColumn<int>("clientPort");

    const QString handshake = u"0 The TCP three-way handshake"_s;
    const auto wave = [](int row) { return u"%1 The TCP four-way wave"_s.arg(row); };
    const auto data = [](int row) { return u"%1 Send / Recv data"_s.arg(row); };
    const std::vector<std::pair<QString, Variant>> variants{
        {u"as captured"_s, [](Segment &) {}},
        {u"other ports"_s, withOtherPorts},
        {u"IPv6"_s, withIp6Errors},
        {u"addresses exchanged"_s, withSwappedAddresses},
        {u"numbers that wrap"_s, withWrappingNumbers},
    };
    const auto add = [&](const QString &name, const QStringList &headings, int clientPort = 40000,
                         const QString &states = u"TIME-WAIT CLOSED"_s) {
        for (const auto &[title, variant] : variants) {
            const bool isOtherPort = title == u"other ports"_s;
            QTest::newRow(qPrintable(name + u", "_s + title))
                << name << variant << headings << states << (isOtherPort ? clientPort + 1001 : clientPort);
        }
    };
    // RFC 9293, section 3.10.7.3: the client answers an unacceptable ACK with RST, and stays in SYN-SENT.
    add(u"syn-challenge-ack-rst-retry"_s, {handshake, data(6), wave(8)});
    add(u"live-challenge-ack"_s, {handshake, data(6), wave(9)}, 46720);
    // The same section: a RST that does not acknowledge the SYN is dropped.
    add(u"rst-wrong-ack-to-syn"_s, {handshake, data(4), wave(6)});
    // RFC 9293, section 3.10.7.4, and RFC 5961, section 3.2: in the window, but not at RCV.NXT.
    add(u"rst-in-window-challenge"_s, {handshake, data(3), wave(9)});
    add(u"synack-captured-before-syn"_s, {handshake, data(3), wave(5)});
    add(u"refused-then-accepted-same-isn"_s,
        {u"0 The TCP handshake, refused"_s, u"2 The TCP three-way handshake"_s, data(5), wave(7)});
    add(u"fast-retransmit"_s, {handshake, data(3), wave(13)});
    add(u"mid-capture-server-first"_s, {u"0 The capture begins after the handshake"_s, data(0), wave(4)}, 51000);
    // RFC 1122, section 4.2.3.9: the other end's host says that nobody listens there.
    add(u"icmp-port-unreachable"_s, {u"0 The TCP handshake, refused (ICMP port unreachable)"_s}, 40000,
        u"CLOSED CLOSED"_s);
    add(u"icmp-frag-needed"_s, {handshake, data(3), wave(8)});
    add(u"fin-before-data"_s, {handshake, data(3), wave(4)}, 40000, u"CLOSED TIME-WAIT"_s);
}

void TestFaultCaptures::captures()
{
    QFETCH(const QString, name);
    QFETCH(const Variant, variant);
    QFETCH(const QStringList, headings);
    QFETCH(const QString, states);
    QFETCH(const int, clientPort);

    std::vector<Segment> segments = faultSegments(name);
    QVERIFY(!segments.empty());
    FlowTable table;
    for (Segment &segment : segments) {
        variant(segment);
        table.append(segment);
    }
    QCOMPARE(table.count(), 1);
    const Flow &flow = table.at(0);
    QCOMPARE(headingsOf(flow), headings);
    QCOMPARE(u"%1 %2"_s.arg(tcpStateName(flow.state(Side::Client)), tcpStateName(flow.state(Side::Server))), states);
    QCOMPARE(int(flow.address(Side::Client).port), clientPort);
    for (const Heading &heading : flow.headings())
        QVERIFY(heading.isFinal);
}

void TestFaultCaptures::notes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("notes");

    using enum FlowSegment::Note;
    QTest::newRow("three duplicate ACKs requested it")
        << u"fast-retransmit"_s << 11 << int(Retransmission | FastRetransmission);
    QTest::newRow("a challenge ACK in SYN-SENT") << u"live-challenge-ack"_s << 1 << int(Stray);
    QTest::newRow("the client's answer to it") << u"live-challenge-ack"_s << 2 << int(Stray | IgnoredReset);
    QTest::newRow("the repeated SYN") << u"live-challenge-ack"_s << 3 << int(Retransmission);
    QTest::newRow("a RST that does not acknowledge the SYN")
        << u"rst-wrong-ack-to-syn"_s << 1 << int(Stray | IgnoredReset);
    QTest::newRow("an ICMP error about the SYN") << u"icmp-port-unreachable"_s << 1 << int(Icmp | RefusedByError);
    QTest::newRow("a router's error about data") << u"icmp-frag-needed"_s << 4 << int(Icmp);
    QTest::newRow("what it is about") << u"icmp-frag-needed"_s << 3 << int(Lost);
    QTest::newRow("smaller pieces of it") << u"icmp-frag-needed"_s << 5 << int(Retransmission | TooBig);
    QTest::newRow("the last piece") << u"icmp-frag-needed"_s << 6 << int(Retransmission | TooBig);
    QTest::newRow("a RST in the window") << u"rst-in-window-challenge"_s << 5 << int(IgnoredReset);
    QTest::newRow("a SYN-ACK before its SYN") << u"synack-captured-before-syn"_s << 1 << 0;
    QTest::newRow("data after its FIN: it was overtaken") << u"fin-before-data"_s << 5 << int(OutOfOrder);
}

void TestFaultCaptures::notes()
{
    QFETCH(const QString, name);
    QFETCH(const int, row);
    QFETCH(const int, notes);
    FlowTable table;
    for (const Segment &segment : faultSegments(name))
        table.append(segment);
    QCOMPARE(int(table.at(0).at(row).notes), notes);
}

/// An acknowledgement of another connection does not count as one of this stream, and does not show where it begins.
void TestFaultCaptures::numbersOfOtherConnections()
{
    FlowTable table;
    for (const Segment &segment : faultSegments(u"syn-challenge-ack-rst-retry"_s))
        table.append(segment);
    const Flow &flow = table.at(0);
    QVERIFY(flow.isOrigin(Side::Client, 900001));
    QVERIFY(flow.isOrigin(Side::Server, 800001));
    QCOMPARE(flow.ackRowOf(Side::Client, 0), 4);
    QCOMPARE(flow.synRows(Side::Client), (std::vector<qsizetype>{0, 3}));
    QCOMPARE(flow.streamBytes(Side::Server), 0);
    QCOMPARE(flow.rstRow(Side::Client), -1);
}

REGISTER_TEST(TestFaultCaptures)
#include "tst_faultcaptures.moc"
