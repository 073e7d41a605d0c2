// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/packets.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "support/tcpdumplines.h"

#include <QTest>

#include <ctime>

using namespace Packets;

/// Segments behind every link header and in every tunnel, as tcpdump prints them.
class TestEncapsulations : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void links_data();
    void links();
    void tunnels_data();
    void tunnels();
    void radiotapFields_data();
    void radiotapFields();
};

namespace {

const QByteArray innerTcp = Tcp{.options = QByteArray::fromHex("020405b4"), .payload = "abcd"}.bytes();
const QByteArray packet4 = ip4(innerTcp);
const QByteArray packet6 = ip6(innerTcp);
const QByteArray fromIp = "IP 127.0.0.1.41000 > ";

} // namespace

void TestEncapsulations::initTestCase()
{
    qputenv("TZ", "UTC");
    tzset();
    if (Tcpdump::program().isEmpty())
        SKIP_OR_FAIL(QString("tcpdump is not installed, its lines cannot be compared"));
}

void TestEncapsulations::links_data()
{
    QTest::addColumn<int>("linkType");
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("LLC and SNAP") << 1 << ethernet(snap(packet4), quint16(8 + packet4.size()));
    QTest::newRow("LLC and SNAP, IPv6") << 1 << ethernet(snap(packet6, 0x86dd), quint16(8 + packet6.size()));
    QTest::newRow("LLC and SNAP of Cisco")
        << 1 << ethernet(QByteArray::fromHex("aaaa030000f80800") + packet4, quint16(8 + packet4.size()));
    QTest::newRow("LLC and SNAP, with padding")
        << 1 << ethernet(snap(packet4) + QByteArray(9, '\0'), quint16(8 + packet4.size()));
    QTest::newRow("LLC with IP") << 1 << ethernet(QByteArray::fromHex("060603") + packet4, quint16(3 + packet4.size()));
    QTest::newRow("LLC on cooked v1") << 113
                                      << QByteArray::fromHex("0000000100066162636465666768") + be16(4) + snap(packet4);
    QTest::newRow("MPLS") << 1 << ethernet(mplsLabel(16, true) + packet4, 0x8847);
    QTest::newRow("MPLS, two labels") << 1
                                      << ethernet(mplsLabel(100, false, 5) + mplsLabel(17, true) + packet6, 0x8847);
    QTest::newRow("MPLS, IPv6 explicit null") << 1 << ethernet(mplsLabel(2, true) + packet6, 0x8847);
    QTest::newRow("MPLS, implicit null") << 1 << ethernet(mplsLabel(3, true) + packet4, 0x8847);
    QTest::newRow("MPLS multicast, tagged")
        << 1 << ethernet(be16(5) + be16(0x8848) + mplsLabel(16, true) + packet4, 0x8100);
    QTest::newRow("PPPoE") << 1 << ethernet(pppoe(be16(0x0021) + packet4), 0x8864);
    QTest::newRow("PPPoE, IPv6") << 1 << ethernet(pppoe(be16(0x0057) + packet6), 0x8864);
    QTest::newRow("PPPoE, a short protocol") << 1 << ethernet(pppoe(byte(0x21) + packet4), 0x8864);
    QTest::newRow("PPPoE of another version")
        << 1
        << ethernet(QByteArray::fromHex("22000000") + be16(quint16(packet4.size() + 2)) + be16(0x0021) + packet4,
                    0x8864);
    QTest::newRow("PPPoE without Ethernet") << 51 << pppoe(be16(0x0021) + packet4);
    QTest::newRow("PPP") << 9 << QByteArray::fromHex("ff030021") + packet4;
    QTest::newRow("PPP, IPv6") << 9 << QByteArray::fromHex("ff030057") + packet6;
    QTest::newRow("PPP, MPLS") << 9 << QByteArray::fromHex("ff030281") + mplsLabel(16, true) + packet4;
    QTest::newRow("PPP, short") << 9 << byte(0x21) + packet4;
    QTest::newRow("PPP with a direction") << 166 << QByteArray::fromHex("01030021") + packet4;
    QTest::newRow("PPP on a serial line") << 50 << QByteArray::fromHex("ff030021") + packet4;
    QTest::newRow("PPP on a serial line, IPv6") << 50 << QByteArray::fromHex("ff030057") + packet6;
    QTest::newRow("PPP on a serial line, MPLS")
        << 50 << QByteArray::fromHex("ff030281") + mplsLabel(16, true) + packet4;
    QTest::newRow("Cisco's HDLC") << 50 << QByteArray::fromHex("0f000800") + packet4;
    QTest::newRow("NFLOG") << 239 << nflog(packet4);
    QTest::newRow("NFLOG, IPv6") << 239 << nflog(packet6, 10);
    QTest::newRow("802.11") << 105 << wireless(packet4);
    QTest::newRow("802.11 with quality of service") << 105 << wireless(packet4, 0x88, 1, 26);
    QTest::newRow("802.11 between access points") << 105 << wireless(packet4, 0x08, 3, 30);
    QTest::newRow("radiotap without fields") << 127 << radiotap(0, {}, wireless(packet4));
    QTest::newRow("radiotap with a check sequence") << 127 << radiotap(2, byte(0x10), wireless(packet4) + "FCSX");
    QTest::newRow("radiotap, padded") << 127 << radiotap(2, byte(0x20), wireless(packet4, 0x88, 1, 28));
}

void TestEncapsulations::links()
{
    QFETCH(const int, linkType);
    QFETCH(const QByteArray, bytes);
    const QByteArray expected = TcpdumpLines::expected(linkType, bytes);
    QVERIFY2(expected.endsWith("length 4"), expected.constData());
    QCOMPARE(TcpdumpLines::actual(linkType, bytes), expected);
}

void TestEncapsulations::tunnels_data()
{
    QTest::addColumn<QByteArray>("bytes");

    const auto inGre = [](quint16 etherType, const QByteArray &inner, quint16 flags = 0,
                          const QByteArray &optional = {}) { return ip4(gre(inner, etherType, flags, optional), 47); };
    const auto inVxlan = [](const QByteArray &frame) { return ip4(udp(vxlan(frame), 4789), 17); };
    QTest::newRow("GRE") << inGre(0x0800, packet4);
    QTest::newRow("GRE, IPv6") << inGre(0x86dd, packet6);
    QTest::newRow("GRE with a checksum") << inGre(0x0800, packet4, 0x8000, be32(0x12340001));
    QTest::newRow("GRE with a key") << inGre(0x0800, packet4, 0x2000, be32(0xabcd));
    QTest::newRow("GRE with a sequence number") << inGre(0x0800, packet4, 0x1000, be32(77));
    QTest::newRow("GRE with everything") << inGre(0x0800, packet4, 0xb000, be32(0x12340001) + be32(0xabcd) + be32(77));
    QTest::newRow("GRE with Ethernet") << inGre(0x6558, ethernet(packet4));
    QTest::newRow("GRE with tagged Ethernet") << inGre(0x6558, ethernet(be16(5) + be16(0x86dd) + packet6, 0x8100));
    QTest::newRow("GRE with MPLS") << inGre(0x8847, mplsLabel(16, true) + packet4);
    QTest::newRow("GRE in IPv6") << ip6(gre(packet4), 47);
    QTest::newRow("GRE in GRE") << inGre(0x0800, inGre(0x0800, packet4));
    QTest::newRow("GRE behind AH") << ip4(
        QByteArray::fromHex("2f0400000000000100000002").leftJustified(24, '\0') + gre(packet4), 51);
    QTest::newRow("GRE, first fragment") << ip4(gre(packet4), 47, {}, -1, 0x2000);
    QTest::newRow("IP-in-IP") << ip4(packet4, 4);
    QTest::newRow("IPv4 in IPv6") << ip6(packet4, 4);
    QTest::newRow("IPv6 in IPv6") << ip6(packet6, 41);
    QTest::newRow("6in4") << ip4(packet6, 41);
    QTest::newRow("IP-in-IP with options inside") << ip4(ip4(innerTcp, 6, QByteArray(4, '\1')), 4);
    QTest::newRow("IP-in-IP, inner packet longer than the outer one") << ip4(ip4(innerTcp, 6, {}, 100), 4);
    QTest::newRow("IP-in-IP, both longer than the frame") << ip4(ip4(innerTcp, 6, {}, 100), 4, {}, 200);
    QTest::newRow("IPv6 in IPv6 with options") << ip6(QByteArray::fromHex("2900010400000000") + packet6, 0);
    QTest::newRow("VXLAN") << inVxlan(ethernet(packet4));
    QTest::newRow("VXLAN, IPv6") << inVxlan(ethernet(packet6, 0x86dd));
    QTest::newRow("VXLAN, tagged") << inVxlan(ethernet(be16(5) + be16(0x0800) + packet4, 0x8100));
    QTest::newRow("VXLAN, LLC") << inVxlan(ethernet(snap(packet4), quint16(8 + packet4.size())));
    QTest::newRow("VXLAN without a valid network") << ip4(udp(vxlan(ethernet(packet4), 0, 0), 4789), 17);
    QTest::newRow("VXLAN, the port of the source") << ip4(udp(vxlan(ethernet(packet4)), 50000, 4789), 17);
    QTest::newRow("VXLAN over IPv6") << ip6(udp(vxlan(ethernet(packet4)), 4789), 17);
    QTest::newRow("VXLAN over IPv6 with options")
        << ip6(QByteArray::fromHex("1100010400000000") + udp(vxlan(ethernet(packet4)), 4789), 0);
    QTest::newRow("VXLAN in VXLAN") << inVxlan(ethernet(inVxlan(ethernet(packet4))));
    QTest::newRow("VXLAN in GRE") << inGre(0x0800, inVxlan(ethernet(packet4)));
}

/// On a raw link, on Ethernet, and cut off after each byte of the TCP header.
void TestEncapsulations::tunnels()
{
    QFETCH(const QByteArray, bytes);
    const QByteArray expected = TcpdumpLines::expected(101, bytes);
    QVERIFY2(expected.endsWith("length 4") || expected.contains("missing!"), expected.constData());
    QCOMPARE(TcpdumpLines::actual(101, bytes), expected);
    const QByteArray frame = framed(1, bytes);
    QCOMPARE(TcpdumpLines::actual(1, frame), TcpdumpLines::expected(1, frame));
    for (const int size : {4, 19, 20, 22, 24}) {
        const Packet cut{bytes.left(bytes.size() - innerTcp.size() + size), quint32(bytes.size())};
        const QByteArray lines = Tcpdump::output(Tcpdump::program(), pcap(101, {cut}), false).trimmed();
        Segment segment;
        QCOMPARE(Decoder::decode(101, captured(cut, 1700000000000000), segment), Decoded::Segment);
        QCOMPARE(TcpdumpLines::textOf(segment), lines);
    }
}

void TestEncapsulations::radiotapFields_data()
{
    QTest::addColumn<quint32>("present");
    QTest::addColumn<QByteArray>("fields");

    const auto hex = [](const char *digits) { return QByteArray::fromHex(digits); };
    QTest::newRow("timer") << 0x01U << hex("40e2010000000000");
    for (const char *flags : {"00", "01", "02", "04", "08", "40", "cf"})
        QTest::addRow("flags %s", flags) << 0x02U << hex(flags);
    for (const char *rate : {"00", "02", "0b", "6c", "7f", "80", "8c", "90", "ff"})
        QTest::addRow("rate %s", rate) << 0x04U << hex(rate);
    for (const char *channel : {"6c090000", "6c09a000", "6c09c000", "6c098004", "3c144001", "3c144041", "3c144081",
                                "6c09c040", "6c098008", "6c09b000", "6c095001"})
        QTest::addRow("channel %s", channel) << 0x08U << hex(channel);
    QTest::newRow("signal, noise and antenna") << 0x860U << hex("d8a601");
    QTest::newRow("alignment") << 0x482eU << hex("106c3c144001d301").leftJustified(10, '\0');
    QTest::newRow("everything up to bit 13") << 0x3fffU
                                             << hex("40e20100000000001002"
                                                    "6c09a0000102d8a6070008000900140114")
                                                    .leftJustified(30, '\x1e');
    QTest::newRow("flags of the receiver") << 0x4000U << hex("0200");
    QTest::newRow("unknown, then antenna") << 0x18000U << hex("080001");
    QTest::newRow("extended channel") << 0x40000U << hex("400100003c142400");
    QTest::newRow("extended channel, 40 MHz") << 0x40000U << hex("400102003c142400");
    for (const char *mcs : {"7f0007", "7fff07", "000007", "020007", "010107", "040407", "101003", "3f2507", "080807",
                            "202001", "070201", "07030f", "07051f", "070020"})
        QTest::addRow("MCS %s", mcs) << 0x80000U << hex(mcs);
    QTest::newRow("aggregate") << 0x100000U << hex("05000000ff000100");
    for (const char *vht : {"ff010004920000000105"
                            "0600",
                            "44000404120000000000"
                            "0000",
                            "40000419129200000200"
                            "0000",
                            "4000041f120000000000"
                            "0000",
                            "00000000000000000000"
                            "0000"})
        QTest::addRow("VHT %s", vht) << 0x200000U << hex(vht);
}

void TestEncapsulations::radiotapFields()
{
    QFETCH(const quint32, present);
    QFETCH(const QByteArray, fields);
    const bool hasCheckSequence = (present & 2) != 0 && (fields.at((present & 1) != 0 ? 8 : 0) & 0x10) != 0;
    const QByteArray bytes =
        radiotap(present, fields, wireless(packet4) + (hasCheckSequence ? QByteArray("FCSX") : QByteArray()));
    const QByteArray expected = TcpdumpLines::expected(127, bytes);
    QVERIFY2(expected.contains(fromIp), expected.constData());
    QCOMPARE(TcpdumpLines::actual(127, bytes), expected);
}

REGISTER_TEST(TestEncapsulations)
#include "tst_encapsulations.moc"
