// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/packets.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "support/tcpdump.h"
#include "tcpdump/dumpwire.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>

using Packets::Packet;
using Packets::Tcp;

class TestDumpWire : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void recorded_data();
    void recorded();
    void conversations();
    void relative();
    void equalsTcpdump_data();
    void equalsTcpdump();
    void faults_data();
    void faults();
    void lengthZero();
    void unsoundSegmentsMeanNothing();
    void cutOff();
    void nothingToPrint();
    void cannotPrint();

private:
    struct Dump {
        QByteArray text;
        QString sentence;
        QString leftOut;
    };
    Dump dump(const QList<Packet> &packets, bool isRelative = false);
    Dump dumpFile(const QString &path, bool isRelative = false);

    QTemporaryDir m_folder;
};

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Opens a connection, sends three bytes in each direction and closes it; from is the client's port.
QList<Packet> conversation(quint16 from)
{
    enum : quint16 { S = Segment::Syn, A = Segment::Ack, F = Segment::Fin };
    const auto there = [from](quint16 flags, quint32 sequence, quint32 acknowledgement, const char *payload = "") {
        return Packet{Packets::ip4(Tcp{from, 8700, sequence, acknowledgement, flags, {}, payload}.bytes())};
    };
    const auto back = [from](quint16 flags, quint32 sequence, quint32 acknowledgement, const char *payload = "") {
        return Packet{Packets::ip4(Tcp{8700, from, sequence, acknowledgement, flags, {}, payload}.bytes())};
    };
    // The addresses in the opposite order.
    QList<Packet> packets{there(S, 100, 0),          back(S | A, 500, 101),    there(A, 101, 501),
                          there(A, 101, 501, "abc"), back(A, 501, 104, "def"), there(F | A, 104, 504),
                          back(A, 504, 105),         back(F | A, 504, 105),    there(A, 105, 505)};
    for (Packet &packet : packets) {
        if (packet.bytes.mid(20, 2) == Packets::be16(8700)) {
            const QByteArray source = packet.bytes.mid(12, 4);
            packet.bytes.replace(12, 4, packet.bytes.mid(16, 4)).replace(16, 4, source);
        }
    }
    return packets;
}

QByteArrayList headingsOf(const QByteArray &text)
{
    QByteArrayList headings;
    for (const QByteArray &line : text.split('\n')) {
        if (line.startsWith('#') || line.isEmpty())
            headings += line;
    }
    return headings;
}

/// The lines without headings, in the order of the capture; their times differ.
QByteArrayList linesOf(const QByteArray &text)
{
    QByteArrayList lines = text.split('\n');
    lines.removeIf([](const QByteArray &line) { return line.isEmpty() || line.startsWith('#'); });
    std::sort(lines.begin(), lines.end());
    return lines;
}

const QByteArrayList headings{"# The TCP three-way handshake", "# Send / Recv data", "# The TCP four-way wave"};

} // namespace

void TestDumpWire::initTestCase()
{
    qputenv("TZ", "UTC");
    tzset();
    QVERIFY(m_folder.isValid());
}

TestDumpWire::Dump TestDumpWire::dumpFile(const QString &path, bool isRelative)
{
    const QString to = m_folder.filePath("text");
    std::FILE *file = std::fopen(QFile::encodeName(to).constData(), "w");
    if (!file)
        return {};
    const WireDump dump = dumpWire(path, isRelative, 0, file);
    std::fclose(file);
    return {contents(to), dump.error, dump.leftOut};
}

TestDumpWire::Dump TestDumpWire::dump(const QList<Packet> &packets, bool isRelative)
{
    QFile file(m_folder.filePath("capture"));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(Packets::pcap(101, packets)) <= 0)
        return {};
    file.close();
    return dumpFile(file.fileName(), isRelative);
}

void TestDumpWire::recorded_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"six-steps-lo.pcap", "six-steps-any.pcap", "six-steps-lo.pcapng"})
        QTest::newRow(name) << name;
}

void TestDumpWire::recorded()
{
    QFETCH(const QString, name);
    const auto [text, sentence, leftOut] = dumpFile(CAPTURES "/" + name);
    QString expected = QString::fromLatin1(contents(CAPTURES "/" + name + ".tcpdump.txt"));
    static const QRegularExpression interface(" lo    In (?= IP )");
    expected.remove(interface);
    QCOMPARE(sentence, QString());
    QCOMPARE(headingsOf(text), headings + QByteArrayList{""});
    QCOMPARE(linesOf(text), linesOf(expected.toLatin1()));
    QVERIFY(text.startsWith(headings.at(0) + "\n10:06:"));
}

/// Two simultaneous conversations are printed one after the other, in the order in which they began.
void TestDumpWire::conversations()
{
    const QList<Packet> one = conversation(41001);
    const QList<Packet> two = conversation(41000);
    QList<Packet> both{one.at(0)};
    for (qsizetype i = 1; i < one.size(); ++i)
        both << two.at(i - 1) << one.at(i);
    both << two.back();
    const auto [text, sentence, leftOut] = dump(both);
    QCOMPARE(sentence, QString());
    QCOMPARE(headingsOf(text), headings + QByteArrayList{""} + headings + QByteArrayList{""});
    const qsizetype gap = text.indexOf("\n\n");
    QCOMPARE(text.left(gap).count(".41001"), 9);
    QCOMPARE(text.left(gap).count(".41000"), 0);
    QCOMPARE(text.mid(gap).count(".41000"), 9);
    QVERIFY(text.contains("\n# Send / Recv data\n22:13:20.000006 IP 127.0.0.1.41001 > 127.0.0.2.8700: Flags [.], "
                          "seq 101:104, ack 501, win 500, length 3\n"));
}

void TestDumpWire::relative()
{
    const QByteArray text = dump(conversation(41000), true).text;
    QVERIFY(text.contains("Flags [S], seq 100, win 500, length 0\n"));
    QVERIFY(text.contains("Flags [S.], seq 500, ack 101, win 500, length 0\n"));
    QVERIFY(text.contains("Flags [.], seq 1:4, ack 1, win 500, length 3\n"));
    QVERIFY(text.contains("Flags [F.], seq 4, ack 4, win 500, length 0\n"));
}

void TestDumpWire::equalsTcpdump_data()
{
    QTest::addColumn<QByteArray>("capture");
    QTest::addColumn<bool>("relative");

    QList<Packet> mixed;
    for (int i = 0; i < 9; ++i) {
        for (const quint16 port : {41000, 41003, 8700, 41001})
            mixed << conversation(port).at(i) << Packet{Packets::ip4("datagram", 17)};
    }
    mixed += conversation(41001) + conversation(41000).mid(3);
    // The MD5 option's text says whether the whole segment was captured.
    const QByteArray signedTcp =
        Tcp{.options = QByteArray::fromHex("0101") + "\x13\x12" + QByteArray(16, 'd'), .payload = "abcdef"}.bytes();
    const QByteArray signedPacket = Packets::ip4(signedTcp);
    for (const bool isRelative : {false, true}) {
        QTest::addRow("several at once and again, %s", isRelative ? "relative" : "absolute")
            << Packets::pcap(101, mixed) << isRelative;
        QTest::addRow("a payload that is cut, %s", isRelative ? "relative" : "absolute")
            << Packets::pcap(101, {{signedPacket.chopped(2), quint32(signedPacket.size())}}) << isRelative;
        for (const char *name :
             {"gre", "ipip", "vxlan", "mpls", "llc-snap", "mixed-eth-and-gre", "ppp", "nanoseconds", "ip-fragments"})
            QTest::addRow("%s, %s", name, isRelative ? "relative" : "absolute")
                << contents(QString(CAPTURES "/faults/") + name + ".pcap") << isRelative;
        for (const char *name : {"conversation", "half-close", "refused", "reset", "retransmission",
                                 "simultaneous-close", "three-way-wave", "zero-window"})
            QTest::addRow("%s, %s", name, isRelative ? "relative" : "absolute")
                << contents(QString(EXAMPLES "/") + name + ".pcap") << isRelative;
    }
}

void TestDumpWire::equalsTcpdump()
{
    const QString tcpdump = Tcpdump::program();
    if (tcpdump.isEmpty())
        SKIP_OR_FAIL(QString("tcpdump is not installed, its lines cannot be compared"));
    QFETCH(const QByteArray, capture);
    QFETCH(const bool, relative);
    QFile file(m_folder.filePath("capture"));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(capture) == capture.size());
    file.close();
    QByteArrayList expected = linesOf(Tcpdump::output(tcpdump, capture, relative));
    expected.removeIf([](const QByteArray &line) {
        return !line.contains("Flags [") && !line.contains("VXLAN") && !line.contains(": ICMP ");
    });
    QVERIFY(!expected.isEmpty());
    QCOMPARE(linesOf(dumpFile(file.fileName(), relative).text), expected);
}

void TestDumpWire::faults_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArrayList>("headings");
    QTest::addColumn<int>("lines");
    QTest::addColumn<QByteArray>("line"); ///< one of them

    const QByteArrayList once = headings + QByteArrayList{""};
    QTest::newRow("total length 0")
        << "tso-total-length-0.pcap" << once << 11
        << QByteArray(
               "22:13:20.003000 IP 10.0.0.1.40000 > 10.0.0.2.8700: Flags [P.], seq 1001:5001, ack 5001, win 65000, "
               "length 4000");
    QTest::newRow("GRE") << "gre.pcap" << once << 9
                         << QByteArray(
                                "22:13:20.003000 IP 192.0.2.1 > 192.0.2.2: GREv0, length 46: IP 10.0.0.1.40000 > "
                                "10.0.0.2.8700: Flags [P.], seq 1001:1003, ack 5001, win 65000, length 2");
    QTest::newRow("IP-in-IP") << "ipip.pcap" << once << 9
                              << QByteArray("22:13:20.008000 IP 192.0.2.1 > 192.0.2.2: IP 10.0.0.1.40000 > "
                                            "10.0.0.2.8700: Flags [.], ack 5002, win 65000, length 0");
    QTest::newRow("VXLAN") << "vxlan.pcap" << once << 18
                           << QByteArray("IP 10.0.0.1.40000 > 10.0.0.2.8700: Flags [P.], seq 1001:1003, ack 5001, "
                                         "win 65000, length 2");
    QTest::newRow("MPLS") << "mpls.pcap" << once << 9
                          << QByteArray("22:13:20.000000 MPLS (label 16, tc 0, [S], ttl 64) IP 10.0.0.1.40000 > "
                                        "10.0.0.2.8700: Flags [S], seq 1000, win 65000, length 0");
    QTest::newRow("LLC and SNAP") << "llc-snap.pcap" << once << 9
                                  << QByteArray("22:13:20.000000 IP 10.0.0.1.40000 > 10.0.0.2.8700: Flags [S], "
                                                "seq 1000, win 65000, length 0");
    QTest::newRow("PPP") << "ppp.pcap" << once << 9
                         << QByteArray("22:13:20.007000 IP 10.0.0.2.8700 > 10.0.0.1.40000: Flags [F.], seq 5001, "
                                       "ack 1004, win 65000, length 0");
    QTest::newRow("the same connection inside and outside a tunnel")
        << "mixed-eth-and-gre.pcap" << headings + QByteArrayList{""} + once << 18
        << QByteArray("22:13:20.009000 IP 192.0.2.1 > 192.0.2.2: GREv0, length 44: IP 10.0.0.1.40000 > 10.0.0.2.8700: "
                      "Flags [S], seq 1000, win 65000, length 0");
    QTest::newRow("refused by ICMP") << "icmp-port-unreachable.pcap"
                                     << QByteArrayList{"# The TCP handshake, refused (ICMP port unreachable)", ""} << 2
                                     << QByteArray("22:13:20.001000 IP 10.0.0.2 > 10.0.0.1: ICMP 10.0.0.2 tcp port "
                                                   "8700 unreachable, length 36");
    QTest::newRow("fragmentation needed")
        << "icmp-frag-needed.pcap" << once << 12
        << QByteArray("22:13:20.004000 IP 10.0.0.254 > 10.0.0.1: ICMP 10.0.0.2 unreachable - need to frag (mtu 1300), "
                      "length 36");
    QTest::newRow("nanoseconds") << "nanoseconds.pcap" << QByteArrayList{headings.at(0), headings.at(2), ""} << 7
                                 << QByteArray(
                                        "22:13:20.123456 IP 10.0.0.1.40000 > 10.0.0.2.8700: Flags [S], seq 1000, "
                                        "win 65000, length 0");
}

/// Captures that programs used to show in part, or not at all.
void TestDumpWire::faults()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, line);
    const auto [text, sentence, leftOut] = dumpFile(CAPTURES "/faults/" + name);
    QCOMPARE(sentence, QString());
    QTEST(headingsOf(text), "headings");
    QTEST(int(linesOf(text).size()), "lines");
    QVERIFY2(linesOf(text).contains(line), text.constData());
}

/// In tcpdump's words, except for the line with "bad-len 0".
void TestDumpWire::lengthZero()
{
    const QString tcpdump = Tcpdump::program();
    if (tcpdump.isEmpty())
        SKIP_OR_FAIL(QString("tcpdump is not installed, its lines cannot be compared"));
    const QByteArray capture = contents(CAPTURES "/faults/tso-total-length-0.pcap");
    QByteArrayList expected = linesOf(Tcpdump::output(tcpdump, capture, false));
    QVERIFY(expected.removeOne("22:13:20.003000 IP bad-len 0"));
    QByteArrayList printed = linesOf(dumpFile(CAPTURES "/faults/tso-total-length-0.pcap").text);
    printed.removeIf([](const QByteArray &line) { return line.startsWith("22:13:20.003000"); });
    QCOMPARE(printed, expected);
}

void TestDumpWire::unsoundSegmentsMeanNothing()
{
    QList<Packet> packets = conversation(41000);
    Packet wrong{Packets::ip4(
        Tcp{.from = 41000, .flags = Segment::Fin | Segment::Rst, .payload = "abcd", .headerWords = 15}.bytes())};
    Packet cut = packets.at(3);
    cut.length = quint32(cut.bytes.size());
    cut.bytes.truncate(30);
    packets.insert(4, wrong);
    packets.insert(4, cut);
    const QByteArray text = dump(packets).text;
    QCOMPARE(headingsOf(text), headings + QByteArrayList{""});
    QCOMPARE(linesOf(text).size(), packets.size());
    QVERIFY(text.contains(": Flags [FR] [bad hdr length 60 - too long, > 24]\n"));
    QVERIFY(text.contains(":  [|tcp]\n"));
}

void TestDumpWire::cutOff()
{
    QFile file(m_folder.filePath("cut"));
    const QByteArray capture = Packets::pcap(101, conversation(41000));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(capture.chopped(1)) > 0);
    file.close();
    const auto [text, sentence, leftOut] = dumpFile(file.fileName());
    QCOMPARE(sentence, "The file ends in the middle of packet 9");
    QCOMPARE(linesOf(text).size(), 8);
    QVERIFY(text.startsWith(headings.at(0) + '\n'));
}

void TestDumpWire::nothingToPrint()
{
    const auto [text, sentence, leftOut] = dump({{Packets::ip4("datagram", 17)}});
    QCOMPARE(text, QByteArray());
    QCOMPARE(sentence, QString());
    QCOMPARE(leftOut, QString());
}

void TestDumpWire::cannotPrint()
{
    std::FILE *full = std::fopen("/dev/full", "w");
    if (!full)
        SKIP("needs /dev/full");
    const QString sentence = dumpWire(CAPTURES "/six-steps-lo.pcap", false, 0, full).error;
    std::fclose(full);
    QCOMPARE(sentence, "The contents cannot be printed: No space left on device");
}

REGISTER_TEST(TestDumpWire)
#include "tst_dumpwire.moc"
