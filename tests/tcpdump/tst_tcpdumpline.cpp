// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/registertest.h"
#include "support/skip.h"
#include "support/tcpdumplines.h"

#include <QHash>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include <ctime>

using Packets::Packet;
using Packets::Tcp;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(QList<Packet>)

/// Compares every line with what tcpdump prints for the same bytes.
class TestTcpdumpLine : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();
    void equalsTcpdump_data();
    void equalsTcpdump();
    void localTime_data();
    void localTime();
    void plainLine();

private:
    QString m_tcpdump; ///< empty: not installed
};

namespace {

constexpr qint64 firstSecond = 1700000000;
constexpr std::array linkTypes{0, 1, 12, 101, 108, 113, 228, 229, 276};

void setZone(const QByteArray &zone)
{
    qputenv("TZ", zone);
    tzset();
}

/// tcpdump's lines by their times, which differ. Omits what tcpdump prints between the time and IP, and lines that
/// are not about IP.
QHash<QByteArray, QByteArray> linesByTime(const QByteArray &output)
{
    static const QRegularExpression line(
        "^(\\d\\d:\\d\\d:\\d\\d\\.\\d{6}) (?:\\S+ +(?:In|Out|B|M|P|\\?) +)?(?:ethertype IPv[46], )?(IP6? .*)$");
    QHash<QByteArray, QByteArray> lines;
    for (const QByteArray &text : output.split('\n')) {
        const auto match = line.match(QString::fromLatin1(text));
        if (match.hasMatch())
            lines.insert(match.captured(1).toLatin1(),
                         match.captured(1).toLatin1() + ' ' + match.captured(2).toLatin1());
    }
    return lines;
}

/// The ports whose protocols tcpdump decodes.
bool isDecodedPort(quint16 port)
{
    constexpr std::array ports{21,  22,  23,  25,   43,   53,   80,   139,  179,  323,  445,
                               554, 639, 646, 1723, 2049, 6379, 6633, 6653, 8080, 8554, 10288};
    return std::find(ports.begin(), ports.end(), port) != ports.end();
}

bool isSegment(const QByteArray &line)
{
    static const QRegularExpression flags(": Flags \\[(none|[FSRP.UEW]+)\\]");
    return flags.match(QString::fromLatin1(line)).hasMatch();
}

/// Whether the line shows a segment inside a tunnel, which the capture itself does not contain.
bool isTunnelled(const QByteArray &line)
{
    static const QRegularExpression inner("( IP6? .*){2}|GRE|Flags \\[.*\\].* Flags \\[");
    return inner.match(QString::fromLatin1(line)).hasMatch();
}

/// Whether the length in the IP header is 0, which tcpdump does not read as that of the frame.
bool isOfLengthZero(int linkType, const QByteArray &frame)
{
    const QByteArray ip = frame.mid(Packets::framed(linkType, Packets::ip4({})).size() - 20);
    return ip.size() > 5 && ip.mid((ip.at(0) & 0xf0) == 0x60 ? 4 : 2, 2) == Packets::be16(0);
}

/// Returns an empty array if everything is equal, or otherwise which packet differs, and how.
QByteArray difference(const QString &tcpdump, int linkType, const QList<Packet> &packets, bool isRelative)
{
    const QByteArray capture = Packets::pcap(linkType, packets, quint32(firstSecond));
    const auto expected = linesByTime(Tcpdump::output(tcpdump, capture, isRelative));
    RelativeNumbers numbers;
    for (qsizetype i = 0; i < packets.size(); ++i) {
        Segment segment;
        const qint64 timeUs = firstSecond * 1000000 + i;
        const auto decoded =
            Decoder::decode(linkType, Packets::captured(packets.at(i), timeUs, quint32(i + 1)), segment);
        segment.timeUs = timeUs;
        std::time_t second = timeUs / 1000000;
        char time[32] = "";
        std::strftime(time, sizeof time, "%H:%M:%S.", std::localtime(&second));
        QByteArray theirs = expected.value(time + QByteArray::number(timeUs % 1000000).rightJustified(6, '0'));
        if (isOfLengthZero(linkType, packets.at(i).bytes) && !isSegment(theirs))
            continue;
        QByteArray line;
        if (decoded == Decoded::Segment)
            line = TcpdumpLines::textOf(segment, isRelative ? numbers.originOf(segment) : SequenceOrigin());
        const bool isEqual =
            decoded == Decoded::Segment
                ? line == theirs || (theirs.startsWith(line) &&
                                     (isDecodedPort(segment.source.port) || isDecodedPort(segment.destination.port)))
                : !isSegment(theirs) || isTunnelled(theirs);
        if (!isEqual)
            return "packet " + QByteArray::number(i) + " of link type " + QByteArray::number(linkType) + ": " +
                   packets.at(i).bytes.toHex() + " of " + QByteArray::number(packets.at(i).wireLength()) + "\n  is  " +
                   line + "\n  not " + theirs;
    }
    return {};
}

QList<QByteArray> interestingOptions()
{
    QList<QByteArray> options;
    // Every kind with every length, valid or not.
    for (const int kind :
         {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 18, 19, 20, 27, 28, 29, 30, 34, 69, 253, 254, 255}) {
        for (int length = 0; length <= 40; ++length) {
            QByteArray option = Packets::byte(kind) + Packets::byte(length);
            for (int i = 2; i < length; ++i)
                option += Packets::byte(i * 37 + length);
            options += option;
            options += "\1\1" + option.left(36) + "\1\1";
        }
    }
    // Multipath TCP: every subtype, its four other bits and flags, every length.
    for (int subtype = 0; subtype < 16; ++subtype) {
        for (int length = 3; length <= 40; ++length) {
            for (const int low : {0, 1, 4, 6, 15}) {
                QByteArray option = Packets::byte(30) + Packets::byte(length) + Packets::byte(subtype << 4 | low);
                for (int i = 3; i < length; ++i)
                    option += Packets::byte(i * 29 + length * 7 + low);
                options += option.left(40);
            }
        }
    }
    for (int size = 0; size <= 20; ++size) // Fast Open, in both encodings
        options += Packets::byte(254) + Packets::byte(4 + size) + QByteArray::fromHex("f989") + QByteArray(size, 'c');
    for (int flags = 0; flags < 32; ++flags) { // Multipath TCP's data sequence signal
        for (int size = 0; size <= 28; ++size)
            options += Packets::byte(30) + Packets::byte(4 + size) + Packets::byte(0x20) + Packets::byte(flags) +
                       QByteArray(size, '\x81');
    }
    return options;
}

QList<Packet> withOptions()
{
    QList<Packet> packets;
    for (const QByteArray &options : interestingOptions()) {
        for (const int flags : {+Segment::Ack, +Segment::Syn, Segment::Syn | Segment::Ack})
            packets += Packet{
                Packets::ip4(Tcp{.flags = quint16(flags), .options = options.left(40), .payload = "abc"}.bytes())};
    }
    return packets;
}

QList<Packet> withFlags()
{
    QList<Packet> packets;
    for (int flags = 0; flags < 0x200; ++flags) {
        packets += Packet{Packets::ip4(Tcp{.flags = quint16(flags)}.bytes())};
        packets += Packet{Packets::ip6(Tcp{.flags = quint16(flags), .payload = "x"}.bytes())};
    }
    return packets;
}

QList<Packet> withExtensionHeaders()
{
    using namespace Packets;
    const QByteArray tcp = Tcp{.payload = "abc"}.bytes();
    const auto options = [](int next, const QByteArray &value = QByteArray::fromHex("010400000000")) {
        return byte(next) + byte(int(value.size() + 2) / 8 - 1) + value;
    };
    const auto authentication = [](int next, int size) {
        return byte(next) + byte((12 + size) / 4 - 2) + be16(0) + be32(0x1234) + be32(5) + QByteArray(size, '\7');
    };
    QList<QByteArray> all{
        ip6(options(6) + tcp, 0),
        ip6(options(6) + tcp, 60),
        ip6(options(60) + options(6) + tcp, 0),
        ip6(options(0) + options(6) + tcp, 0),
        ip6(options(0) + options(6) + tcp, 60),
        ip6(options(6, QByteArray::fromHex("c20400010000")) + tcp, 0, 0),
        ip6(options(6, QByteArray::fromHex("c20400000200")) + tcp, 0, 0),
        ip6(options(6, QByteArray::fromHex("c204ffffffff")) + tcp, 0, 0),
        ip6(options(6, QByteArray::fromHex("c20400010000")) + tcp, 0),
        ip6(options(6, QByteArray::fromHex("050200000100")) + tcp, 0),
        ip6(options(6, QByteArray::fromHex("050300000100")) + tcp, 0),
        ip6(options(6, QByteArray::fromHex("010400000009")) + tcp, 0),
        ip6(byte(6) + byte(0) + be16(0) + be32(9) + tcp, 44),
        ip6(byte(6) + byte(0) + be16(1) + be32(9) + tcp, 44),
        ip6(byte(6) + byte(0) + be16(8) + be32(9) + tcp, 44),
        ip6(options(44) + byte(6) + byte(0) + be16(1) + be32(9) + tcp, 60),
        ip4(authentication(6, 12) + tcp, 51),
        ip4(authentication(51, 12) + authentication(6, 4) + tcp, 51),
        ip6(authentication(6, 0) + tcp, 51),
        ip6(options(51) + authentication(6, 12) + tcp, 0),
        ip6(authentication(60, 12) + options(6) + tcp, 51),
        ip6(byte(6) + byte(0) + be16(0) + be32(1) + be32(2) + tcp, 51),
        ip6(tcp, 6, 0),
    };
    for (int type = 0; type < 6; ++type) {
        for (int units = 0; units < 6; ++units) {
            for (const quint32 reserved : {0U, 0x01020304U})
                all += ip6(byte(6) + byte(units) + byte(type) + byte(1) + be32(reserved) +
                               QByteArray(units * 8, '\x21') + tcp,
                           43);
        }
    }
    QList<Packet> packets;
    for (const QByteArray &bytes : all) {
        for (qsizetype size = 1; size < bytes.size(); ++size)
            packets += Packet{bytes.left(size), quint32(bytes.size())};
        packets += Packet{bytes};
        packets += Packet{bytes + "padding"};
        packets += Packet{bytes.chopped(2)};
    }
    return packets;
}

/// Ordinary and unusual segments of both IP versions.
QList<QByteArray> ordinary()
{
    using namespace Packets;
    const QByteArray some = QByteArray::fromHex("0204ffd7"
                                                "0402"
                                                "080a00010203040506070103030a");
    const QByteArray sack = QByteArray::fromHex("0101051200001000000020000000300000004000");
    QList<QByteArray> all;
    for (const bool is6 : {false, true}) {
        const QList<QByteArray> segments{
            Tcp{.flags = Segment::Syn, .options = some}.bytes(),
            Tcp{.flags = Segment::Syn | Segment::Ack, .options = some}.bytes(),
            Tcp{.flags = Segment::Psh | Segment::Ack, .options = sack, .payload = "0123456789"}.bytes(),
            Tcp{.sequence = 0xfffffffe, .flags = Segment::Fin | Segment::Ack, .payload = "0123456789"}.bytes(),
            Tcp{.flags = Segment::Rst}.bytes(),
            Tcp{.flags = Segment::Urg | Segment::Ack, .payload = "u"}.bytes(),
            Tcp{.payload = "0123", .headerWords = 4}.bytes(),
            Tcp{.payload = "0123", .headerWords = 15}.bytes(),
            Tcp{.options = QByteArray(8, '\0'), .payload = "0123"}.bytes(),
            Tcp{.options = QByteArray::fromHex("1e044000080a0000000100000002")}.bytes(),
            Tcp{.options = QByteArray::fromHex("1312") + QByteArray(16, 'm'), .payload = "signed"}.bytes(),
        };
        for (const QByteArray &segment : segments) {
            all += is6 ? ip6(segment) : ip4(segment);
            all += is6 ? ip6(segment, 6, int(segment.size()) + 9) : ip4(segment, 6, QByteArray(8, '\1'));
            all += is6 ? ip6(segment, 6, int(segment.size()) - 1) : ip4(segment, 6, {}, int(segment.size()) + 29);
        }
    }
    all += ip4(Tcp{}.bytes(), 6, {}, 0);
    all += ip4(Tcp{.payload = "abc"}.bytes(), 6, {}, -1, 0x2000);
    all += ip4(Tcp{.payload = "abc"}.bytes(), 6, {}, -1, 0x2001);
    all += ip4(QByteArray(8, 'u'), 17);
    const QByteArray segment = Tcp{.options = some, .payload = "abc"}.bytes();
    all += ip6(QByteArray::fromHex("2b00010400000000"
                                   "2c0200010000000000000000000000000000000000000001"
                                   "0600000100000009") +
                   segment,
               0);
    all += ip6(QByteArray::fromHex("0600c20400010010") + segment, 0, 0);
    all += ip6(QByteArray::fromHex("0604000200000000") + QByteArray(32, '\3') + segment, 43);
    all += ip4(QByteArray::fromHex("060300000000123400000001aabbccdd").left(20) + QByteArray(4, 'i') + segment, 51);
    return all;
}

/// Each packet, cut at every length.
QList<Packet> atEverySnapLength(int linkType)
{
    QList<Packet> packets;
    for (const QByteArray &bytes : ordinary()) {
        const QByteArray frame = Packets::framed(linkType, bytes);
        for (qsizetype size = 1; size <= frame.size(); ++size)
            packets += Packet{frame.left(size), quint32(frame.size())};
        packets += Packet{frame + "padding"};
        packets += Packet{frame, quint32(frame.size() + 10)};
    }
    return packets;
}

QList<Packet> withTags()
{
    QList<Packet> packets;
    for (const char *tags : {"81000001",
                             "88a80001"
                             "81000002",
                             "91000001",
                             "92000001"
                             "81000002"
                             "88a80003"}) {
        const QByteArray frame = QByteArray(12, '\2') + QByteArray::fromHex(tags) + Packets::be16(0x0800) +
                                 Packets::ip4(Tcp{.payload = "tagged"}.bytes());
        for (qsizetype size = 1; size <= frame.size(); ++size)
            packets += Packet{frame.left(size), quint32(frame.size())};
    }
    return packets;
}

QList<Packet> mutated(int linkType, quint32 seed)
{
    QRandomGenerator random(seed);
    const QList<QByteArray> bases = ordinary();
    QList<Packet> packets;
    for (int i = 0; i < 4000; ++i) {
        QByteArray frame = Packets::framed(linkType, bases.at(random.bounded(bases.size())));
        const qsizetype headerBytes = Packets::framed(linkType, Packets::ip4({})).size() - 20;
        for (int n = random.bounded(1, 5); n > 0; --n)
            frame[random.bounded(headerBytes, frame.size())] = char(random.bounded(256));
        Packet packet{frame, quint32(frame.size())};
        if (random.bounded(3) == 0)
            packet.bytes.truncate(random.bounded(qsizetype(1), frame.size() + 1));
        if (random.bounded(5) == 0)
            packet.length += quint32(random.bounded(30));
        packets += packet;
    }
    return packets;
}

/// Connections between few addresses and ports, in any order, repeated, starting in the middle, in both directions.
QList<Packet> manyConnections(quint32 seed)
{
    QRandomGenerator random(seed);
    QList<Packet> packets;
    for (int i = 0; i < 5000; ++i) {
        const auto port = [&random] { return quint16(7000 + random.bounded(4)); };
        Tcp tcp{.from = port(), .to = port(), .sequence = random.generate(), .acknowledgement = random.generate()};
        tcp.flags = random.bounded(8) == 0 ? quint16(random.bounded(512)) : quint16(Segment::Ack);
        if (random.bounded(4) == 0)
            tcp.options =
                QByteArray::fromHex("0101050a") + Packets::be32(random.generate()) + Packets::be32(random.generate());
        if (random.bounded(50) == 0)
            tcp.headerWords = random.bounded(16);
        tcp.payload = QByteArray(random.bounded(5), 'p');
        QByteArray bytes = random.bounded(2) == 0
                               ? Packets::ip4(tcp.bytes(), 6, {}, -1, 0, quint8(random.bounded(1, 4)))
                               : Packets::ip6(tcp.bytes(), 6, -1, quint8(random.bounded(1, 4)));
        const auto length = quint32(bytes.size());
        if (random.bounded(50) == 0)
            bytes.truncate(random.bounded(20, int(length)));
        packets += Packet{bytes, length};
    }
    return packets;
}

QList<Packet> wrongLengths()
{
    const QByteArray bytes = Packets::ip4(Tcp{.payload = "abc"}.bytes());
    return {{bytes, 1}, {bytes, 262144}, {bytes, 262145}, {bytes, 0xffffffff}, {bytes}};
}

} // namespace

void TestTcpdumpLine::initTestCase()
{
    setZone("UTC");
    m_tcpdump = Tcpdump::program();
}

void TestTcpdumpLine::cleanup()
{
    setZone("UTC");
}

void TestTcpdumpLine::equalsTcpdump_data()
{
    QTest::addColumn<int>("linkType");
    QTest::addColumn<QList<Packet>>("packets");

    QTest::newRow("every option with every length") << 101 << withOptions();
    QTest::newRow("every combination of flags") << 101 << withFlags();
    QTest::newRow("extension headers, cut everywhere") << 101 << withExtensionHeaders();
    QTest::newRow("VLAN tags, cut everywhere") << 1 << withTags();
    QTest::newRow("many connections") << 101 << manyConnections(7);
    QTest::newRow("records with wrong lengths") << 101 << wrongLengths();
    for (const int linkType : linkTypes) {
        QTest::addRow("cut at every length, link type %d", linkType) << linkType << atEverySnapLength(linkType);
        QTest::addRow("mutated, link type %d", linkType) << linkType << mutated(linkType, quint32(linkType + 1));
    }
}

void TestTcpdumpLine::equalsTcpdump()
{
    if (m_tcpdump.isEmpty())
        SKIP_OR_FAIL(QString("tcpdump is not installed, its lines cannot be compared"));
    QFETCH(const int, linkType);
    QFETCH(const QList<Packet>, packets);
    for (const bool isRelative : {false, true}) {
        const QByteArray different = difference(m_tcpdump, linkType, packets, isRelative);
        QVERIFY2(different.isEmpty(), different.constData());
    }
}

void TestTcpdumpLine::localTime_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<qint64>("timeUs");
    QTest::addColumn<QByteArray>("time");

    QTest::newRow("UTC") << QByteArray("UTC") << qint64(1700000000000042) << QByteArray("22:13:20.000042");
    QTest::newRow("a quarter of an hour off")
        << QByteArray("NPT-5:45") << qint64(1700000000999999) << QByteArray("03:58:20.999999");
    QTest::newRow("the first second of all") << QByteArray("UTC") << qint64(0) << QByteArray("00:00:00.000000");
    QTest::newRow("before 1970") << QByteArray("UTC") << qint64(-9'999'999) << QByteArray("23:59:50.000001");
    QTest::newRow("after 2038") << QByteArray("UTC") << qint64(4102444799000001) << QByteArray("23:59:59.000001");
}

void TestTcpdumpLine::localTime()
{
    QFETCH(const QByteArray, zone);
    QFETCH(const qint64, timeUs);
    setZone(zone);
    Segment segment;
    segment.timeUs = timeUs;
    QTEST(TcpdumpLines::textOf(segment).left(15), "time");
}

void TestTcpdumpLine::plainLine()
{
    Segment segment;
    const Packet packet{Packets::ip4(Tcp{.flags = Segment::Psh | Segment::Ack, .payload = "Hi, client!"}.bytes())};
    QCOMPARE(Decoder::decode(101, Packets::captured(packet), segment), Decoded::Segment);
    std::string line = "kept ";
    TcpdumpLine::append(segment, {990, 1990, 0}, line);
    QCOMPARE(
        line.c_str(),
        "kept 00:00:00.000000 IP 127.0.0.1.41000 > 127.0.0.2.8700: Flags [P.], seq 10:21, ack 10, win 500, length 11");
}

REGISTER_TEST(TestTcpdumpLine)
#include "tst_tcpdumpline.moc"
