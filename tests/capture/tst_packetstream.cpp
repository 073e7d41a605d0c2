// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/packetstream.h"
#include "support/registertest.h"

#include <QTest>
#include <QtEndian>

/// pcap as it comes through a pipe: cut anywhere.
class TestPacketStream : public QObject
{
    Q_OBJECT

private slots:
    void formats_data();
    void formats();
    void anyPieces();
    void broken_data();
    void broken();
};

namespace {

template<typename... Numbers>
QByteArray words(bool isSwapped, Numbers... numbers)
{
    QByteArray bytes;
    for (const quint32 number : {quint32(numbers)...}) {
        const quint32 stored = isSwapped ? qbswap(number) : number;
        bytes.append(reinterpret_cast<const char *>(&stored), sizeof stored);
    }
    return bytes;
}

QByteArray header(quint32 magic, bool isSwapped = false, quint32 linkType = 1)
{
    return words(isSwapped, magic, 0x00040002, 0, 0, 262144, linkType);
}

QByteArray packet(const QByteArray &bytes, quint32 fraction, bool isSwapped = false)
{
    return words(isSwapped, 1'700'000'000, fraction, bytes.size(), bytes.size() + 10) + bytes;
}

} // namespace

void TestPacketStream::formats_data()
{
    QTest::addColumn<quint32>("magic");
    QTest::addColumn<bool>("isSwapped");
    QTest::addColumn<quint32>("fraction");

    QTest::newRow("microseconds") << 0xa1b2c3d4 << false << 123456u;
    QTest::newRow("nanoseconds") << 0xa1b23c4d << false << 123456789u;
    QTest::newRow("microseconds, the other byte order") << 0xa1b2c3d4 << true << 123456u;
    QTest::newRow("nanoseconds, the other byte order") << 0xa1b23c4d << true << 123456789u;
}

void TestPacketStream::formats()
{
    QFETCH(const quint32, magic);
    QFETCH(const bool, isSwapped);
    QFETCH(const quint32, fraction);

    PacketStream stream;
    stream.append(header(magic, isSwapped, 0xf0000071) + packet("abcde", fraction, isSwapped));
    QVERIFY(stream.hasHeader());
    QCOMPARE(stream.linkType(), 113);
    const auto first = stream.next();
    QVERIFY(first);
    QCOMPARE(first->timeUs, 1'700'000'000'123'456);
    QCOMPARE(first->length, 15u);
    QCOMPARE(first->frame, 1u);
    QCOMPARE(QByteArray(reinterpret_cast<const char *>(first->data), first->captured), "abcde");
    QVERIFY(!stream.next());
    QVERIFY(!stream.isBroken());
}

void TestPacketStream::anyPieces()
{
    QByteArray file = header(0xa1b2c3d4);
    for (int i = 0; i < 200; ++i)
        file += packet(QByteArray(i * 97, char(i)), quint32(i));
    for (const qsizetype piece : {1, 7, 4096, 65536}) {
        PacketStream stream;
        quint32 packets = 0;
        for (qsizetype at = 0; at < file.size(); at += piece) {
            stream.append(QByteArrayView(file).sliced(at, qMin(piece, file.size() - at)));
            while (const auto next = stream.next()) {
                QCOMPARE(next->captured, packets * 97);
                QCOMPARE(next->timeUs % 1'000'000, qint64(packets));
                if (packets > 0)
                    QCOMPARE(next->data[next->captured - 1], uchar(packets));
                ++packets;
            }
        }
        QCOMPARE(packets, 200u);
    }
}

void TestPacketStream::broken_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("no capture") << QByteArray("dumpcap: something to say to people");
    QTest::newRow("pcapng") << words(false, 0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff, 28);
    QTest::newRow("a packet that cannot be") << header(0xa1b2c3d4) + words(false, 0, 0, 262145, 262145);
}

void TestPacketStream::broken()
{
    QFETCH(const QByteArray, bytes);
    PacketStream stream;
    stream.append(bytes);
    QVERIFY(!stream.next());
    QVERIFY(stream.isBroken());
    stream.append(header(0xa1b2c3d4) + packet("abc", 1));
    QVERIFY(!stream.next());
}

REGISTER_TEST(TestPacketStream)
#include "tst_packetstream.moc"
