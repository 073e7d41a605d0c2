// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/packetfile.h"
#include "capture/pcapngwriter.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QBuffer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <pcap/pcap.h>

/// Captures with comments, as libpcap and tshark read them.
class TestPcapngWriter : public QObject
{
    Q_OBJECT

private slots:
    void libpcapReadsIt_data();
    void libpcapReadsIt();
    void keepsDrops();
    void commentsAreWhole_data();
    void commentsAreWhole();
    void errors_data();
    void errors();
    void tsharkShowsComments();
};

namespace {

const QByteArray frame("\x45\x00\x00\x28\x00\x00\x40\x00\x40\x06\x00\x00\x7f\x00\x00\x01\x7f\x00\x00\x01"
                       "\x21\xfc\x21\xfc\x00\x00\x00\x01\x00\x00\x00\x00\x50\x02\x02\x00\x00\x00\x00\x00",
                       40);

/// A pcap file of packets of raw IP: frame, shortened by 0, 1, 2, … bytes.
void writePcap(const QString &path, int packets)
{
    pcap_t *format = pcap_open_dead_with_tstamp_precision(DLT_RAW, 262144, PCAP_TSTAMP_PRECISION_NANO);
    pcap_dumper_t *dumper = pcap_dump_open(format, QFile::encodeName(path).constData());
    for (int i = 0; i < packets; ++i) {
        pcap_pkthdr header = {};
        header.ts.tv_sec = 1'700'000'000 + i;
        header.ts.tv_usec = 999'999'000 + i; // nanoseconds
        header.caplen = bpf_u_int32(frame.size() - i);
        header.len = bpf_u_int32(frame.size());
        pcap_dump(reinterpret_cast<u_char *>(dumper), &header, reinterpret_cast<const u_char *>(frame.constData()));
    }
    pcap_dump_close(dumper);
    pcap_close(format);
}

/// The option of this code of the only enhanced packet block of a file, in this machine's byte order.
QByteArray option(const QByteArray &file, quint16 code)
{
    const auto word = [&file](qsizetype at) { return qFromUnaligned<quint32>(file.constData() + at); };
    qsizetype at = 0;
    while (word(at) != 6)
        at += qsizetype(word(at + 4));
    for (qsizetype next = at + 28 + (qsizetype(word(at + 20)) + 3) / 4 * 4; next < at + qsizetype(word(at + 4)) - 4;) {
        const quint32 head = word(next);
        if ((head & 0xffff) == code)
            return file.mid(next + 4, head >> 16);
        next += 4 + (qsizetype(head >> 16) + 3) / 4 * 4;
    }
    return {};
}

} // namespace

void TestPcapngWriter::libpcapReadsIt_data()
{
    QTest::addColumn<PacketComments>("comments");

    QTest::newRow("no comments") << PacketComments();
    QTest::newRow("one") << PacketComments{{2, {"[1] Send: a"}}};
    QTest::newRow("several, of every length") << PacketComments{{1, {"a", "ab"}}, {3, {"abc", "abcd", "ä"}}};
    QTest::newRow("for packets that are not there") << PacketComments{{0, {"a"}}, {9, {"b"}}};
}

void TestPcapngWriter::libpcapReadsIt()
{
    QFETCH(const PacketComments, comments);
    const QTemporaryDir folder;
    const QString pcap = folder.filePath("a.pcap");
    const QString pcapng = folder.filePath("a.pcapng");
    writePcap(pcap, 5);
    QCOMPARE(writeCommentedCapture(pcap, pcapng, comments), QString());
    QCOMPARE(QFile(pcapng).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());

    char error[PCAP_ERRBUF_SIZE] = "";
    pcap_t *in = pcap_open_offline(QFile::encodeName(pcapng).constData(), error);
    QVERIFY2(in, error);
    QCOMPARE(pcap_datalink(in), DLT_RAW);
    pcap_pkthdr *header = nullptr;
    const u_char *bytes = nullptr;
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(pcap_next_ex(in, &header, &bytes), 1);
        QCOMPARE(header->ts.tv_sec, 1'700'000'000 + i);
        QCOMPARE(header->ts.tv_usec, 999'999);
        QCOMPARE(header->len, bpf_u_int32(frame.size()));
        QCOMPARE(QByteArray(reinterpret_cast<const char *>(bytes), header->caplen), frame.chopped(i));
    }
    QCOMPARE(pcap_next_ex(in, &header, &bytes), PCAP_ERROR_BREAK);
    pcap_close(in);
}

/// How many packets a capture lacks is in what is written, and in what is written from that.
void TestPcapngWriter::keepsDrops()
{
    const QTemporaryDir folder;
    const auto path = [&folder](const char *name) { return folder.filePath(name); };
    const auto dropsIn = [](const QString &capture) {
        PacketFile file(capture);
        while (file.next() == PacketFile::State::Packet) { }
        return file.drops();
    };
    writePcap(path("a.pcap"), 3);
    QCOMPARE(writeCommentedCapture(path("a.pcap"), path("all.pcapng"), {}), QString());
    QCOMPARE(dropsIn(path("all.pcapng")), 0U);
    QCOMPARE(writeCommentedCapture(path("a.pcap"), path("some.pcapng"), {}, 4711), QString());
    QCOMPARE(dropsIn(path("some.pcapng")), 4711U);
    QCOMPARE(writeCommentedCapture(path("some.pcapng"), path("again.pcapng"), {}), QString());
    QCOMPARE(dropsIn(path("again.pcapng")), 4711U);
}

void TestPcapngWriter::commentsAreWhole_data()
{
    QTest::addColumn<QString>("comment");
    QTest::addColumn<qsizetype>("bytes");

    QTest::newRow("short") << "[1] Send: Hi" << qsizetype(12);
    QTest::newRow("as long as an option can be") << QString(0xffff, 'a') << qsizetype(0xffff);
    QTest::newRow("longer") << QString(0x10000, 'a') << qsizetype(0xffff);
    QTest::newRow("longer, cut between characters") << QString(0x8000, u'ä') << qsizetype(0xfffe);
}

void TestPcapngWriter::commentsAreWhole()
{
    QFETCH(const QString, comment);
    QFETCH(const qsizetype, bytes);
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    PcapngWriter writer(buffer);
    QVERIFY(writer.begin() && writer.addInterface({.linkType = DLT_EN10MB}));
    writer.write({.data = reinterpret_cast<const uchar *>(frame.constData()), .captured = 3, .length = 40}, {comment});
    QCOMPARE(option(buffer.data(), 1), comment.toUtf8().left(bytes));
}

void TestPcapngWriter::errors_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("error");

    QTest::newRow("no such capture") << "missing.pcap"
                                     << "out.pcapng"
                                     << "Cannot read ";
    QTest::newRow("no such folder") << "a.pcap"
                                    << "missing/out.pcapng"
                                    << "Cannot write ";
}

void TestPcapngWriter::errors()
{
    QFETCH(const QString, from);
    QFETCH(const QString, to);
    QFETCH(const QString, error);
    const QTemporaryDir folder;
    writePcap(folder.filePath("a.pcap"), 1);
    const QString sentence = writeCommentedCapture(folder.filePath(from), folder.filePath(to), {});
    QVERIFY2(sentence.startsWith(error), qPrintable(sentence));
    QVERIFY(!QFile::exists(folder.filePath(to)));
}

void TestPcapngWriter::tsharkShowsComments()
{
    const QString tshark = QStandardPaths::findExecutable("tshark");
    if (tshark.isEmpty())
        SKIP_OR_FAIL(QString("tshark is not installed (scripts/setup --ci does)"));
    const QTemporaryDir folder;
    writePcap(folder.filePath("a.pcap"), 3);
    const QString pcapng = folder.filePath("a.pcapng");
    QCOMPARE(
        writeCommentedCapture(folder.filePath("a.pcap"), pcapng,
                              {{1, {"[1] Send: Hi, server! I'm client."}}, {3, {"[5] Close Socket", "[6] Grüße"}}}),
        QString());
    QProcess process;
    process.start(tshark, {"-r", pcapng, "-T", "fields", "-e", "frame.number", "-e", "frame.comment"});
    QVERIFY(process.waitForFinished());
    QCOMPARE(QString::fromUtf8(process.readAllStandardOutput()),
             "1\t[1] Send: Hi, server! I'm client.\n2\t\n3\t[5] Close Socket,[6] Grüße\n");
}

REGISTER_TEST(TestPcapngWriter)
#include "tst_pcapngwriter.moc"
