// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/packets.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "support/tcpdumplines.h"

#include <QTest>

#include <ctime>

using namespace Packets;

/// ICMP errors about TCP segments, as tcpdump prints them.
class TestIcmpLines : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyCode_data();
    void everyCode();
    void quoted_data();
    void quoted();
    void encapsulated_data();
    void encapsulated();
};

namespace {

constexpr int ethernetType = 1;
const QByteArray segmentOf = Tcp{.from = 40000, .to = 8700, .sequence = 77}.bytes();
const QByteArray quoted4 = ip4(segmentOf, 6, {}, -1, 0, 9);
const QByteArray quoted6 = ip6(segmentOf, 6, -1, 9);

QByteArray icmp4(int type, int code, quint32 rest, const QByteArray &quoted = quoted4)
{
    return ip4(icmp(type, code, rest, quoted), 1);
}

QByteArray icmp6(int type, int code, quint32 rest, const QByteArray &quoted = quoted6)
{
    return ip6(icmp(type, code, rest, quoted), 58);
}

/// The first line: after some, tcpdump prints the bytes of the message.
QByteArray icmpExpected(int linkType, const QByteArray &bytes)
{
    const QByteArray all = TcpdumpLines::expected(linkType, bytes);
    return all.left(all.contains("\n\t") ? all.indexOf("\n\t") : all.size());
}

QByteArray icmpLine(int linkType, const QByteArray &bytes)
{
    Segment segment;
    const QByteArray line = TcpdumpLines::actual(linkType, bytes, segment);
    return segment.icmp() ? line : "not an error: " + line;
}

} // namespace

void TestIcmpLines::initTestCase()
{
    qputenv("TZ", "UTC");
    tzset();
    if (Tcpdump::program().isEmpty())
        SKIP_OR_FAIL(QString("tcpdump is not installed, its lines cannot be compared"));
}

void TestIcmpLines::everyCode_data()
{
    QTest::addColumn<QByteArray>("packet");

    const auto add = [](int version, int type, int lastCode, quint32 rest) {
        for (int code = 0; code <= lastCode; ++code) {
            const QByteArray packet = version == 6 ? icmp6(type, code, rest) : icmp4(type, code, rest);
            QTest::addRow("IPv%d, type %d, code %d, rest %08x", version, type, code, rest)
                << framed(ethernetType, packet);
        }
    };
    add(4, 3, 18, 1300);
    add(4, 3, 4, 0);
    add(4, 11, 3, 0);
    add(4, 12, 3, 0x14000000);
    add(4, 4, 1, 0);
    add(4, 5, 5, 0x0a000001);
    add(6, 1, 10, 0);
    add(6, 2, 1, 1280);
    add(6, 3, 3, 0);
    add(6, 4, 11, 40);
    for (const int type : {0, 5, 6, 99, 100, 101, 127})
        add(6, type, 1, 0);
}

void TestIcmpLines::everyCode()
{
    QFETCH(const QByteArray, packet);
    QCOMPARE(icmpLine(ethernetType, packet), icmpExpected(ethernetType, packet));
}

void TestIcmpLines::quoted_data()
{
    QTest::addColumn<QByteArray>("packet");

    const QByteArray options = QByteArray::fromHex("0101010101010100");
    QTest::newRow("eight bytes of TCP") << icmp4(3, 3, 0, quoted4.first(28));
    QTest::newRow("IP options") << icmp4(3, 3, 0, ip4(segmentOf, 6, options));
    QTest::newRow("IP options of both headers") << ip4(icmp(3, 3, 0, ip4(segmentOf, 6, options)), 1, options);
    QTest::newRow("the first fragment") << icmp4(3, 3, 0, ip4(segmentOf, 6, {}, 1400, 0x2000));
    QTest::newRow("IPv6, eight bytes of TCP") << icmp6(1, 4, 0, quoted6.first(48));
    QTest::newRow("IPv6, hop-by-hop") << icmp6(1, 4, 0, ip6(QByteArray::fromHex("0600010400000000") + segmentOf, 0));
    QTest::newRow("IPv6, fragment and destination options")
        << icmp6(1, 4, 0, ip6(QByteArray::fromHex("3c000001000000010600010400000000") + segmentOf, 44));
    QTest::newRow("hop-by-hop before ICMPv6")
        << ip6(QByteArray::fromHex("3a00010400000000") + icmp(1, 3, 0, quoted6), 0);
}

void TestIcmpLines::quoted()
{
    QFETCH(const QByteArray, packet);
    const QByteArray frame = framed(ethernetType, packet);
    QCOMPARE(icmpLine(ethernetType, frame), icmpExpected(ethernetType, frame));
}

void TestIcmpLines::encapsulated_data()
{
    QTest::addColumn<int>("linkType");
    QTest::addColumn<QByteArray>("bytes");

    const QByteArray error = icmp4(3, 4, 1300);
    const QByteArray error6 = icmp6(2, 0, 1280);
    QTest::newRow("VLAN") << 1 << ethernet(be16(5) + be16(0x0800) + error, 0x8100);
    QTest::newRow("two VLANs") << 1 << ethernet(be16(5) + be16(0x8100) + be16(6) + be16(0x86dd) + error6, 0x88a8);
    QTest::newRow("MPLS") << 1 << ethernet(mplsLabel(16, true) + error, 0x8847);
    QTest::newRow("PPPoE") << 1 << ethernet(pppoe(be16(0x21) + error), 0x8864);
    QTest::newRow("LLC and SNAP") << 1 << ethernet(snap(error), quint16(8 + error.size()));
    QTest::newRow("GRE") << 1 << framed(1, ip4(gre(error), 47));
    QTest::newRow("IP-in-IP") << 1 << framed(1, ip4(error, 4));
    QTest::newRow("6in4") << 1 << framed(1, ip4(error6, 41));
    QTest::newRow("VXLAN") << 1 << framed(1, ip4(udp(vxlan(ethernet(error)), 4789), 17));
    QTest::newRow("raw IP") << 101 << error;
    QTest::newRow("loopback") << 0 << framed(0, error6);
    QTest::newRow("cooked v1") << 113 << framed(113, error);
    QTest::newRow("IEEE 802.11") << 105 << wireless(error);
}

void TestIcmpLines::encapsulated()
{
    QFETCH(const int, linkType);
    QFETCH(const QByteArray, bytes);
    QCOMPARE(icmpLine(linkType, bytes), icmpExpected(linkType, bytes));
}

REGISTER_TEST(TestIcmpLines)

#include "tst_icmplines.moc"
