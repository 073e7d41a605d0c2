// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/endfiles.h"
#include "support/icmpscript.h"
#include "support/pcapng.h"
#include "support/registertest.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// Two captures of the same connection: which segments are the same, when they left and arrived, which were lost.
class TestJointCapture : public QObject
{
    Q_OBJECT

private slots:
    void transits_data();
    void transits();
    void edges_data();
    void edges();
    void notCaptured_data();
    void notCaptured();
    void drops_data();
    void drops();
    void offsets_data();
    void offsets();
    void drift();
    void ends_data();
    void ends();
    void translators_data();
    void translators();
    void triedAgain_data();
    void triedAgain();
    void severalConnections();
    void icmpError();
    void nothingShared();
    void samePlace();
    void lines();
    void statesWhenSegmentsArrive();
    void doubledAtTheEdges();
};

namespace {

/// Joins segments of one sender that continue each other, from the first index on, as offloading devices do.
std::vector<Segment> merged(std::vector<Segment> segments, std::initializer_list<std::pair<size_t, size_t>> groups)
{
    std::vector<Segment> result;
    for (size_t i = 0; i < segments.size(); ++i) {
        const auto isIn = [i](const auto &group) { return i > group.first && i <= group.second; };
        if (std::any_of(groups.begin(), groups.end(), isIn)) {
            result.back().length += segments[i].length;
            result.back().flags |= segments[i].flags;
            continue;
        }
        result.push_back(segments[i]);
    }
    return result;
}

QString ms(qint64 us)
{
    return us == Transit::unknown ? u"?"_s : QString::number(double(us - SegmentScript::firstUs) / 1000);
}

/// "c 0:24 3>13": sender, positions, departure and arrival in ms since the first segment.
QString textOf(const Flow &flow, qsizetype row)
{
    const FlowSegment &segment = flow.at(row);
    const Transit &transit = flow.transits()->rows[size_t(row)];
    const QString end = transit.fate == Transit::Fate::Arrived ? ms(transit.arrivalUs)
                        : transit.fate == Transit::Fate::Lost  ? u"lost"_s
                                                               : u"not captured"_s;
    return u"%1 %2:%3 %4>%5%6"_s.arg(QChar(segment.sender == Side::Client ? u'c' : u's'))
        .arg(segment.start())
        .arg(segment.end())
        .arg(ms(transit.departureUs), end, transit.isDuplicate ? u" again"_s : QString());
}

/// Without the three of the handshake.
QStringList textOf(const JointCapture &joint)
{
    QStringList rows;
    const Flow &flow = joint.flows().at(0);
    for (qsizetype row = 3; row < flow.count(); ++row)
        rows.append(textOf(flow, row));
    return rows;
}

const QString slowHandshake = u"c> S, s> SA after=10, c> A after=10, "_s; ///< its rows: 0>10, 10>20, 20>30

BothEnds oneWayOf(Side sender, bool isOnly)
{
    BothEnds ends = BothEnds::of(slowHandshake + u"c> PA 24, s> A after=10"_s);
    if (isOnly)
        std::erase_if(ends.ways, [sender](const SegmentWay &way) { return way.sender != sender; });
    return ends;
}

} // namespace

void TestJointCapture::transits_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("rows");

    QTest::newRow("data and its acknowledgement")
        << u"c> PA 24, s> A after=10"_s << QStringList{u"c 0:24 21>31"_s, u"s 0:0 31>41"_s};
    QTest::newRow("the first copy was lost")
        << u"c> PA 24 lost, c> PA 24 seq=0 after=200, s> A after=10"_s
        << QStringList{u"c 0:24 21>lost"_s, u"c 0:24 221>231"_s, u"s 0:0 231>241"_s};
    QTest::newRow("the second copy was lost, and so was the ACK before")
        << u"c> PA 24, s> A after=10 lost, c> PA 24 seq=0 after=190 lost, c> PA 10, s> A after=10"_s
        << QStringList{u"c 0:24 21>31"_s, u"s 0:0 31>lost"_s, u"c 0:24 221>lost"_s, u"c 24:34 222>232"_s,
                       u"s 0:0 232>242"_s};
    QTest::newRow("both copies arrive")
        << u"c> PA 24 delay=300, c> PA 24 seq=0 after=200 delay=110, s> A after=101, s> A"_s
        << QStringList{u"c 0:24 21>321"_s, u"c 0:24 221>331"_s, u"s 0:0 322>332"_s, u"s 0:0 323>333"_s};
    QTest::newRow("the second of three copies arrives")
        << u"c> PA 24 lost, c> PA 24 seq=0 after=200, c> PA 24 seq=0 after=4 lost, s> A after=16"_s
        << QStringList{u"c 0:24 21>lost"_s, u"c 0:24 221>231"_s, u"c 0:24 225>lost"_s, u"s 0:0 241>251"_s};
    QTest::newRow("a segment is overtaken")
        << u"c> A 100 delay=30, c> A 100, s> A ack=0 after=9, s> A ack=200 after=20"_s
        << QStringList{u"c 0:100 21>51"_s, u"c 100:200 22>32"_s, u"s 0:0 31>41"_s, u"s 0:0 51>61"_s};
    QTest::newRow("segments of both ends cross")
        << u"c> PA 24, s> PA 12 ack=0, c> A after=10, s> A"_s
        << QStringList{u"c 0:24 21>31"_s, u"s 0:12 22>32"_s, u"c 24:24 32>42"_s, u"s 12:12 33>43"_s};
    QTest::newRow("one of four equal duplicate ACKs was lost")
        << u"c> A 100 lost, c> A 100, s> A ack=0 after=10, s> A ack=0, s> A ack=0 lost, s> A ack=0"_s
        << QStringList{u"c 0:100 21>lost"_s, u"c 100:200 22>32"_s, u"s 0:0 32>42"_s,
                       u"s 0:0 33>43"_s,     u"s 0:0 34>lost"_s,   u"s 0:0 35>45"_s};
    QTest::newRow("keep-alives, one was lost")
        << u"c> A seq=-1 after=1000 lost, c> A seq=-1 after=1000, s> A after=10"_s
        << QStringList{u"c -1:-1 1020>lost"_s, u"c -1:-1 2020>2030"_s, u"s 0:0 2030>2040"_s};
    QTest::newRow("zero window probes")
        << u"c> PA 10, s> A win=0 after=10, c> A 1 seq=9 after=300 lost, c> A 1 seq=9 after=300, s> A win=0 after=10"_s
        << QStringList{u"c 0:10 21>31"_s, u"s 0:0 31>41"_s, u"c 9:10 331>lost"_s, u"c 9:10 631>641"_s,
                       u"s 0:0 641>651"_s};
    QTest::newRow("the network doubles a segment")
        << u"c> PA 24 twice, s> A after=10"_s
        << QStringList{u"c 0:24 21>31"_s, u"s 0:0 31>41"_s, u"c 0:24 ?>31.5 again"_s};
    QTest::newRow("FINs, one was lost") << u"c> FA lost, c> FA seq=0 after=200, s> FA after=10, c> A after=10"_s
                                        << QStringList{u"c 0:1 21>lost"_s, u"c 0:1 221>231"_s, u"s 0:1 231>241"_s,
                                                       u"c 1:1 241>251"_s};
    QTest::newRow("a RST was lost") << u"c> RA lost, s> PA 10 after=30, c> R after=10, s> A"_s
                                    << QStringList{u"c 0:0 21>lost"_s, u"s 0:10 51>61"_s, u"c 0:0 61>71"_s,
                                                   u"s 10:10 62>72"_s};
}

void TestJointCapture::transits()
{
    QFETCH(const QString, script);
    QFETCH(const QStringList, rows);
    for (const qint64 offsetUs : {Q_INT64_C(0), Q_INT64_C(1204), Q_INT64_C(-3600000000)}) {
        BothEnds ends = BothEnds::of(slowHandshake + script);
        ends.offsetUs = offsetUs;
        const auto client = ends.captureAt(Side::Client);
        const auto server = ends.captureAt(Side::Server);
        JointCapture joint = jointOf(client, server);
        QVERIFY2(joint.error().isEmpty(), qPrintable(joint.error()));
        QCOMPARE(joint.offset().us, offsetUs);
        QCOMPARE(textOf(joint), rows);
        if (offsetUs != 0)
            continue;
        joint = jointOf(server, client);
        QCOMPARE(textOf(joint), rows);
    }
}

void TestJointCapture::edges_data()
{
    QTest::addColumn<bool>("isSentAsOne");
    QTest::addColumn<bool>("isReceivedAsOne");
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("rows");

    const QString three = u"c> A 1448, c> A 1448, c> PA 104, s> A after=10"_s;
    QTest::newRow("sent as one segment") << true << false << three
                                         << QStringList{u"c 0:1448 21>31"_s, u"c 1448:2896 21>32"_s,
                                                        u"c 2896:3000 21>33"_s, u"s 0:0 33>43"_s};
    QTest::newRow("received as one segment")
        << false << true << three
        << QStringList{u"c 0:1448 21>31"_s, u"c 1448:2896 22>31"_s, u"c 2896:3000 23>31"_s, u"s 0:0 33>43"_s};
    QTest::newRow("sent and received as one segment")
        << true << true << three << QStringList{u"c 0:3000 21>31"_s, u"s 0:0 33>43"_s};
    QTest::newRow("a piece of what was sent as one was lost")
        << true << false << u"c> A 1448, c> A 1448 lost, c> PA 104, s> A after=10"_s
        << QStringList{u"c 0:1448 21>31"_s, u"c 1448:2896 21>lost"_s, u"c 2896:3000 21>33"_s, u"s 0:0 33>43"_s};
}

/// Segments of an offloading device, at either end.
void TestJointCapture::edges()
{
    QFETCH(const bool, isSentAsOne);
    QFETCH(const bool, isReceivedAsOne);
    QFETCH(const QString, script);
    QFETCH(const QStringList, rows);
    const BothEnds ends = BothEnds::of(slowHandshake + script);
    std::vector<Segment> client = ends.captureAt(Side::Client);
    std::vector<Segment> server = ends.captureAt(Side::Server);
    if (isSentAsOne)
        client = merged(client, {{3, 5}});
    if (isReceivedAsOne)
        server = merged(server, {{3, 5}});
    QCOMPARE(textOf(jointOf(client, server)), rows);
}

void TestJointCapture::notCaptured_data()
{
    QTest::addColumn<qint64>("fromUs");
    QTest::addColumn<qint64>("toUs");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");

    constexpr qint64 never = std::numeric_limits<qint64>::max();
    QTest::newRow("both captures run") << qint64(0) << never << u"lost"_s << u"lost"_s;
    QTest::newRow("a capture begins later")
        << SegmentScript::firstUs + 25'000 << never << u"not captured"_s << u"lost"_s;
    QTest::newRow("a capture ends earlier")
        << qint64(0) << SegmentScript::firstUs + 100'000 << u"lost"_s << u"not captured"_s;
}

/// A segment is lost only if both captures were running.
void TestJointCapture::notCaptured()
{
    QFETCH(const qint64, fromUs);
    QFETCH(const qint64, toUs);
    QFETCH(const QString, first);
    QFETCH(const QString, second);
    const BothEnds both = BothEnds::of(slowHandshake + u"c> A 100 lost, c> A 100, s> A ack=0 after=10, c> A 100 seq=0, "
                                                       "s> A after=10, c> A 100 after=100 lost, c> A 100, s> A ack=200 "
                                                       "after=10"_s);
    std::vector<Segment> server = both.captureAt(Side::Server);
    std::erase_if(server, [&](const Segment &segment) { return segment.timeUs < fromUs || segment.timeUs > toUs; });
    const JointCapture joint = jointOf(both.captureAt(Side::Client), server);
    const QStringList rows = textOf(joint);
    const auto isTold = [&rows](const QString &row) { return rows.contains(row); };
    QVERIFY2(isTold(u"c 0:100 21>"_s + first), qPrintable(rows.join(u'\n')));
    QVERIFY2(isTold(u"c 200:300 143>"_s + second), qPrintable(rows.join(u'\n')));
    QVERIFY(!joint.notes().join(u' ').contains(u"nothing is called lost"_s));
}

void TestJointCapture::drops_data()
{
    QTest::addColumn<QByteArray>("client"); // what ends the captures
    QTest::addColumn<QByteArray>("server");
    QTest::addColumn<QStringList>("names"); // of the captures that lack packets

    constexpr quint16 byInterface = 5;
    constexpr quint16 bySystem = 7;
    const Pcapng file{false};
    const QByteArray none = file.statistics(0, byInterface, 0) + file.statistics(0, bySystem, 0);
    const QString client = u"client.pcapng"_s;
    const QString server = u"server.pcapng"_s;
    QTest::newRow("no statistics") << QByteArray() << QByteArray() << QStringList();
    QTest::newRow("none dropped") << none << none << QStringList();
    QTest::newRow("by the client's interface") << file.statistics(0, byInterface, 3) << none << QStringList{client};
    QTest::newRow("by the server's system") << none << file.statistics(0, bySystem, 1) << QStringList{server};
    QTest::newRow("by both") << none + file.statistics(0, bySystem, 1) << file.statistics(0, byInterface, 9)
                             << QStringList{client, server};
}

/// A segment is lost only if neither file counts packets that were dropped while capturing.
void TestJointCapture::drops()
{
    QFETCH(const QByteArray, client);
    QFETCH(const QByteArray, server);
    QFETCH(const QStringList, names);
    const QTemporaryDir folder;
    const BothEnds both = BothEnds::of(slowHandshake + u"c> PA 24 lost, c> PA 24 seq=0 after=200, s> A after=10"_s);
    const auto write = [&folder](const QString &name, const std::vector<Segment> &segments, const QByteArray &last) {
        constexpr quint16 rawIp = 101;
        const Pcapng writer{false};
        QByteArray bytes = writer.section() + writer.interface(rawIp);
        for (const Segment &segment : segments)
            bytes += writer.packet(packetOf(segment), 0, quint64(segment.timeUs));
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes + last) < 0)
            qFatal("cannot write %s", qPrintable(name));
        return file.fileName();
    };
    const auto joint = jointOfFiles(write(u"client.pcapng"_s, both.captureAt(Side::Client), client),
                                    write(u"server.pcapng"_s, both.captureAt(Side::Server), server));
    QCOMPARE(joint->error(), QString());
    QCOMPARE(textOf(*joint).constFirst(), u"c 0:24 21>"_s + (names.isEmpty() ? u"lost"_s : u"not captured"_s));
    QStringList told;
    for (const QString &note : joint->notes()) {
        if (note.endsWith(u" lacks packets that were dropped while capturing, so nothing is called lost."_s))
            told.append(note.section(u' ', 0, 0));
    }
    QCOMPARE(told, names);
}

void TestJointCapture::offsets_data()
{
    QTest::addColumn<BothEnds>("both");
    QTest::addColumn<ClockOffset::Source>("source");
    QTest::addColumn<QString>("says");

    BothEnds ends = oneWayOf(Side::Client, false);
    ends.offsetUs = 1204;
    QTest::newRow("both directions") << ends << ClockOffset::Source::BothDirections
                                     << u"The clock of B is 1.204 ms ahead of A's; this assumes equal paths in both "
                                        "directions."_s;
    ends.offsetUs = -50;
    QTest::newRow("behind") << ends << ClockOffset::Source::BothDirections
                            << u"The clock of B is 0.050 ms behind A's; this assumes equal paths in both directions."_s;
    ends = oneWayOf(Side::Client, true);
    ends.offsetUs = -500'000;
    QTest::newRow("one direction only")
        << ends << ClockOffset::Source::OneDirection
        << u"The offset of the clocks is not known, because segments of only one direction are in both captures. The "
           "times of B are shown as if the fastest took no time."_s;
}

void TestJointCapture::offsets()
{
    QFETCH(const BothEnds, both);
    QFETCH(const ClockOffset::Source, source);
    QFETCH(const QString, says);
    const JointCapture joint = jointOf(both.captureAt(Side::Client), both.captureAt(Side::Server));
    QCOMPARE(joint.offset().source, source);
    QCOMPARE(joint.legend(0, joint.flows().at(0)).value(1), says);
    for (const Transit &transit : joint.flows().at(0).transits()->rows)
        QVERIFY(transit.fate == Transit::Fate::Arrived && transit.arrivalUs >= transit.departureUs);
}

/// A clock that is slow by 100 ppm for an hour: no single offset fits, but nothing arrives before it departs, and
/// nothing is called lost.
void TestJointCapture::drift()
{
    BothEnds ends = BothEnds::of(slowHandshake + u"c> PA 24, s> PA 12 after=10, c> A after=10, c> PA 24 after=3600000, "
                                                 "s> PA 12 after=10, c> A after=10"_s);
    std::vector<Segment> server = ends.captureAt(Side::Server);
    for (Segment &segment : server)
        segment.timeUs += (segment.timeUs - SegmentScript::firstUs) / 10'000;
    const JointCapture joint = jointOf(ends.captureAt(Side::Client), server);
    QVERIFY(!joint.offset().fits);
    QVERIFY(joint.legend(0, joint.flows().at(0)).value(1).contains(u"No single offset fits"_s));
    const Flow &flow = joint.flows().at(0);
    QCOMPARE(flow.count(), 9);
    for (const Transit &transit : flow.transits()->rows)
        QVERIFY(transit.fate == Transit::Fate::Arrived && transit.arrivalUs >= transit.departureUs);
}

void TestJointCapture::ends_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("hops");
    QTest::addColumn<bool>("isAssumed");

    QTest::newRow("by time to live") << slowHandshake + u"c> PA 24, s> A after=10"_s << 3 << false;
    QTest::newRow("by delays") << slowHandshake + u"c> PA 24, s> A after=10"_s << 0 << false;
    QTest::newRow("begins midway, by delays") << u"c> PA 24, s> A after=10"_s << 0 << false;
    QTest::newRow("one direction, by time to live") << u"c> PA 24, c> PA 24 after=100"_s << 3 << false;
    QTest::newRow("one direction, nothing tells") << u"c> PA 24, c> PA 24 after=100"_s << 0 << true;
}

void TestJointCapture::ends()
{
    QFETCH(const QString, script);
    QFETCH(const int, hops);
    QFETCH(const bool, isAssumed);
    const BothEnds ends = BothEnds::of(script);
    std::vector<Segment> client = ends.captureAt(Side::Client);
    std::vector<Segment> server = ends.captureAt(Side::Server);
    for (std::vector<Segment> *capture : {&client, &server}) {
        for (Segment &segment : *capture) {
            const bool isReceived = (segment.source.port == 8700) == (capture == &client);
            segment.timeToLive = quint8(64 - (isReceived ? hops : 0));
        }
    }
    const JointCapture joint = jointOf(client, server);
    QCOMPARE(joint.flows().at(0).transits()->captureAt[size_t(Side::Client)], 0);
    QCOMPARE(joint.flows().at(0).transits()->isEndAssumed, isAssumed);
    QCOMPARE(joint.legend(0, joint.flows().at(0)).constFirst().contains(u"assumed"_s), isAssumed);
    const JointCapture other = jointOf(server, client);
    QCOMPARE(other.flows().at(0).transits()->captureAt[size_t(Side::Client)], isAssumed ? 0 : 1);
}

void TestJointCapture::translators_data()
{
    QTest::addColumn<quint32>("numbers");
    QTest::addColumn<bool>("isUnique");

    QTest::newRow("addresses and ports") << 0U << true;
    QTest::newRow("the same numbers twice") << 0U << false;
}

/// Between the ends, a translator changes the client's address and port.
void TestJointCapture::translators()
{
    QFETCH(const quint32, numbers);
    QFETCH(const bool, isUnique);
    const BothEnds ends = BothEnds::of(slowHandshake + u"c> PA 24, s> A after=10"_s);
    std::vector<Segment> server = ends.captureAt(Side::Server);
    const SocketAddress outside{.address = {203, 0, 113, 7}, .port = 61000};
    for (Segment &segment : server) {
        (segment.source.port == 51964 ? segment.source : segment.destination) = outside;
        segment.sequence += segment.source == outside ? numbers : 0;
    }
    if (!isUnique) {
        const size_t count = server.size();
        for (size_t i = 0; i < count; ++i) {
            Segment copy = server[i];
            (copy.source == outside ? copy.source : copy.destination).port = 61001;
            server.push_back(copy);
        }
    }
    const JointCapture joint = jointOf(ends.captureAt(Side::Client), server);
    QCOMPARE(joint.error().isEmpty(), isUnique);
    if (!isUnique)
        return;
    const Flow &flow = joint.flows().at(0);
    QCOMPARE(flow.address(Side::Client).text(), u"127.0.0.1:51964"_s);
    QCOMPARE(flow.transits()->seenAs[0].text(), u"203.0.113.7:61000"_s);
    QCOMPARE(flow.transits()->seenAs[1].port, 0);
    QCOMPARE(textOf(joint), (QStringList{u"c 0:24 21>31"_s, u"s 0:0 31>41"_s}));
}

void TestJointCapture::triedAgain_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("headings"); // with their rows

    const QString accepted = u"c> S seq=-1 after=500, s> SA after=10, c> A after=10, c> PA 9"_s;
    const QString refused = u"# The TCP handshake, refused"_s;
    const QString opened = u"# The TCP three-way handshake"_s;
    const QString data = u"# Send / Recv data"_s;
    QTest::newRow("refused once") << u"c> S, s> RA after=10, "_s + accepted
                                  << QStringList{u"0 "_s + refused, u"2 "_s + opened, u"5 "_s + data};
    QTest::newRow("refused twice") << u"c> S, s> RA after=10, c> S seq=-1 after=500, s> RA after=10, "_s + accepted
                                   << QStringList{u"0 "_s + refused, u"2 "_s + refused, u"4 "_s + opened,
                                                  u"7 "_s + data};
    // Only the server's capture has the RST, and would say the same as in the first row.
    QTest::newRow("the RST was lost") << u"c> S, s> RA after=10 lost, "_s + accepted
                                      << QStringList{u"0 "_s + opened, u"5 "_s + data};
}

/// A SYN with the number of a refused one belongs to the connection that is accepted later.
void TestJointCapture::triedAgain()
{
    QFETCH(const QString, script);
    const BothEnds ends = BothEnds::of(script);
    const JointCapture joint = jointOf(ends.captureAt(Side::Client), ends.captureAt(Side::Server));
    QCOMPARE(joint.flows().count(), 1);
    const Flow &flow = joint.flows().at(0);
    QStringList headings;
    for (const Heading &heading : flow.headings())
        headings.append(u"%1 %2"_s.arg(heading.row).arg(heading.text));
    QTEST(headings, "headings");
    QCOMPARE(flow.state(Side::Client), TcpState::Established);
    QCOMPARE(flow.state(Side::Server), TcpState::Established);
}

/// One that both captures have, one that only the server's has, and one that uses the port of the first again.
void TestJointCapture::severalConnections()
{
    const QString closed = slowHandshake + u"c> PA 24, s> A after=10, c> R after=20"_s;
    const BothEnds first = BothEnds::of(closed, SegmentScript(1000, 2000, 50001));
    const BothEnds own = BothEnds::of(slowHandshake, SegmentScript(7000, 8000, 50002));
    const BothEnds again = BothEnds::of(slowHandshake + u"c> PA 9"_s, SegmentScript(500, 600, 50001));
    std::array<std::vector<Segment>, 2> captures;
    const auto add = [&captures](const BothEnds &ends, Side side, qint64 afterUs) {
        for (Segment segment : ends.captureAt(side)) {
            segment.timeUs += afterUs;
            captures[size_t(side)].push_back(segment);
        }
    };
    for (const Side side : {Side::Client, Side::Server}) {
        add(first, side, 0);
        if (side == Side::Server)
            add(own, side, 1'000'000);
        add(again, side, 2'000'000);
    }
    const JointCapture joint = jointOf(captures[0], captures[1]);
    QCOMPARE(joint.flows().count(), 3);
    QVERIFY(joint.flows().at(0).transits() && joint.flows().at(2).transits());
    QVERIFY(!joint.flows().at(1).transits());
    QVERIFY(joint.origin(1).isOfOne());
    QCOMPARE(joint.origin(1).flows[1], 1);
    QCOMPARE(joint.origin(2).flows, (std::array{1, 2}));
    QCOMPARE(joint.notes(), QStringList{u"One connection is in one of the captures only."_s});
    // The times of the second capture are on the clock of the first.
    QCOMPARE(joint.flows().at(1).at(0).timeUs - joint.flows().at(0).at(0).timeUs, 1'010'000);
}

/// A router's error stays one.
void TestJointCapture::icmpError()
{
    const BothEnds ends = BothEnds::of(slowHandshake + u"c> PA 1400 lost, c> PA 700 seq=0 after=20, s> A after=10"_s);
    std::vector<Segment> client = ends.captureAt(Side::Client);
    Segment error = errorSegment(SegmentScript(), u"!mtu1300 by 254"_s, client[3]);
    error.timeUs = client[3].timeUs + 1000;
    client.insert(client.begin() + 4, error);
    const JointCapture joint = jointOf(client, ends.captureAt(Side::Server));
    const Flow &flow = joint.flows().at(0);
    QVERIFY(flow.error(5)); // behind both halves of the lost segment
    QVERIFY(flow.at(5).has(FlowSegment::Icmp));
}

void TestJointCapture::nothingShared()
{
    const BothEnds one = BothEnds::of(slowHandshake, SegmentScript(1000, 2000, 50001));
    const BothEnds other = BothEnds::of(slowHandshake, SegmentScript(7000, 8000, 50002));
    const JointCapture joint = jointOf(one.captureAt(Side::Client), other.captureAt(Side::Server));
    QVERIFY(joint.error().contains(u"share no connection"_s));
    const BothEnds reused = BothEnds::of(slowHandshake, SegmentScript(7000, 8000, 50001));
    QVERIFY(!jointOf(one.captureAt(Side::Client), reused.captureAt(Side::Server)).error().isEmpty());
}

void TestJointCapture::samePlace()
{
    const BothEnds ends = BothEnds::of(slowHandshake + u"c> PA 24, s> A after=10"_s);
    const std::vector<Segment> client = ends.captureAt(Side::Client);
    const JointCapture same = jointOf(client, client);
    QVERIFY(same.isOfOnePlace());
    QVERIFY(same.notes().constFirst().contains(u"are the same capture"_s));
    QCOMPARE(same.flows().at(0).count(), 5);
    QVERIFY(!same.flows().at(0).transits());
    std::vector<Segment> later = client;
    for (Segment &segment : later)
        segment.timeUs += 500;
    later.pop_back();
    const JointCapture place = jointOf(later, client);
    QVERIFY(place.isOfOnePlace());
    QVERIFY(place.notes().constFirst().contains(u"were captured at the same place"_s));
    QCOMPARE(place.flows().at(0).count(), 5);
}

/// The lines of both files are in the order of time, and name their file.
void TestJointCapture::lines()
{
    const BothEnds ends = BothEnds::of(slowHandshake + u"c> A 100 lost, c> A 100 seq=0 after=9, s> A after=10"_s);
    const JointCapture joint = jointOf(ends.captureAt(Side::Client), ends.captureAt(Side::Server));
    const Flow &flow = joint.flows().at(0);
    QStringList files;
    for (qsizetype line = 0; line < joint.lineCount(flow); ++line) {
        std::string text;
        joint.appendLine(0, flow, line, false, text);
        QVERIFY(text.find(" IP 127.0.0.1.") != std::string::npos);
        files.append(QString::fromStdString(text.substr(0, 2)) + QString::number(joint.rowOfLine(flow, line)));
    }
    QCOMPARE(files.join(u' '), u"A 0 B 0 B 1 A 1 A 2 A 3 A 4 B 2 B 4 B 5 A 5"_s);
    for (qsizetype row = 0; row < flow.count(); ++row)
        QCOMPARE(joint.rowOfLine(flow, joint.lineOfRow(flow, row)), row);
}

/// Data that left before the FIN arrives after it: its receiver is in FIN-WAIT-1 by then. The FIN arrives before its
/// sender's data.
void TestJointCapture::statesWhenSegmentsArrive()
{
    const BothEnds ends = BothEnds::of(slowHandshake + u"s> PA 12 after=15 delay=30, c> FA ack=0, c> A after=30, "
                                                       "s> A after=10, s> FA, c> A after=20"_s);
    const JointCapture joint = jointOf(ends.captureAt(Side::Client), ends.captureAt(Side::Server));
    const Flow &flow = joint.flows().at(0);
    QCOMPARE(flow.at(3).senderState, TcpState::Established);
    QCOMPARE(flow.at(3).receiverState, TcpState::FinWait1);
    QCOMPARE(flow.at(4).receiverState, TcpState::CloseWait);
    QCOMPARE(flow.state(Side::Client), TcpState::TimeWait);
    QCOMPARE(flow.state(Side::Server), TcpState::Closed);
}

/// The network doubles the first packet of both captures, and the last one, on a way that is faster than the one back.
void TestJointCapture::doubledAtTheEdges()
{
    const BothEnds ends =
        BothEnds::of(u"c> S delay=2 twice, s> SA after=10 delay=20, c> A after=30 delay=2, c> PA 24 delay=2, "
                     "s> A after=10 delay=20, c> A after=25 delay=2 twice"_s);
    const JointCapture joint = jointOf(ends.captureAt(Side::Client), ends.captureAt(Side::Server));
    const Flow &flow = joint.flows().at(0);
    QCOMPARE(flow.count(), qsizetype(8));
    for (const size_t row : {0, 6})
        QVERIFY(!flow.transits()->rows[row].isDuplicate && flow.transits()->rows[row + 1].isDuplicate);
}

REGISTER_TEST(TestJointCapture)
#include "tst_jointcapture.moc"
