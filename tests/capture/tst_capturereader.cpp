// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/capturereader.h"
#include "support/packets.h"
#include "support/pcapng.h"
#include "support/registertest.h"

#include <QTemporaryFile>
#include <QTest>

#include <fcntl.h>

/// What libpcap does not read, or reads in another way, and times.
class TestCaptureReader : public QObject
{
    Q_OBJECT

private slots:
    void times_data();
    void times();
    void blocks_data();
    void blocks();
    void oldPcap_data();
    void oldPcap();
    void comments();
    void interfaces();
    void drops_data();
    void drops();
};

namespace {

/// Owns a file, of which a reader has a descriptor.
struct Read {
    explicit Read(const QByteArray &capture)
    {
        if (file.open() && file.write(capture) == capture.size() && file.flush())
            reader.emplace(fcntl(file.handle(), F_DUPFD_CLOEXEC, 0));
    }

    QTemporaryFile file;
    std::optional<CaptureReader> reader;
};

QByteArray dataOf(const CapturedPacket &packet)
{
    return {reinterpret_cast<const char *>(packet.data), qsizetype(packet.captured)};
}

} // namespace

void TestCaptureReader::times_data()
{
    QTest::addColumn<QByteArray>("options"); ///< of the interface
    QTest::addColumn<quint64>("units");
    QTest::addColumn<qint64>("us");
    QTest::addColumn<int>("ns");

    const Pcapng big{true};
    const auto resolution = [&big](int value) { return big.option(9, Packets::byte(value)); };
    const auto offset = [&big](qint64 seconds) {
        return big.option(14, Packets::be32(quint32(quint64(seconds) >> 32)) + Packets::be32(quint32(seconds)));
    };
    QTest::newRow("microseconds by default")
        << QByteArray() << quint64(1700000000123456) << qint64(1700000000123456) << 0;
    QTest::newRow("microseconds") << resolution(6) << quint64(1700000000123456) << qint64(1700000000123456) << 0;
    QTest::newRow("nanoseconds") << resolution(9) << quint64(1700000000123456789) << qint64(1700000000123456) << 789;
    QTest::newRow("seconds") << resolution(0) << quint64(1700000000) << qint64(1700000000000000) << 0;
    QTest::newRow("milliseconds") << resolution(3) << quint64(1700000000123) << qint64(1700000000123000) << 0;
    QTest::newRow("picoseconds") << resolution(12) << quint64(1'000'000'000'123'456) << qint64(1000'000'000) << 123;
    QTest::newRow("256ths of a second") << resolution(0x88) << quint64(1700000000 * 256LL + 64)
                                        << qint64(1700000000250000) << 0;
    QTest::newRow("2^-32 seconds") << resolution(0xa0) << (quint64(1700000000) << 32 | 0x80000000U)
                                   << qint64(1700000000500000) << 0;
    QTest::newRow("2^-19 seconds") << resolution(0x93) << quint64(1) << qint64(1) << 907;
    QTest::newRow("2^-63 seconds") << resolution(0xbf) << (quint64(1) << 62) << qint64(500000) << 0;
    QTest::newRow("10^-19 seconds") << resolution(19)
                                    << quint64(10'000'000'000'000'000'000U + 1'234'567'890'123'456'789U)
                                    << qint64(1'123'456) << 789;
    QTest::newRow("no such resolution") << resolution(20) << quint64(5) << qint64(5) << 0;
    QTest::newRow("an offset") << offset(1700000000) << quint64(123456) << qint64(1700000000123456) << 0;
    QTest::newRow("a negative offset") << offset(-10) << quint64(123456) << qint64(-9876544) << 0;
    QTest::newRow("an offset in nanoseconds")
        << offset(1700000000) + resolution(9) << quint64(1'000'000'001) << qint64(1700000001000000) << 1;
    QTest::newRow("the furthest offset") << offset(std::numeric_limits<qint64>::max()) << quint64(1)
                                         << qint64(2'000'000'000'000'000'001) << 0;
    QTest::newRow("the latest time") << resolution(0) << ~quint64(0) << qint64(2'000'000'000'000'000'000) << 0;
}

void TestCaptureReader::times()
{
    QFETCH(const QByteArray, options);
    QFETCH(const quint64, units);
    const Pcapng big{true};
    Read read(big.section() + big.interface(101, 0, options) + big.packet("abcd", 0, units));
    QCOMPARE(read.reader->next(), CaptureReader::State::Packet);
    QTEST(read.reader->packet().timeUs, "us");
    QTEST(int(read.reader->packet().timeNs), "ns");
    QVERIFY(read.reader->interfaces()[0].hasNanoseconds || read.reader->packet().timeNs == 0);
}

void TestCaptureReader::blocks_data()
{
    QTest::addColumn<bool>("isBig");
    QTest::newRow("little endian") << false;
    QTest::newRow("big endian") << true;
}

/// Every kind of packet block, unknown blocks, and several sections, also in the other byte order.
void TestCaptureReader::blocks()
{
    QFETCH(const bool, isBig);
    const Pcapng one{isBig};
    const Pcapng other{!isBig};
    Read read(one.section() + one.interface(1, 96) + one.interface(101, 5) + one.block(0x0bad0001, "unknown") +
              one.packet("first", 1, 7, 9) + one.simple("second, long", 12) + one.block(4, "names") +
              one.obsolete("third", 1, 8) + other.section() + other.interface(276, 0) + other.packet("fourth", 0, 9) +
              one.section() + one.interface(0, 3) + one.simple("fif", 5) + one.block(5, QByteArray(12, '\0')));
    const struct {
        QByteArray data;
        quint32 length;
        int linkType;
        qint64 timeUs;
    } expected[] = {{"first", 9, 101, 7},
                    {"second, long", 12, 1, 0},
                    {"third", 5, 101, 8},
                    {"fourth", 6, 276, 9},
                    {"fif", 5, 0, 0}};
    quint32 frame = 0;
    for (const auto &packet : expected) {
        QCOMPARE(read.reader->next(), CaptureReader::State::Packet);
        QCOMPARE(dataOf(read.reader->packet()), packet.data);
        QCOMPARE(read.reader->packet().length, packet.length);
        QCOMPARE(read.reader->packet().timeUs, packet.timeUs);
        QCOMPARE(read.reader->packet().frame, ++frame);
        QCOMPARE(read.reader->interfaces().at(size_t(read.reader->interface())).linkType, packet.linkType);
    }
    QCOMPARE(read.reader->next(), CaptureReader::State::End);
    QCOMPARE(read.reader->sentence(), QString());
    QCOMPARE(read.reader->position(), read.file.size());
}

void TestCaptureReader::oldPcap_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<qint64>("us");
    QTest::addColumn<int>("ns");
    QTest::addColumn<quint32>("length");

    using namespace Packets;
    const QByteArray rest = be32(0) + be32(0) + be32(262144) + be32(101);
    const auto version = [](quint16 minor) { return be16(2) + be16(minor); };
    const QByteArray time = be32(1700000000) + be32(123456);
    QTest::newRow("today's") << be32(0xa1b2c3d4) + version(4) + rest << time + be32(4) + be32(9)
                             << qint64(1700000000123456) << 0 << 9U;
    QTest::newRow("nanoseconds") << be32(0xa1b23c4d) + version(4) + rest
                                 << be32(1700000000) + be32(123456789) + be32(4) + be32(9) << qint64(1700000000123456)
                                 << 789 << 9U;
    QTest::newRow("version 2.2") << be32(0xa1b2c3d4) + version(2) + rest << time + be32(9) + be32(4)
                                 << qint64(1700000000123456) << 0 << 9U;
    QTest::newRow("version 2.3") << be32(0xa1b2c3d4) + version(3) + rest << time + be32(9) + be32(4)
                                 << qint64(1700000000123456) << 0 << 9U;
    QTest::newRow("Kuznetsov's") << be32(0xa1b2cd34) + version(4) + rest << time + be32(4) + be32(9) + be32(1) + be32(0)
                                 << qint64(1700000000123456) << 0 << 9U;
    QTest::newRow("after 2038") << be32(0xa1b2c3d4) + version(4) + rest
                                << be32(0xfffffffe) + be32(1) + be32(4) + be32(4) << qint64(4294967294000001) << 0
                                << 4U;
}

void TestCaptureReader::oldPcap()
{
    QFETCH(const QByteArray, header);
    QFETCH(const QByteArray, record);
    Read read(header + record + "abcd" + record + "efgh");
    QCOMPARE(read.reader->next(), CaptureReader::State::Packet);
    QCOMPARE(dataOf(read.reader->packet()), QByteArray("abcd"));
    QTEST(read.reader->packet().timeUs, "us");
    QTEST(int(read.reader->packet().timeNs), "ns");
    QTEST(read.reader->packet().length, "length");
    QCOMPARE(read.reader->next(), CaptureReader::State::Packet);
    QCOMPARE(dataOf(read.reader->packet()), QByteArray("efgh"));
    QCOMPARE(read.reader->next(), CaptureReader::State::End);
}

void TestCaptureReader::comments()
{
    const Pcapng big{true};
    Read read(big.section() + big.interface(101, 0) +
              big.packet("abc", 0, 1, 3, big.option(1, "one") + big.option(2, "flag") + big.option(1, "zwölf")) +
              big.packet("abc", 0, 2) + big.packet("abc", 0, 3, 3, big.n16(1) + big.n16(200) + "cut"));
    QCOMPARE(read.reader->next(), CaptureReader::State::Packet);
    QCOMPARE(read.reader->comments(), (QStringList{"one", "zwölf"}));
    QCOMPARE(read.reader->next(), CaptureReader::State::Packet);
    QCOMPARE(read.reader->comments(), QStringList());
    QCOMPARE(read.reader->next(), CaptureReader::State::Packet);
    QCOMPARE(read.reader->comments(), QStringList());
    QCOMPARE(read.reader->next(), CaptureReader::State::End);
    QCOMPARE(read.reader->comments(), QStringList());
}

void TestCaptureReader::drops_data()
{
    QTest::addColumn<QByteArray>("statistics");
    QTest::addColumn<quint64>("drops");
    for (const bool isBig : {true, false}) {
        const Pcapng file{isBig};
        const QByteArray begin = file.section() + file.interface(101) + file.packet("abc");
        const auto row = [&](const char *name, const QByteArray &statistics, quint64 drops) {
            QTest::addRow("%s, %s", name, isBig ? "big endian" : "little endian") << begin + statistics << drops;
        };
        row("no statistics", {}, 0);
        row("by the interface", file.statistics(0, 5, 3), 3);
        row("by the system", file.statistics(0, 7, quint64(1) << 33), quint64(1) << 33);
        row("counted on", file.statistics(0, 5, 3) + file.statistics(0, 5, 9), 9);
        row("by two interfaces",
            file.interface(101) + file.statistics(0, 5, 3) + file.statistics(1, 5, 4) + file.statistics(0, 7, 2), 7);
        row("by two sections",
            file.statistics(0, 5, 3) + file.section() + file.interface(101) + file.statistics(0, 5, 4), 7);
        row("by an interface that is not described", file.statistics(1, 5, 3), 0);
        row("received packets", file.statistics(0, 4, 3), 0);
        row("a wrong size", file.block(5, file.n32(0) + file.n32(0) + file.n32(0) + file.option(5, file.n32(3))), 0);
        row("cut off", file.block(5, file.n32(0)), 0);
    }
}

void TestCaptureReader::drops()
{
    QFETCH(const QByteArray, statistics);
    Read read(statistics);
    QCOMPARE(read.reader->next(), CaptureReader::State::Packet);
    QCOMPARE(read.reader->next(), CaptureReader::State::End);
    QTEST(read.reader->drops(), "drops");
}

void TestCaptureReader::interfaces()
{
    const Pcapng big{true};
    Read read(big.section() + big.interface(1, 96, big.option(2, "eth0") + big.option(9, Packets::byte(9))) +
              big.interface(276, 0) + big.packet("abc", 1, 1));
    QCOMPARE(read.reader->next(), CaptureReader::State::Packet);
    const auto &interfaces = read.reader->interfaces();
    QCOMPARE(interfaces.size(), 2U);
    QCOMPARE(interfaces[0].snapLength, 96U);
    QVERIFY(interfaces[0].hasNanoseconds && !interfaces[1].hasNanoseconds);
    QCOMPARE(interfaces[0].texts, (std::vector<PacketInterface::Option>{{2, "eth0"}}));
    QCOMPARE(read.reader->interface(), 1);
}

REGISTER_TEST(TestCaptureReader)
#include "tst_capturereader.moc"
