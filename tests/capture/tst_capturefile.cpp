// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/capturefile.h"
#include "support/packets.h"
#include "support/pcapng.h"
#include "support/registertest.h"
#include "support/tcpdumplines.h"

#include <QFile>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>
#include <sys/stat.h>

using Packets::Packet;
using Packets::Tcp;
using State = CaptureFile::State;

Q_DECLARE_METATYPE(CaptureFile::State)

class TestCaptureFile : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void recorded_data();
    void recorded();
    void grows_data();
    void grows();
    void inPieces();
    void ends_data();
    void ends();
    void notFiles();
    void counts();
    void becomesShorter();
    void hostile_data();
    void hostile();

private:
    QString write(const QByteArray &capture);

    QTemporaryDir m_folder;
};

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray recordedCapture(const char *name)
{
    return contents(QString(CAPTURES "/") + name);
}

/// tcpdump -S -n's lines.
QByteArray linesOf(const std::vector<Segment> &segments)
{
    QByteArray lines;
    for (const Segment &segment : segments)
        lines += TcpdumpLines::textOf(segment) + '\n';
    return lines;
}

State readAll(CaptureFile &file, std::vector<Segment> &segments)
{
    State state = State::More;
    while (state == State::More)
        state = file.read(1000, segments);
    return state;
}

/// Interfaces and other blocks between the packets, a second section, and a block without a packet at the end.
QByteArray pcapng(bool isBig)
{
    const QByteArray tcp = Tcp{.payload = "abc"}.bytes();
    const QByteArray packet = Packets::framed(1, Packets::ip4(tcp));
    const QByteArray packet6 = Packets::framed(1, Packets::ip6(tcp));
    return Pcapng{isBig}.section() + Pcapng{isBig}.interface(1) + Pcapng{isBig}.packet(packet, 0) +
           Pcapng{isBig}.interface(1) + Pcapng{isBig}.block(5, QByteArray(12, '\0')) +
           Pcapng{isBig}.packet(packet6, 1) + Pcapng{isBig}.section() + Pcapng{isBig}.interface(1) +
           Pcapng{isBig}.packet(packet, 0) + Pcapng{isBig}.interface(1) + Pcapng{isBig}.packet(packet6, 1) +
           Pcapng{isBig}.block(5, QByteArray(12, '\0'));
}

QByteArray smallPcap()
{
    return Packets::pcap(101, {{Packets::ip4(Tcp{.flags = Segment::Syn}.bytes())},
                               {Packets::ip4(QByteArray(8, 'u'), 17)},
                               {Packets::ip6(Tcp{.payload = "abc"}.bytes())}});
}

} // namespace

void TestCaptureFile::initTestCase()
{
    qputenv("TZ", "UTC");
    tzset();
    QVERIFY(m_folder.isValid());
}

QString TestCaptureFile::write(const QByteArray &capture)
{
    QFile file(m_folder.filePath("capture"));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(capture) != capture.size())
        return {};
    return file.fileName();
}

void TestCaptureFile::recorded_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"six-steps-lo.pcap", "six-steps-any.pcap", "six-steps-lo.pcapng"})
        QTest::newRow(name) << name;
}

/// The lines that tcpdump printed when these were recorded; this test needs no tcpdump.
void TestCaptureFile::recorded()
{
    QFETCH(const QString, name);
    const QString path = CAPTURES "/" + name;
    QString expected = QString::fromLatin1(contents(path + ".tcpdump.txt"));
    QVERIFY(!expected.isEmpty());
    static const QRegularExpression interface(" lo    In (?= IP )");
    expected.remove(interface);
    CaptureFile file(path);
    std::vector<Segment> segments;
    QCOMPARE(readAll(file, segments), State::End);
    QCOMPARE(file.sentence(), QString());
    QCOMPARE(QString::fromLatin1(linesOf(segments)), expected);
    QCOMPARE(segments.back().frame, quint32(segments.size()));
}

void TestCaptureFile::grows_data()
{
    QTest::addColumn<QByteArray>("capture");
    QTest::newRow("pcap") << recordedCapture("six-steps-lo.pcap");
    QTest::newRow("pcap of another byte order") << smallPcap();
    QTest::newRow("pcapng") << recordedCapture("six-steps-lo.pcapng");
    QTest::newRow("pcapng with several interfaces and sections") << pcapng(false);
    QTest::newRow("pcapng of another byte order") << pcapng(true);
}

/// Whatever the other program has written so far, no segment is missed, torn or seen twice.
void TestCaptureFile::grows()
{
    QFETCH(const QByteArray, capture);
    std::vector<Segment> whole;
    CaptureFile wholeFile(write(capture));
    QCOMPARE(readAll(wholeFile, whole), State::End);
    QVERIFY(!whole.empty());

    for (const qsizetype step : {1, 13, 1000}) {
        QFile growing(m_folder.filePath("growing"));
        QVERIFY(growing.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered));
        CaptureFile file(growing.fileName());
        std::vector<Segment> segments;
        for (qsizetype at = 0; at < capture.size(); at += step) {
            QCOMPARE(readAll(file, segments), State::End);
            growing.write(capture.mid(at, step));
        }
        QCOMPARE(readAll(file, segments), State::End);
        QCOMPARE(file.sentence(), QString());
        QCOMPARE(linesOf(segments), linesOf(whole));
        QCOMPARE(readAll(file, segments), State::End);
        QCOMPARE(segments.size(), whole.size());
    }
}

void TestCaptureFile::inPieces()
{
    CaptureFile file(CAPTURES "/six-steps-lo.pcap");
    std::vector<Segment> segments;
    QCOMPARE(file.read(4, segments), State::More);
    QCOMPARE(segments.size(), 4U);
    QCOMPARE(file.read(7, segments), State::More);
    QCOMPARE(segments.size(), 11U);
    QCOMPARE(file.read(1, segments), State::End);
    QCOMPARE(segments.size(), 11U);
}

void TestCaptureFile::ends_data()
{
    QTest::addColumn<QByteArray>("capture");
    QTest::addColumn<State>("state");
    QTest::addColumn<int>("segments");
    QTest::addColumn<QString>("sentence"); ///< its beginning

    const QByteArray pcap = smallPcap();
    QByteArray damaged = pcap;
    damaged.replace(24 + 16 + 40 + 8, 4, "\x7f\xff\xff\xff"); // the second packet's length
    QByteArray unknown = pcap;
    unknown.replace(20, 4, Packets::be32(147));
    const QByteArray packet = Packets::framed(1, Packets::ip4(Tcp{}.bytes()));
    const QByteArray oneOfTwo = Pcapng{true}.section() + Pcapng{true}.interface(1) + Pcapng{true}.packet(packet, 0);

    QTest::newRow("whole") << pcap << State::End << 2 << "";
    QTest::newRow("empty") << QByteArray() << State::End << 0 << "The file ends before the first packet";
    QTest::newRow("half a header") << pcap.left(10) << State::End << 0 << "The file ends before the first packet";
    QTest::newRow("half a packet") << pcap.chopped(1) << State::End << 1 << "The file ends in the middle of packet 3";
    QTest::newRow("half a packet's header")
        << pcap.left(30) << State::End << 0 << "The file ends in the middle of packet 1";
    QTest::newRow("half a block") << oneOfTwo.chopped(4) << State::End << 0
                                  << "The file ends in the middle of packet 1";
    QTest::newRow("damaged in the middle")
        << damaged << State::Broken << 1 << "The capture is damaged after packet 1: ";
    QTest::newRow("another file") << QByteArray("Hi, server! I'm client.\n") << State::Broken << 0
                                  << "This is not a capture";
    QTest::newRow("unknown link type") << unknown << State::Broken << 0 << "The capture has the link type 147 (";
    QTest::newRow("a second link type") << oneOfTwo + Pcapng{true}.interface(101) +
                                               Pcapng{true}.packet(Packets::ip4(Tcp{}.bytes()), 1)
                                        << State::End << 2 << "";
    QTest::newRow("a second interface of raw IP")
        << Pcapng{true}.section() + Pcapng{true}.interface(101) + Pcapng{true}.interface(101) +
               Pcapng{true}.packet(Packets::ip4(Tcp{}.bytes()), 1)
        << State::End << 1 << "";
    QTest::newRow("a link type that is unknown")
        << oneOfTwo + Pcapng{true}.interface(147) + Pcapng{true}.packet(packet, 1) << State::End << 1 << "";
    QTest::newRow("an interface that is not described")
        << oneOfTwo + Pcapng{true}.packet(packet, 1) << State::Broken << 1 << "The capture is damaged after packet 1: ";
    QTest::newRow("a packet longer than its block")
        << oneOfTwo + Pcapng{true}.packet(packet, 0).replace(20, 4, Packets::be32(2000)) << State::Broken << 1
        << "The capture is damaged after packet 1: ";
    QTest::newRow("pcapng of a later version")
        << Pcapng{true}.section().replace(12, 2, Packets::be16(2)) << State::Broken << 0
        << "The capture has version 2 of pcapng, which TCP Steps cannot read";
    QTest::newRow("compressed in another way") << QByteArray::fromHex("fd377a585a000004") << State::Broken << 0
                                               << "The file is compressed with xz, which TCP Steps cannot read; unpack";
    for (const char *suffix : {"gz", "zst", "lz4"}) {
        const QByteArray whole = contents(QString(CAPTURES "/faults/conversation.pcap.") + suffix);
        for (const qsizetype size : {whole.size() / 2, whole.size() - 20})
            QTest::addRow("%d bytes of a file.%s", int(size), suffix)
                << whole.first(size) << State::Broken << 0
                << "The compressed file ends early. If it is still being written, open it again later: ";
    }
    QTest::newRow("a compressed file with a wrong checksum")
        << contents(CAPTURES "/faults/conversation.pcap.zst").chopped(4) + "abcd" << State::Broken << 0
        << "The compressed file cannot be unpacked: ";
    QTest::newRow("a block without an end") << oneOfTwo + Pcapng{true}.block(5, "abcd").left(4) + Packets::be32(3)
                                            << State::Broken << 1 << "The capture is damaged after packet 1: ";
}

void TestCaptureFile::ends()
{
    QFETCH(const QString, sentence);
    QFETCH(const QByteArray, capture);
    CaptureFile file(write(capture));
    std::vector<Segment> segments;
    QTEST(readAll(file, segments), "state");
    QTEST(int(segments.size()), "segments");
    QCOMPARE(file.sentence().left(sentence.size()), sentence);
    QCOMPARE(file.sentence().isEmpty(), sentence.isEmpty());
    QTEST(readAll(file, segments), "state");
    QTEST(int(segments.size()), "segments");
}

void TestCaptureFile::notFiles()
{
    std::vector<Segment> segments;
    CaptureFile missing(m_folder.filePath("missing"));
    QCOMPARE(missing.read(1, segments), State::Broken);
    QVERIFY2(missing.sentence().startsWith("The file cannot be opened: "), qPrintable(missing.sentence()));

    const QString pipe = m_folder.filePath("pipe");
    QCOMPARE(mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    for (const auto &[path, kind] : {std::pair(pipe, "FIFO (named pipe)"), {m_folder.path(), "folder"}}) {
        CaptureFile file(path);
        QCOMPARE(file.read(1, segments), State::Broken);
        QCOMPARE(file.sentence(), QStringLiteral("The file cannot be opened: it is a %1, not a file").arg(kind));
    }
}

void TestCaptureFile::counts()
{
    const QByteArray tcp = Packets::ip4(Tcp{}.bytes());
    CaptureFile file(write(Packets::pcap(101, {{tcp},
                                               {Packets::ip4(QByteArray(8, 'u'), 17)},
                                               {Packets::ip4(Tcp{}.bytes(), 6, {}, -1, 1)},
                                               {tcp.left(22), quint32(tcp.size())},
                                               {Packets::ip4(Tcp{}.bytes(), 6, {}, 3)},
                                               {tcp}})));
    std::vector<Segment> segments;
    QCOMPARE(readAll(file, segments), State::End);
    QCOMPARE(file.packets(), 6U);
    QCOMPARE(file.leftOut().count(Decoded::Segment), 2U);
    for (const Decoded kind : {Decoded::NotTcp, Decoded::Fragment, Decoded::Cut, Decoded::Malformed})
        QCOMPARE(file.leftOut().count(kind), 1U);
    QCOMPARE(file.leftOut().total(), 3U);
    QCOMPARE(segments.back().frame, 6U);
    QCOMPARE(segments.back().timeUs, 1700000000000005);
}

void TestCaptureFile::becomesShorter()
{
    const QString path = write(smallPcap());
    CaptureFile file(path);
    std::vector<Segment> segments;
    QCOMPARE(readAll(file, segments), State::End);
    QVERIFY(QFile::resize(path, 30));
    QCOMPARE(readAll(file, segments), State::Broken);
    QCOMPARE(file.sentence(), "The file became shorter while it was read");
}

void TestCaptureFile::hostile_data()
{
    QTest::addColumn<QByteArray>("capture");
    QTest::newRow("pcap") << recordedCapture("six-steps-lo.pcap");
    QTest::newRow("pcapng") << recordedCapture("six-steps-lo.pcapng");
    QTest::newRow("pcapng with several interfaces and sections") << pcapng(true);
}

/// Whatever is in a file, reading it ends, and never gives more packets than there is room for.
void TestCaptureFile::hostile()
{
    QFETCH(const QByteArray, capture);
    QRandomGenerator random(11);
    for (int i = 0; i < 500; ++i) {
        QByteArray bytes = capture;
        for (int n = random.bounded(1, 6); n > 0; --n)
            bytes[random.bounded(bytes.size())] = char(random.bounded(256));
        if (random.bounded(2) == 0)
            bytes.truncate(random.bounded(bytes.size()));
        CaptureFile file(write(bytes));
        std::vector<Segment> segments;
        const State state = readAll(file, segments);
        QVERIFY(state != State::Broken || !file.sentence().isEmpty());
        QVERIFY(file.packets() <= quint32(bytes.size() / 16));
        QByteArray lines = linesOf(segments);
        QCOMPARE(lines.count('\n'), qsizetype(segments.size()));
    }
}

REGISTER_TEST(TestCaptureFile)
#include "tst_capturefile.moc"
