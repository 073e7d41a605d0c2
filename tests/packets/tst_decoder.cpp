// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/packets.h"
#include "support/registertest.h"

#include <QRandomGenerator>
#include <QTest>

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
    QTest::newRow("IPv4 in IPv4") << 101 << ip4(ip4(tcp), 4) << Decoded::NotTcp;
    QTest::newRow("AppleTalk on BSD loopback") << 0 << be32(16) + tcp << Decoded::NotTcp;
    QTest::newRow("a link type nobody knows") << 147 << ip4(tcp) << Decoded::NotTcp;
    QTest::newRow("IPv4's first fragment") << 101 << ip4(tcp, 6, {}, -1, 0x2000) << Decoded::Segment;
    QTest::newRow("IPv4's later fragment") << 101 << ip4(tcp, 6, {}, -1, 0x2001) << Decoded::Fragment;
    QTest::newRow("UDP's later fragment") << 101 << ip4(tcp, 17, {}, -1, 0x2001) << Decoded::NotTcp;
    QTest::newRow("IPv6's later fragment") << 101 << ip6(laterFragment + tcp, 44) << Decoded::Fragment;
    QTest::newRow("version 5") << 101 << byte(0x55) + ip4(tcp).mid(1) << Decoded::Malformed;
    QTest::newRow("IPv6 where the link says IPv4")
        << 1 << QByteArray(12, 'e') + be16(0x0800) + ip6(tcp) << Decoded::Malformed;
    QTest::newRow("an IPv4 header of 16 bytes") << 101 << byte(0x44) + ip4(tcp).mid(1) << Decoded::Malformed;
    QTest::newRow("an IPv4 length of 0") << 101 << ip4(tcp, 6, {}, 0) << Decoded::Malformed;
    QTest::newRow("an IPv4 length without ports") << 101 << ip4(tcp, 6, {}, 23) << Decoded::Malformed;
    QTest::newRow("an IPv6 length of 0") << 101 << ip6(tcp, 6, 0) << Decoded::Malformed;
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
    const QList<QByteArray> bases{Packets::ip4(tcp), Packets::ip6(tcp), Packets::ip6(extensions + tcp, 0)};
    for (int i = 0; i < 50000; ++i) {
        const int linkType = QList<int>{0, 1, 12, 101, 108, 113, 228, 276}.at(random.bounded(8));
        QByteArray bytes = Packets::framed(linkType, bases.at(random.bounded(3)));
        for (int n = random.bounded(6); n > 0; --n)
            bytes[random.bounded(bytes.size())] = char(random.bounded(256));
        bytes.truncate(random.bounded(bytes.size() + 1));
        Segment segment;
        decodeExactly(linkType, bytes, quint32(bytes.size() + random.bounded(3)), segment);
    }
}

REGISTER_TEST(TestDecoder)
#include "tst_decoder.moc"
