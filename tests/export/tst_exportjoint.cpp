// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/packetfile.h"
#include "export/export.h"
#include "picture/picturesaver.h"
#include "support/registertest.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace Qt::Literals::StringLiterals;

/// Exports two captures of the same conversation, which an emulated link with losses, delays and reordering carried
/// between two real kernels. By their IP identification and order, ten segments were lost.
class TestExportJoint : public QObject
{
    Q_OBJECT

private slots:
    void table();
    void jsonLines();
    void page();
    void packets();
    void drops();
    void mermaid();
    void kinds_data();
    void kinds();
    void errors_data();
    void errors();
    void sameCapture();
    void icmpError();
    void tunnel();

private:
    QByteArray exported(const QString &name, ExportOutcome &outcome, int connection = 0);

    QTemporaryDir m_folder;
};

namespace {

const QString clientCapture = QStringLiteral(CAPTURES "/both-ends/client.pcap");
const QString serverCapture = QStringLiteral(CAPTURES "/both-ends/server.pcap");
constexpr int clientPackets = 96;
constexpr int serverPackets = 98;
constexpr int lostSegments = 10;

ExportSource bothEnds(const QString &first = clientCapture, const QString &second = serverCapture)
{
    return {.capture = first, .secondCapture = second};
}

/// icmp-frag-needed.pcap as the server's end would have it: without the segment that is too big, and the error.
QByteArray atTheServer(const QByteArray &atTheClient)
{
    constexpr qsizetype fileHeader = 24;
    constexpr qsizetype recordHeader = 16;
    constexpr qsizetype sourceAt = 14 + 12; // of Ethernet and IPv4
    constexpr qint32 wayUs = 400;
    QByteArray result = atTheClient.first(fileHeader);
    qsizetype size = 0;
    for (qsizetype at = fileHeader, packet = 1; at < atTheClient.size(); at += size, ++packet) {
        QByteArray record =
            atTheClient.sliced(at, recordHeader + qFromLittleEndian<qint32>(atTheClient.data() + at + 8));
        size = record.size();
        if (packet == 4 || packet == 5)
            continue;
        const bool isFromClient = record.sliced(recordHeader + sourceAt, 4) == QByteArray("\x0a\0\0\1", 4);
        const auto us = qFromLittleEndian<qint32>(record.data() + 4);
        qToLittleEndian(isFromClient ? us + wayUs : us - wayUs, record.data() + 4);
        result += record;
    }
    return result;
}

qsizetype countOf(const QByteArray &text, const QByteArray &part)
{
    return text.count(part);
}

} // namespace

QByteArray TestExportJoint::exported(const QString &name, ExportOutcome &outcome, int connection)
{
    ExportSource source = bothEnds();
    source.connection = connection;
    ExportProgress progress;
    outcome = exportFile(source, m_folder.filePath(name), PictureSaver::save, progress);
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestExportJoint::table()
{
    ExportOutcome outcome;
    const QByteArray text = exported(u"x.csv"_s, outcome);
    QVERIFY2(outcome.error.isEmpty(), qPrintable(outcome.error));
    const QByteArrayList lines = text.split('\n');
    QCOMPARE(lines[0], "# A: client.pcap, captured at the client. B: server.pcap, captured at the server.\r");
    QVERIFY(lines[1].startsWith("# The clock of B is ") && lines[1].contains("this assumes equal paths"));
    QCOMPARE(lines[2], "departure,arrival,fate,from,to,flags,seq,ack,length,tunnel\r");
    int lost = 0;
    for (const QByteArray &line : lines.sliced(3)) {
        const QByteArrayList fields = line.split(',');
        if (fields.size() < 4)
            continue;
        lost += fields[2] == "lost" ? 1 : 0;
        QVERIFY(!fields[0].isEmpty());
        QVERIFY(fields[2] == "lost" ? fields[1].isEmpty() : fields[1] > fields[0]);
    }
    QCOMPARE(lost, lostSegments);
    QCOMPARE(lines.size() - 4, (clientPackets + serverPackets + lostSegments) / 2);
}

void TestExportJoint::jsonLines()
{
    ExportOutcome outcome;
    const QByteArray text = exported(u"x.jsonl"_s, outcome);
    QVERIFY(text.startsWith("{\"departure\":\"2026-"));
    QCOMPARE(countOf(text, "\"fate\":\"lost\""), lostSegments);
    QCOMPARE(countOf(text, "\"arrival\":"), (clientPackets + serverPackets - lostSegments) / 2);
}

/// The lines of both files under the headings.
void TestExportJoint::page()
{
    ExportOutcome outcome;
    const QByteArray text = '\n' + exported(u"x.txt"_s, outcome);
    QCOMPARE(countOf(text, "\nA "), clientPackets);
    QCOMPARE(countOf(text, "\nB "), serverPackets);
    QVERIFY(text.contains("\n# The TCP three-way handshake\nA "));
    QVERIFY(text.contains("\n# Send / Recv data\nA "));
}

void TestExportJoint::packets()
{
    ExportOutcome outcome;
    exported(u"x.pcapng"_s, outcome);
    QVERIFY2(outcome.error.isEmpty(), qPrintable(outcome.error));
    PacketFile file(m_folder.filePath(u"x.pcapng"_s));
    std::array<int, 2> packets{};
    qint64 before = 0;
    bool isSorted = true;
    for (auto state = file.next(); state == PacketFile::State::Packet; state = file.next()) {
        ++packets[size_t(file.reader().interface())];
        isSorted &= file.reader().packet().timeUs >= before - 1000; // the clocks of both files
        before = file.reader().packet().timeUs;
    }
    QCOMPARE(packets, (std::array{clientPackets, serverPackets}));
    QVERIFY(isSorted);
    QCOMPARE(file.reader().interfaces().size(), 2U);
}

/// What was dropped while capturing is still known in a copy, and in what is made of both.
void TestExportJoint::drops()
{
    const QString copy = m_folder.filePath(u"copy.pcapng"_s);
    ExportProgress progress;
    QCOMPARE(exportFile({.capture = serverCapture, .drops = 3}, copy, {}, progress).error, QString());
    const QString alone = m_folder.filePath(u"drops.txt"_s);
    QCOMPARE(exportFile({.capture = copy}, alone, {}, progress).note, u"While capturing, 3 packets were dropped."_s);
    const QString table = m_folder.filePath(u"drops.csv"_s);
    QCOMPARE(exportFile(bothEnds(clientCapture, copy), table, {}, progress).error, QString());
    QFile file(table);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(text.contains("copy.pcapng lacks packets that were dropped while capturing, so nothing is called lost"));
    QCOMPARE(countOf(text, "dropped"), 1);
    QCOMPARE(countOf(text, ",lost,"), 0);
    const QString both = m_folder.filePath(u"drops.pcapng"_s);
    QCOMPARE(exportFile(bothEnds(clientCapture, copy), both, {}, progress).error, QString());
    PacketFile packets(both);
    while (packets.next() == PacketFile::State::Packet) { }
    QCOMPARE(packets.drops(), 3U);
}

void TestExportJoint::mermaid()
{
    ExportOutcome outcome;
    const QString text = QString::fromUtf8(exported(u"x.mmd"_s, outcome));
    QVERIFY(text.contains(u"Note over Client,Server: The clock of B is "_s));
    QVERIFY(text.contains(u"Client->>Server: SYN: seq 0 [0.000 ms → "_s));
    QCOMPARE(text.count(u"→ ×]"_s), lostSegments);
    QCOMPARE(text.count(u"ESTABLISHED"_s), 2);
}

void TestExportJoint::kinds_data()
{
    QTest::addColumn<QString>("name");

    for (const char *suffix : {"svg", "png", "bin"})
        QTest::newRow(suffix) << u"kind.%1"_s.arg(QLatin1StringView(suffix));
}

void TestExportJoint::kinds()
{
    QFETCH(const QString, name);
    ExportOutcome outcome;
    exported(name, outcome, 1);
    QVERIFY2(outcome.error.isEmpty(), qPrintable(outcome.error));
    // The captures contain only the beginning of each payload.
    QCOMPARE(outcome.note.contains(u"bytes were not captured"_s), name.endsWith(u"bin"_s));
}

void TestExportJoint::errors_data()
{
    QTest::addColumn<ExportSource>("source");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("says");

    const QString other = QStringLiteral(EXAMPLES "/conversation.pcap");
    QTest::newRow("no shared connection")
        << bothEnds(clientCapture, other) << u"e.csv"_s
        << u"%1 and %2 share no connection, so they cannot be shown together."_s.arg(clientCapture, other);
    ExportSource second = bothEnds();
    second.connection = 2;
    QTest::newRow("no such connection") << second << u"e.csv"_s
                                        << u"Nothing to export: %1 has no connection 2."_s.arg(clientCapture);
}

void TestExportJoint::errors()
{
    QFETCH(const ExportSource, source);
    QFETCH(const QString, name);
    QFETCH(const QString, says);
    ExportProgress progress;
    QCOMPARE(exportFile(source, m_folder.filePath(name), PictureSaver::save, progress).error, says);
    QVERIFY(!QFile::exists(m_folder.filePath(u"e.csv"_s)));
}

void TestExportJoint::sameCapture()
{
    ExportProgress progress;
    const QString to = m_folder.filePath(u"same.txt"_s);
    const ExportOutcome outcome = exportFile(bothEnds(clientCapture, clientCapture), to, PictureSaver::save, progress);
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.note, u"client.pcap and client.pcap are the same capture. It is shown once."_s);
    QFile file(to);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(countOf(file.readAll(), " IP 192.0.2."), clientPackets);
}

/// A router's error has a row with its name, as in the table of one capture.
void TestExportJoint::icmpError()
{
    const QString first = QStringLiteral(CAPTURES "/faults/icmp-frag-needed.pcap");
    const QString second = m_folder.filePath(u"server.pcap"_s);
    QFile atClient(first);
    QFile file(second);
    QVERIFY(atClient.open(QIODevice::ReadOnly) && file.open(QIODevice::WriteOnly));
    QVERIFY(file.write(atTheServer(atClient.readAll())) > 0);
    file.close();
    for (const auto &[name, row] :
         {std::pair(
              u"icmp.csv"_s,
              QByteArray(",\"10.0.0.254\",\"10.0.0.1:40000\",\"ICMP fragmentation needed, MTU 1300\",1001,,,\r\n")),
          {u"icmp.jsonl"_s, QByteArray("\"icmp\":\"fragmentation needed\",\"mtu\":1300,\"seq\":1001}\n")}}) {
        ExportProgress progress;
        const ExportOutcome outcome =
            exportFile(bothEnds(first, second), m_folder.filePath(name), PictureSaver::save, progress);
        QVERIFY2(outcome.error.isEmpty(), qPrintable(outcome.error));
        QFile written(m_folder.filePath(name));
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray text = written.readAll();
        QVERIFY2(text.contains(row), text.constData());
        QVERIFY2(text.contains("lost"), text.constData());
    }
    ExportProgress progress;
    const QString picture = m_folder.filePath(u"icmp.mmd"_s);
    QCOMPARE(exportFile(bothEnds(first, second), picture, PictureSaver::save, progress).error, QString());
    QFile drawn(picture);
    QVERIFY(drawn.open(QIODevice::ReadOnly));
    const QByteArray text = drawn.readAll();
    QVERIFY2(text.contains("from 10.0.0.254") && !text.contains("not captured"), text.constData());
}

void TestExportJoint::tunnel()
{
    const QString capture = QStringLiteral(CAPTURES "/faults/gre.pcap");
    for (const auto &[name, end] : {std::pair(u"tunnel.csv"_s, QByteArray(",GRE\r\n")),
                                    {u"tunnel.jsonl"_s, QByteArray(",\"tunnel\":\"GRE\"}\n")}}) {
        ExportProgress progress;
        QCOMPARE(exportFile(bothEnds(capture, capture), m_folder.filePath(name), {}, progress).error, QString());
        QFile written(m_folder.filePath(name));
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(countOf(written.readAll(), end), 9);
    }
}

REGISTER_TEST(TestExportJoint)
#include "tst_exportjoint.moc"
