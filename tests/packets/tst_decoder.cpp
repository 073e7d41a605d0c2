// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "packets/tunnel.h"
#include "support/packets.h"
#include "support/registertest.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using Packets::Packet;
using Packets::Tcp;
using namespace Qt::StringLiterals;

class TestDecoder : public QObject
{
    Q_OBJECT

private slots:
    void everyField();
    void links_data();
    void links();
    void results_data();
    void results();
    void odd_data();
    void odd();
    void lengthZero_data();
    void lengthZero();
    void tunnels_data();
    void tunnels();
    void addressesInsideATunnel();
    void icmpErrors_data();
    void icmpErrors();
    void icmpWithoutSegment_data();
    void icmpWithoutSegment();
    void cutHeader();
    void cutOptions();
    void readsNothingBeyond();
};

namespace {

/// Bytes on the heap of exactly their size, so that a sanitizer sees who reads further.
Decoded decodeExactly(int linkType, const QByteArray &bytes, quint32 length, Segment &segment)
{
    const std::vector<uchar> exact(bytes.begin(), bytes.end());
    return Decoder::decode(linkType, {exact.data(), quint32(exact.size()), length, 5, 9}, segment);
}

Decoded decode(int linkType, const QByteArray &bytes, Segment &segment)
{
    return decodeExactly(linkType, bytes, quint32(bytes.size()), segment);
}

} // namespace

void TestDecoder::everyField()
{
    Segment segment;
    const QByteArray options = QByteArray::fromHex("0204ffd70103030a");
    const QByteArray tcp = Tcp{.from = 41000,
                               .to = 8700,
                               .sequence = 0xfffffffe,
                               .acknowledgement = 0x01020304,
                               .flags = Segment::Ack | Segment::Psh | Segment::Ae,
                               .options = options,
                               .payload = "Hi, client!"}
                               .bytes();
    QCOMPARE(decode(101, Packets::ip4(tcp), segment), Decoded::Segment);
    QCOMPARE(segment.timeUs, 5);
    QCOMPARE(segment.frame, 9U);
    QCOMPARE(segment.source.text(), "127.0.0.1:41000");
    QCOMPARE(segment.destination.text(), "127.0.0.2:8700");
    QCOMPARE(segment.sequence, 0xfffffffeU);
    QCOMPARE(segment.acknowledgement, 0x01020304U);
    QCOMPARE(segment.flags, quint16(Segment::Ack | Segment::Psh | Segment::Ae));
    QCOMPARE(segment.window, 500);
    QCOMPARE(segment.urgent, 7);
    QCOMPARE(QByteArray(reinterpret_cast<const char *>(segment.options.data()), segment.optionBytes), options);
    QCOMPARE(int(segment.headerBytes), 28);
    QCOMPARE(int(segment.capturedBytes), 28);
    QCOMPARE(segment.length, 11U);
    QVERIFY(segment.isSound() && segment.capturedLength == 11 && !segment.oddities);

    QCOMPARE(decode(101, Packets::ip6(tcp), segment), Decoded::Segment);
    QCOMPARE(segment.source.text(), "[fe80::1]:41000");
    QCOMPARE(segment.destination.text(), "[2001:db8::1:0:0:2]:8700");
    QCOMPARE(segment.length, 11U);
}

void TestDecoder::links_data()
{
    QTest::addColumn<int>("linkType");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("is6");

    QTest::newRow("Ethernet") << 1 << QByteArray(12, 'e') + Packets::be16(0x0800) << false;
    QTest::newRow("Ethernet, IPv6") << 1 << QByteArray(12, 'e') + Packets::be16(0x86dd) << true;
    QTest::newRow("802.1Q") << 1 << QByteArray(12, 'e') + QByteArray::fromHex("810000010800") << false;
    QTest::newRow("QinQ") << 1 << QByteArray(12, 'e') + QByteArray::fromHex("88a800018100000286dd") << true;
    QTest::newRow("cooked v1") << 113 << QByteArray(14, 'c') + Packets::be16(0x0800) << false;
    QTest::newRow("cooked v1, tagged") << 113 << QByteArray(14, 'c') + QByteArray::fromHex("8100000186dd") << true;
    QTest::newRow("cooked v2") << 276 << Packets::be16(0x86dd) + QByteArray(18, 'c') << true;
    QTest::newRow("PPP") << 9 << QByteArray::fromHex("ff030021") << false;
    QTest::newRow("PPP, IPv6") << 9 << QByteArray::fromHex("ff030057") << true;
    QTest::newRow("PPP without address and control") << 9 << QByteArray::fromHex("0021") << false;
    QTest::newRow("PPP with a direction") << 166 << QByteArray::fromHex("01030021") << false;
    QTest::newRow("PPP on a serial line") << 50 << QByteArray::fromHex("ff030021") << false;
    QTest::newRow("Cisco's HDLC") << 50 << QByteArray::fromHex("0f0086dd") << true;
    QTest::newRow("802.11") << 105 << Packets::wireless({}) << false;
    QTest::newRow("802.11 with quality of service") << 105 << Packets::wireless({}, 0x88, 1, 26) << false;
    QTest::newRow("802.11 between access points") << 105 << Packets::wireless({}, 0x08, 3, 30) << false;
    QTest::newRow("radiotap, padded") << 127
                                      << Packets::radiotap(2, QByteArray(1, '\x20'), Packets::wireless({}, 0x88, 1, 28))
                                      << false;
    QTest::newRow("LLC and SNAP on cooked v1")
        << 113 << QByteArray(14, 'c') + Packets::be16(4) + Packets::snap({}) << false;
    for (const int linkType : {12, 14, 101, 228, 229}) {
        QTest::addRow("raw %d, IPv4", linkType) << linkType << QByteArray() << false;
        QTest::addRow("raw %d, IPv6", linkType) << linkType << QByteArray() << true;
    }
    for (const int linkType : {0, 108}) {
        for (const char *family : {"02000000", "00000002"})
            QTest::addRow("loopback %d, IPv4, %s", linkType, family)
                << linkType << QByteArray::fromHex(family) << false;
        for (const char *family :
             {"0a000000", "0000000a", "18000000", "00000018", "1c000000", "0000001c", "1e000000", "0000001e"})
            QTest::addRow("loopback %d, IPv6, %s", linkType, family) << linkType << QByteArray::fromHex(family) << true;
    }
}

void TestDecoder::links()
{
    QFETCH(const int, linkType);
    QFETCH(const QByteArray, header);
    QFETCH(const bool, is6);
    const QByteArray tcp = Tcp{.payload = "abc"}.bytes();
    Segment segment;
    QVERIFY(Decoder::knows(linkType));
    QCOMPARE(decode(linkType, header + (is6 ? Packets::ip6(tcp) : Packets::ip4(tcp)), segment), Decoded::Segment);
    QCOMPARE(int(segment.source.version), is6 ? 6 : 4);
    QCOMPARE(segment.source.port, 41000);
    QCOMPARE(segment.length, 3U);
    for (qsizetype size = 1; size < header.size(); ++size)
        QCOMPARE(decode(linkType, header.left(size), segment), Decoded::Cut);
}

void TestDecoder::results_data()
{
    QTest::addColumn<int>("linkType");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Decoded>("result");

    using namespace Packets;
    const QByteArray tcp = Tcp{.payload = "abc"}.bytes();
    const QByteArray laterFragment = byte(6) + byte(0) + be16(8) + be32(1);
    QTest::newRow("UDP") << 101 << ip4(tcp, 17) << Decoded::NotTcp;
    QTest::newRow("ARP") << 1 << QByteArray(12, 'e') + be16(0x0806) + tcp << Decoded::NotTcp;
    QTest::newRow("UDP in GRE") << 101 << ip4(gre(ip4(tcp, 17)), 47) << Decoded::NotTcp;
    QTest::newRow("ERSPAN") << 101 << ip4(gre(ip4(tcp), 0x88be), 47) << Decoded::Encapsulated;
    QTest::newRow("GRE of PPTP") << 101 << ip4(gre(ip4(tcp), 0x880b, 0x3001), 47) << Decoded::Encapsulated;
    QTest::newRow("half a GRE header") << 101 << ip4(gre({}, 0x0800, 0x2000), 47) << Decoded::Cut;
    QTest::newRow("ARP in GRE") << 101 << ip4(gre(tcp, 0x0806), 47) << Decoded::NotTcp;
    QTest::newRow("GRE's later fragment") << 101 << ip4(tcp, 47, {}, -1, 0x2001) << Decoded::Fragment;
    QTest::newRow("ESP") << 101 << ip4(tcp, 50) << Decoded::Encrypted;
    QTest::newRow("ESP in UDP") << 101 << ip4(udp(be32(7) + be32(1) + tcp, 4500), 17) << Decoded::Encrypted;
    QTest::newRow("IKE") << 101 << ip4(udp(be32(0) + be32(1) + tcp, 4500), 17) << Decoded::NotTcp;
    QTest::newRow("WireGuard") << 101 << ip4(udp(be32(0x04000000) + be32(1) + tcp, 51820), 17) << Decoded::Encrypted;
    QTest::newRow("MACsec") << 1 << ethernet(ip4(tcp), 0x88e5) << Decoded::Encrypted;
    QTest::newRow("Geneve") << 101 << ip4(udp(QByteArray::fromHex("0000655800002a00") + ethernet(ip4(tcp)), 6081), 17)
                            << Decoded::Encapsulated;
    QTest::newRow("GTP-U") << 101 << ip4(udp(QByteArray::fromHex("30ff002b00000001") + ip4(tcp), 2152), 17)
                           << Decoded::Encapsulated;
    QTest::newRow("DNS from Geneve's port") << 101 << ip4(udp(QByteArray(12, 'd'), 6081, 53), 17) << Decoded::NotTcp;
    QTest::newRow("ARP in VXLAN") << 101 << ip4(udp(vxlan(ethernet(tcp, 0x0806)), 4789), 17) << Decoded::NotTcp;
    QTest::newRow("half a VXLAN header") << 101 << ip4(udp(vxlan({}).left(4), 4789), 17) << Decoded::Cut;
    QTest::newRow("a UDP length of 8 in front of VXLAN")
        << 101 << ip4(be32(50000U << 16 | 4789) + be32(8U << 16) + vxlan(ethernet(ip4(tcp))), 17) << Decoded::Malformed;
    QTest::newRow("UDP, cut off") << 101 << ip4("abc", 17) << Decoded::NotTcp;
    QTest::newRow("Ethernet in MPLS") << 1 << ethernet(mplsLabel(16, true) + ethernet(ip4(tcp)), 0x8847)
                                      << Decoded::Encapsulated;
    QTest::newRow("MPLS, cut off") << 1 << ethernet(mplsLabel(16, false), 0x8847) << Decoded::Cut;
    QTest::newRow("PPPoE's discovery") << 1 << ethernet(QByteArray::fromHex("110900000000"), 0x8864) << Decoded::NotTcp;
    QTest::newRow("compressed TCP in PPP") << 9 << QByteArray::fromHex("ff03002d") + tcp << Decoded::Encapsulated;
    QTest::newRow("spanning tree") << 1 << ethernet(QByteArray::fromHex("4242030000"), 5) << Decoded::NotTcp;
    QTest::newRow("encrypted 802.11") << 105 << wireless(ip4(tcp), 0x08, 0x40) << Decoded::Encrypted;
    QTest::newRow("a beacon") << 105 << wireless(ip4(tcp), 0x80) << Decoded::NotTcp;
    QTest::newRow("an empty data frame") << 105 << wireless(ip4(tcp), 0x48) << Decoded::NotTcp;
    QTest::newRow("a radiotap header of 4 bytes")
        << 127 << QByteArray::fromHex("0000040000000000") << Decoded::Malformed;
    QTest::newRow("NFLOG of another family") << 239 << nflog(ip4(tcp), 3) << Decoded::NotTcp;
    QByteArray deep = ip4(tcp);
    for (int i = 0; i < Decoder::maxTunnels; ++i)
        deep = ip4(deep, 4);
    QTest::newRow("as many tunnels as are decoded") << 101 << deep << Decoded::Segment;
    QTest::newRow("one more tunnel") << 101 << ip4(deep, 4) << Decoded::DeepTunnel;
    QTest::newRow("AppleTalk on BSD loopback") << 0 << be32(16) + tcp << Decoded::NotTcp;
    QTest::newRow("a link type nobody knows") << 147 << ip4(tcp) << Decoded::UnknownLink;
    QTest::newRow("IPv4's first fragment") << 101 << ip4(tcp, 6, {}, -1, 0x2000) << Decoded::Segment;
    QTest::newRow("IPv4's later fragment") << 101 << ip4(tcp, 6, {}, -1, 0x2001) << Decoded::Fragment;
    QTest::newRow("UDP's later fragment") << 101 << ip4(tcp, 17, {}, -1, 0x2001) << Decoded::NotTcp;
    QTest::newRow("IPv6's later fragment") << 101 << ip6(laterFragment + tcp, 44) << Decoded::Fragment;
    QTest::newRow("version 5") << 101 << byte(0x55) + ip4(tcp).mid(1) << Decoded::Malformed;
    QTest::newRow("IPv6 where the link says IPv4")
        << 1 << QByteArray(12, 'e') + be16(0x0800) + ip6(tcp) << Decoded::Malformed;
    QTest::newRow("an IPv4 header of 16 bytes") << 101 << byte(0x44) + ip4(tcp).mid(1) << Decoded::Malformed;
    QTest::newRow("an IPv4 length of 0") << 101 << ip4(tcp, 6, {}, 0) << Decoded::Segment;
    QTest::newRow("an IPv4 length without ports") << 101 << ip4(tcp, 6, {}, 23) << Decoded::Malformed;
    QTest::newRow("an IPv6 length of 0") << 101 << ip6(tcp, 6, 0) << Decoded::Segment;
    QTest::newRow("a jumbo payload length of 1")
        << 101 << ip6(QByteArray::fromHex("0600c20400000001") + tcp, 0, 0) << Decoded::Segment;
    QTest::newRow("an IPv6 header longer than its PPPoE packet")
        << 1 << ethernet(QByteArray::fromHex("1100000100140057") + ip6(tcp, 0, 0), 0x8864) << Decoded::Malformed;
    QTest::newRow("nothing") << 101 << QByteArray() << Decoded::Malformed;
}

void TestDecoder::results()
{
    QFETCH(const int, linkType);
    QFETCH(const QByteArray, bytes);
    Segment segment;
    QTEST(decode(linkType, bytes, segment), "result");
}

void TestDecoder::odd_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("sound");
    QTest::addColumn<qint64>("tcpBytes");
    QTest::addColumn<QByteArray>("beforeAddresses");
    QTest::addColumn<QByteArray>("beforePorts");

    using namespace Packets;
    const Tcp tcp{.payload = "abc"};
    QTest::newRow("header too short") << ip4(Tcp{.payload = "abc", .headerWords = 4}.bytes()) << false << qint64(23)
                                      << QByteArray() << QByteArray();
    QTest::newRow("header too long") << ip4(Tcp{.payload = "abc", .headerWords = 6}.bytes()) << false << qint64(23)
                                     << QByteArray() << QByteArray();
    QTest::newRow("IPv4 promises more") << ip4(tcp.bytes(), 6, {}, 50) << true << qint64(-1)
                                        << QByteArray("truncated-ip - 7 bytes missing! ") << QByteArray();
    QTest::newRow("IPv6 promises more") << ip6(tcp.bytes(), 6, 30) << true << qint64(-1)
                                        << QByteArray("truncated-ip6 - 7 bytes missing!") << QByteArray();
    QTest::newRow("hop-by-hop options") << ip6(QByteArray::fromHex("0600010400000000") + tcp.bytes(), 0) << true
                                        << qint64(-1) << QByteArray() << QByteArray("HBH ");
    QTest::newRow("the first fragment") << ip6(QByteArray::fromHex("0600000100000007") + tcp.bytes(), 44) << true
                                        << qint64(-1) << QByteArray() << QByteArray("frag (0|23) ");
}

void TestDecoder::odd()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const qint64, tcpBytes);
    Segment segment;
    QCOMPARE(decode(101, bytes, segment), Decoded::Segment);
    QTEST(segment.isSound(), "sound");
    QVERIFY(segment.oddities);
    QCOMPARE(segment.oddities->tcpBytes, tcpBytes);
    QTEST(segment.oddities->beforeAddresses, "beforeAddresses");
    QTEST(segment.oddities->beforePorts, "beforePorts");
    QCOMPARE(segment.source.port, 41000);
}

void TestDecoder::lengthZero_data()
{
    QTest::addColumn<QByteArray>("bytes");

    using namespace Packets;
    const QByteArray tcp = Tcp{.payload = QByteArray(4000, 'x')}.bytes();
    QTest::newRow("IPv4") << ip4(tcp, 6, {}, 0);
    QTest::newRow("IPv6") << ip6(tcp, 6, 0);
    QTest::newRow("IPv6 with options that are not jumbo") << ip6(QByteArray::fromHex("0600010400000000") + tcp, 0, 0);
    QTest::newRow("IPv4 in GRE") << ip4(gre(ip4(tcp, 6, {}, 0)), 47);
    QTest::newRow("IPv4 around IPv4") << ip4(ip4(tcp, 6, {}, 0), 4, {}, 0);
}

/// A length of 0 in the IP header means that of the frame.
void TestDecoder::lengthZero()
{
    QFETCH(const QByteArray, bytes);
    Segment segment;
    QCOMPARE(decode(101, bytes, segment), Decoded::Segment);
    QVERIFY(segment.isSound() && segment.isWhole());
    QCOMPARE(segment.length, 4000U);
    QCOMPARE(decodeExactly(101, bytes.left(bytes.size() - 3990), quint32(bytes.size()), segment), Decoded::Segment);
    QCOMPARE(segment.length, 4000U);
    QCOMPARE(segment.capturedLength, 10U);
}

void TestDecoder::tunnels_data()
{
    QTest::addColumn<QByteArray>("one");
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<bool>("same");
    QTest::addColumn<QString>("name");

    using namespace Packets;
    const QByteArray inner = ip4(Tcp{}.bytes());
    const QByteArray inner6 = ip6(Tcp{}.bytes());
    const auto back = [](QByteArray outer) {
        const QByteArray source = outer.mid(12, 4);
        return outer.replace(12, 4, outer.mid(16, 4)).replace(16, 4, source);
    };
    const auto keyed = [&](quint32 key) { return ip4(gre(inner, 0x0800, 0x2000, be32(key)), 47); };
    const auto numbered = [&](quint32 network) { return ip4(udp(vxlan(ethernet(inner), network), 4789), 17); };
    const QByteArray plain = ip4(gre(inner), 47);
    QTest::newRow("no tunnel") << inner << inner << true << "";
    QTest::newRow("GRE and none") << plain << inner << false << "GRE";
    QTest::newRow("GRE, both ways") << plain << back(plain) << true << "GRE";
    QTest::newRow("GRE with another inner packet") << plain << ip4(gre(inner6, 0x86dd), 47) << true << "GRE";
    QTest::newRow("GRE to another end") << plain << ip4(gre(inner), 47, {}, -1, 0x4000, 9) << false << "GRE";
    QTest::newRow("GRE with keys") << keyed(1) << keyed(2) << false << "GRE";
    QTest::newRow("IP-in-IP and GRE") << ip4(inner, 4) << plain << false << "IP-in-IP";
    QTest::newRow("IPv6 in IPv6") << ip6(inner6, 41) << inner6 << false << "IP-in-IP";
    QTest::newRow("6in4") << ip4(inner6, 41) << ip4(inner, 4) << false << "6in4";
    QTest::newRow("VXLAN, both ways") << numbered(42) << back(numbered(42)) << true << "VXLAN";
    QTest::newRow("VXLAN, two networks") << numbered(42) << numbered(43) << false << "VXLAN";
    QTest::newRow("VXLAN in GRE, and alone") << ip4(gre(numbered(42)), 47) << numbered(42) << false << "VXLAN";
}

void TestDecoder::tunnels()
{
    QFETCH(const QByteArray, one);
    QFETCH(const QByteArray, other);
    Segment first;
    Segment second;
    QCOMPARE(decode(101, one, first), Decoded::Segment);
    QCOMPARE(decode(101, other, second), Decoded::Segment);
    QTEST(first.tunnel == second.tunnel, "same");
    QTEST(QString(Tunnel::name(first.tunnel)), "name");
}

/// Nothing of the outer addresses remains, whose versions may differ.
void TestDecoder::addressesInsideATunnel()
{
    using namespace Packets;
    const QByteArray inner = ip4(Tcp{}.bytes());
    Segment alone;
    QCOMPARE(decode(101, inner, alone), Decoded::Segment);
    for (const QByteArray &packet : {ip4(inner, 4), ip6(inner, 4), ip6(gre(inner), 47)}) {
        Segment segment;
        QCOMPARE(decode(101, packet, segment), Decoded::Segment);
        QVERIFY(segment.source == alone.source);
        QVERIFY(segment.destination == alone.destination);
    }
}

void TestDecoder::icmpErrors_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<IcmpError::Kind>("kind");
    QTest::addColumn<int>("code");
    QTest::addColumn<quint32>("mtu");
    QTest::addColumn<QString>("name");

    using enum IcmpError::Kind;
    const QByteArray tcp = Tcp{.from = 41000, .to = 8700, .sequence = 77}.bytes();
    const auto add4 = [&](const char *row, int type, int code, quint32 rest, IcmpError::Kind kind, quint32 mtu,
                          const QString &name) {
        QTest::newRow(row) << Packets::ip4(Packets::icmp(type, code, rest, Packets::ip4(tcp, 6, {}, -1, 0, 9)), 1)
                           << kind << code << mtu << name;
    };
    const auto add6 = [&](const char *row, int type, int code, quint32 rest, IcmpError::Kind kind, quint32 mtu,
                          const QString &name) {
        QTest::newRow(row) << Packets::ip6(Packets::icmp(type, code, rest, Packets::ip6(tcp, 6, -1, 9)), 58) << kind
                           << code << mtu << name;
    };
    add4("network", 3, 0, 0, Unreachable, 0, "network unreachable");
    add4("port", 3, 3, 0, Unreachable, 0, "port unreachable");
    add4("fragmentation needed", 3, 4, 1300, TooBig, 1300, "fragmentation needed");
    add4("fragmentation needed, no MTU", 3, 4, 0, TooBig, 0, "fragmentation needed");
    add4("prohibited", 3, 13, 0, Unreachable, 0, "administratively prohibited");
    add4("the last code with a name", 3, 15, 0, Unreachable, 0, "precedence cutoff in effect");
    add4("a code without a name", 3, 16, 0, Unreachable, 0, "destination unreachable, code 16");
    add4("source quench", 4, 0, 0, Other, 0, "source quench");
    add4("redirect", 5, 1, 0x0a000001, Other, 0, "redirect");
    add4("time exceeded", 11, 0, 0, TimeExceeded, 0, "time exceeded");
    add4("time exceeded, a code without a name", 11, 2, 0, TimeExceeded, 0, "time exceeded, code 2");
    add4("parameter problem", 12, 0, 0, ParameterProblem, 0, "parameter problem");
    add4("parameter problem, a code without a name", 12, 3, 0, ParameterProblem, 0, "parameter problem, code 3");
    add6("no route", 1, 0, 0, Unreachable, 0, "no route to destination");
    add6("port, IPv6", 1, 4, 0, Unreachable, 0, "port unreachable");
    add6("reject route", 1, 6, 0, Unreachable, 0, "reject route to destination");
    add6("source routing header", 1, 7, 0, Unreachable, 0, "error in source routing header");
    add6("headers too long", 1, 8, 0, Unreachable, 0, "headers too long");
    add6("a code without a name, IPv6", 1, 9, 0, Unreachable, 0, "destination unreachable, code 9");
    add6("the last code, IPv6", 1, 255, 0, Unreachable, 0, "destination unreachable, code 255");
    add6("packet too big", 2, 0, 70000, TooBig, 70000, "packet too big");
    add6("time exceeded, IPv6", 3, 0, 0, TimeExceeded, 0, "time exceeded");
    add6("parameter problem, IPv6", 4, 1, 6, ParameterProblem, 0, "parameter problem");
    add6("parameter problem, a code without a name, IPv6", 4, 4, 6, ParameterProblem, 0, "parameter problem, code 4");
    add6("a type without a name", 5, 0, 0, Other, 0, "error of type 5");
    add6("a private type", 100, 3, 0, Other, 0, "error of type 100");
    add6("the last type of an error", 127, 0, 0, Other, 0, "error of type 127");
}

void TestDecoder::icmpErrors()
{
    QFETCH(const QByteArray, packet);
    Segment segment;
    QCOMPARE(decode(101, packet, segment), Decoded::Segment);
    QVERIFY(segment.icmp() && !segment.isSound());
    QTEST(segment.icmp()->kind, "kind");
    QTEST(int(segment.icmp()->code), "code");
    QTEST(segment.icmp()->mtu, "mtu");
    QTEST(QString(segment.icmp()->name()), "name");
    QCOMPARE(segment.icmp()->sequence, 77U);
    // It goes to the sender of the segment, as if from the other end, whoever reports it.
    const bool is6 = segment.source.version == 6;
    QCOMPARE(segment.icmp()->reporterText(), is6 ? "fe80::1" : "127.0.0.1");
    QCOMPARE(segment.source.text(), is6 ? "[2001:db8::1:0:0:2]:8700" : "127.0.0.2:8700");
    QCOMPARE(segment.destination.text(), is6 ? "[fe80::9]:41000" : "127.0.0.9:41000");
    QVERIFY(std::ranges::count(IcmpError::names(), segment.icmp()->name()) > 0);

    const qsizetype needed = packet.size() - 12; // the segment has 20 bytes
    QCOMPARE(decode(101, packet.first(needed), segment), Decoded::Segment);
    for (qsizetype size = is6 ? 42 : 22; size < needed; ++size)
        QCOMPARE(decodeExactly(101, packet.first(size), quint32(packet.size()), segment), Decoded::Cut);
}

void TestDecoder::icmpWithoutSegment_data()
{
    QTest::addColumn<QByteArray>("packet");

    const QByteArray tcp = Tcp{}.bytes();
    const QByteArray quoted = Packets::ip4(tcp);
    const QByteArray quoted6 = Packets::ip6(tcp);
    using Packets::icmp;
    const auto v4 = [](const QByteArray &message) { return Packets::ip4(message, 1); };
    const auto v6 = [](const QByteArray &message) { return Packets::ip6(message, 58); };
    QTest::newRow("echo request") << v4(icmp(8, 0, 1, "abcd"));
    QTest::newRow("echo request, IPv6") << v6(icmp(128, 0, 1, "abcd"));
    QTest::newRow("a type that nobody has defined") << v4(icmp(7, 0, 0, quoted));
    QTest::newRow("neighbour solicitation") << v6(icmp(135, 0, 0, QByteArray(16, '\1')));
    QTest::newRow("about UDP") << v4(icmp(3, 3, 0, Packets::ip4(Packets::udp({}, 53), 17)));
    QTest::newRow("about UDP, IPv6") << v6(icmp(1, 4, 0, Packets::ip6(Packets::udp({}, 53), 17)));
    QTest::newRow("about a later fragment") << v4(icmp(3, 4, 0, Packets::ip4(tcp, 6, {}, -1, 5)));
    QTest::newRow("about a later fragment, IPv6")
        << v6(icmp(2, 0, 1280, Packets::ip6(QByteArray::fromHex("0600000800000001") + tcp, 44)));
    QTest::newRow("seven bytes of TCP") << v4(icmp(3, 3, 0, quoted.first(27)));
    QTest::newRow("seven bytes of TCP, IPv6") << v6(icmp(1, 4, 0, quoted6.first(47)));
    QTest::newRow("no packet") << v4(icmp(3, 3, 0, {}));
    QTest::newRow("IPv6 quoted in ICMP") << v4(icmp(3, 3, 0, quoted6));
    QTest::newRow("IPv4 quoted in ICMPv6") << v6(icmp(1, 4, 0, quoted + QByteArray(20, '\0')));
    QTest::newRow("ICMP over IPv6") << Packets::ip6(icmp(3, 3, 0, quoted), 1);
    QTest::newRow("ICMPv6 over IPv4") << Packets::ip4(icmp(1, 4, 0, quoted6), 58);
    QTest::newRow("an IP header that is too short") << v4(icmp(3, 3, 0, "\x41" + quoted.sliced(1)));
}

void TestDecoder::icmpWithoutSegment()
{
    QFETCH(const QByteArray, packet);
    Segment segment;
    QCOMPARE(decode(101, packet, segment), Decoded::NotTcp);
}

void TestDecoder::cutHeader()
{
    const QByteArray bytes = Packets::ip4(Tcp{.payload = "abc"}.bytes());
    for (int size = 1; size < 24; ++size) {
        Segment segment;
        QCOMPARE(decodeExactly(101, bytes.left(size), quint32(bytes.size()), segment), Decoded::Cut);
    }
    for (int size = 24; size <= bytes.size(); ++size) {
        Segment segment;
        QCOMPARE(decodeExactly(101, bytes.left(size), quint32(bytes.size()), segment), Decoded::Segment);
        QCOMPARE(segment.destination.port, 8700);
        QCOMPARE(int(segment.capturedBytes), std::min(size - 20, 20));
        QCOMPARE(segment.isSound(), size >= 40);
        QCOMPARE(segment.length, size >= 40 ? 3U : 0U);
        QCOMPARE(segment.capturedLength, quint32(std::max(size - 40, 0)));
    }
}

void TestDecoder::cutOptions()
{
    const QByteArray bytes = Packets::ip4(Tcp{.options = QByteArray(40, '\1')}.bytes());
    for (int size = 40; size <= bytes.size(); ++size) {
        Segment segment;
        QCOMPARE(decodeExactly(101, bytes.left(size), quint32(bytes.size()), segment), Decoded::Segment);
        QCOMPARE(int(segment.optionBytes), size - 40);
        QCOMPARE(int(segment.headerBytes), 60);
        QVERIFY(segment.isSound());
    }
}

/// Under the address sanitizer; elsewhere it shows only that nothing crashes.
void TestDecoder::readsNothingBeyond()
{
    QRandomGenerator random(3);
    const QByteArray tcp = Tcp{.options = QByteArray(12, '\1'), .payload = "abc"}.bytes();
    const QByteArray extensions = QByteArray::fromHex("2b00010400000000"
                                                      "3c00010400000000"
                                                      "3302000000000001");
    const QList<QByteArray> bases{
        Packets::ip4(tcp),
        Packets::ip6(tcp),
        Packets::ip6(extensions + tcp, 0),
        Packets::ip4(Packets::gre(Packets::ip4(tcp), 0x0800, 0xb000, QByteArray(12, 'g')), 47),
        Packets::ip6(Packets::udp(Packets::vxlan(Packets::ethernet(Packets::ip4(tcp))), 4789), 17),
        Packets::nflog(Packets::ip4(tcp)),
        Packets::radiotap(0x2f, QByteArray(15, 'r'), Packets::wireless(Packets::ip4(tcp)))};
    for (int i = 0; i < 50000; ++i) {
        const int linkType = QList<int>{0, 1, 9, 12, 50, 101, 105, 108, 113, 127, 228, 239, 276}.at(random.bounded(13));
        QByteArray bytes = Packets::framed(linkType, bases.at(random.bounded(bases.size())));
        for (int n = random.bounded(6); n > 0; --n)
            bytes[random.bounded(bytes.size())] = char(random.bounded(256));
        bytes.truncate(random.bounded(bytes.size() + 1));
        Segment segment;
        decodeExactly(linkType, bytes, quint32(bytes.size() + random.bounded(3)), segment);
    }
}

REGISTER_TEST(TestDecoder)
#include "tst_decoder.moc"
