// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/capturefile.h"
#include "capture/capturesignature.h"
#include "capture/packetfile.h"
#include "export/export.h"
#include "flows/flowtable.h"
#include "picture/picturesaver.h"
#include "steps/stepjson.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "tcpdump/dumpwire.h"

#include <QFile>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <QtEndian>

/// Exports captures, and sessions with and without a capture, to every kind of file.
class TestExport : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void signature_data();
    void signature();
    void kinds_data();
    void kinds();

    void textOfACapture();
    void whatIsLeftOut();
    void keepsPackets_data();
    void keepsPackets();
    void rowsOfACapture();
    void rowsOfErrors();
    void rowsOfTunnels_data();
    void rowsOfTunnels();
    void aCutHeader();
    void mermaid_data();
    void mermaid();
    void mermaidOfWhatStaysUnanswered();
    void pictures_data();
    void pictures();
    void comments();
    void severalConnections();

    void nothing_data();
    void nothing();
    void captureOntoItself();
    void brokenOff_data();
    void brokenOff();

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QByteArray read(const QString &name) const;
    ExportSource source(const QString &name) const;

    QTemporaryDir m_folder;
};

namespace {

const QString capture = QStringLiteral(EXAMPLES "/conversation.pcap");

std::vector<Segment> segmentsOf(const QString &path)
{
    CaptureFile file(path);
    std::vector<Segment> segments;
    while (file.read(1000, segments) == CaptureFile::State::More) { }
    return segments;
}

/// The client's steps of the conversation, with the capture's addresses and times.
std::vector<Step> clientSteps()
{
    const std::vector<Segment> segments = segmentsOf(capture);
    Step step;
    step.side = Side::Client;
    step.connection = 1;
    step.local = segments.front().source.text();
    step.peer = segments.front().destination.text();
    step.time.wallUs = segments.front().timeUs;
    const auto message = [step](StepKind kind, int number, const QByteArray &text) {
        Step sent = step;
        sent.kind = kind;
        sent.number = number;
        sent.payload = text;
        sent.size = text.size();
        sent.bytes = text.size() + 1;
        sent.offset = 0;
        return sent;
    };
    Step close = step;
    close.kind = StepKind::Close;
    close.number = 5;
    return {message(StepKind::Send, 1, "Hi, server! I'm client."), message(StepKind::Recv, 4, "Hi, client!"), close};
}

ExportOutcome exported(const ExportSource &source, const QString &to, const LadderSaver &saveLadder)
{
    ExportProgress progress;
    return exportFile(source, to, saveLadder, progress);
}

/// How many rows LibreOffice or a script would find, and the fields of each, by RFC 4180.
QList<QStringList> parsedCsv(const QString &text)
{
    QList<QStringList> rows;
    QStringList row;
    QString field;
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'"' && isQuoted && i + 1 < text.size() && text[i + 1] == u'"')
            field += text[i++];
        else if (text[i] == u'"')
            isQuoted = !isQuoted;
        else if (text[i] == u',' && !isQuoted)
            row.append(std::exchange(field, {}));
        else if (text[i] == u'\n' && !isQuoted)
            rows.append(std::exchange(row, {}) << std::exchange(field, {}));
        else if (text[i] != u'\r' || isQuoted)
            field += text[i];
    }
    return rows;
}

} // namespace

void TestExport::initTestCase()
{
    QFile session(path("session.jsonl"));
    QVERIFY(session.open(QIODevice::WriteOnly));
    for (const Step &step : clientSteps())
        session.write(StepJson::toLine(step) + '\n');
    session.close();
    QVERIFY(QFile::copy(capture, path("capture.data")));

    QFile whole(capture);
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray packets = whole.readAll();
    for (const auto &[name, bytes] :
         {std::pair("empty", 0), {"header.pcap", 24}, {"half-a-header.pcap", 10}, {"cut.pcap", 300}}) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(packets.left(bytes));
    }
}

QByteArray TestExport::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

ExportSource TestExport::source(const QString &name) const
{
    if (name == "session and capture")
        return {path("session.jsonl"), path("capture.data")};
    QString error;
    return ExportSource::of(path(name), error);
}

void TestExport::signature_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<bool>("isCapture");

    QTest::newRow("pcap, little-endian") << QByteArray::fromHex("d4c3b2a1") << true;
    QTest::newRow("pcap, big-endian") << QByteArray::fromHex("a1b2c3d4") << true;
    QTest::newRow("pcap, nanoseconds, little-endian") << QByteArray::fromHex("4d3cb2a1") << true;
    QTest::newRow("pcap, nanoseconds, big-endian") << QByteArray::fromHex("a1b23c4d") << true;
    QTest::newRow("pcap, Kuznetsov's") << QByteArray::fromHex("34cdb2a1") << true;
    QTest::newRow("pcapng") << QByteArray::fromHex("0a0d0d0a6c000000") << true;
    QTest::newRow("a session") << QByteArray("{\"time\":") << false;
    QTest::newRow("too short") << QByteArray::fromHex("d4c3b2") << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("blank lines") << QByteArray("\n\r\r\n").left(2) << false;
}

void TestExport::signature()
{
    QFETCH(const QByteArray, start);
    QFETCH(const bool, isCapture);
    QCOMPARE(CaptureSignature::isAtStartOf(start), isCapture);
}

void TestExport::kinds_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QByteArray>("start");

    const QByteArray headings("# The TCP three-way handshake\n");
    const QByteArray png("\x89PNG\r\n");
    const QByteArray svg("<?xml version=\"1.0\"");
    const QByteArray pcapng("\x0a\x0d\x0d\x0a");
    const QByteArray steps("[1] Send: Hi, server! I'm client.\n[4] Recv: Hi, client!\n[5] Close Socket\n");
    const QString session = "session.jsonl";
    const QString alone = "capture.data";
    const QString both = "session and capture";
    QTest::newRow("a capture as text") << alone << "txt" << headings;
    QTest::newRow("a capture as CSV") << alone << "csv" << QByteArray("time,from,to,flags,seq,ack,length,tunnel\r\n");
    QTest::newRow("a capture as JSON Lines") << alone << "jsonl" << QByteArray("{\"time\":\"2026-");
    QTest::newRow("a capture as Mermaid") << alone << "mmd" << QByteArray("sequenceDiagram\n");
    QTest::newRow("a capture as SVG") << alone << "svg" << svg;
    QTest::newRow("a capture as PNG") << alone << "png" << png;
    QTest::newRow("a capture as pcapng") << alone << "pcapng" << pcapng;
    QTest::newRow("in capital letters") << alone << "PcapNG" << pcapng;
    QTest::newRow("a session as text") << session << "txt" << steps;
    QTest::newRow("a session as CSV") << session << "csv" << QByteArray("time,monotonic_us,side,");
    QTest::newRow("a session as JSON Lines") << session << "jsonl" << read(session);
    QTest::newRow("a session as Mermaid") << session << "mmd" << QByteArray("sequenceDiagram\n");
    QTest::newRow("a session as SVG") << session << "svg" << svg;
    QTest::newRow("a session as PNG") << session << "png" << png;
    QTest::newRow("both as text: the steps") << both << "txt" << steps;
    QTest::newRow("both as CSV: the steps") << both << "csv" << QByteArray("time,monotonic_us,side,");
    QTest::newRow("both as pcapng") << both << "pcapng" << pcapng;
}

void TestExport::kinds()
{
    QFETCH(const QString, from);
    QFETCH(const QString, suffix);
    QFETCH(const QByteArray, start);
    const ExportOutcome outcome = exported(source(from), path("kind." + suffix), PictureSaver::save);
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.note, QString());
    QCOMPARE(read("kind." + suffix).left(start.size()), start);
}

void TestExport::textOfACapture()
{
    QFile page(path("page"));
    QVERIFY(page.open(QIODevice::WriteOnly));
    std::FILE *to = fdopen(dup(page.handle()), "w");
    QCOMPARE(dumpWire(capture, false, 0, to).error, QString());
    std::fclose(to);
    QCOMPARE(exported(source("capture.data"), path("out.txt"), {}).error, QString());
    QCOMPARE(read("out.txt"), read("page"));
    QVERIFY(!read("page").isEmpty());
}

void TestExport::whatIsLeftOut()
{
    const QString sentence = "1 packet is left out: 1 continues a fragmented packet.";
    const ExportSource fragments{.capture = CAPTURES "/faults/ip-fragments.pcap"};
    for (const char *name : {"left.txt", "left.csv", "left.jsonl", "left.mmd", "left.svg"}) {
        const ExportOutcome outcome = exported(fragments, path(name), PictureSaver::save);
        QCOMPARE(outcome.error, QString());
        QCOMPARE(outcome.note, sentence);
    }
    QVERIFY(read("left.txt").endsWith("\n# " + sentence.toUtf8() + '\n'));
    QVERIFY(read("left.csv").startsWith("# " + sentence.toUtf8() + "\r\ntime,from,to,"));
    const ExportOutcome packets = exported(fragments, path("left.pcapng"), {});
    QCOMPARE(packets.error + packets.note, QString()); // all of them are in it
}

void TestExport::keepsPackets_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("nanoseconds") << "nanoseconds.pcap";
    QTest::newRow("comments") << "commented.pcapng";
    QTest::newRow("two interfaces") << "two-interfaces-eth-lo.pcapng";
    QTest::newRow("compressed") << "conversation.pcap.zst";
    QTest::newRow("an ICMP error") << "icmp-frag-needed.pcap";
}

/// As pcapng, with their times, interfaces and comments.
void TestExport::keepsPackets()
{
    QFETCH(const QString, name);
    const QString from = CAPTURES "/faults/" + name;
    QCOMPARE(exported({.capture = from}, path("kept.pcapng"), {}).error, QString());
    PacketFile before(from);
    PacketFile after(path("kept.pcapng"));
    const auto next = [](PacketFile &file) {
        PacketFile::State state = PacketFile::State::More;
        while (state == PacketFile::State::More)
            state = file.next();
        return state;
    };
    int packets = 0;
    QStringList comments;
    qint64 firstNs = 0;
    while (next(before) == PacketFile::State::Packet) {
        QCOMPARE(next(after), PacketFile::State::Packet);
        const CapturedPacket &one = before.reader().packet();
        const CapturedPacket &other = after.reader().packet();
        QCOMPARE(other.timeUs, one.timeUs);
        QCOMPARE(other.timeNs, one.timeNs);
        QCOMPARE(other.length, one.length);
        QCOMPARE(QByteArrayView(other.data, other.captured), QByteArrayView(one.data, one.captured));
        QCOMPARE(after.reader().interface(), before.reader().interface());
        QCOMPARE(after.reader().comments(), before.reader().comments());
        comments += after.reader().comments();
        if (packets++ == 0)
            firstNs = other.timeUs * 1000 + other.timeNs;
    }
    QCOMPARE(next(after), PacketFile::State::End);
    QCOMPARE(after.reader().interfaces().size(), before.reader().interfaces().size());
    QVERIFY(packets >= 7);
    QCOMPARE(comments.contains("my note"), name == "commented.pcapng");
    if (name == "nanoseconds.pcap")
        QCOMPARE(firstNs, 1700000000123456789);
}

void TestExport::rowsOfACapture()
{
    const std::vector<Segment> segments = segmentsOf(capture);
    for (const char *name : {"rows.csv", "rows.jsonl"})
        QCOMPARE(exported(source("capture.data"), path(name), {}).error, QString());
    const QList<QStringList> table = parsedCsv(read("rows.csv"));
    const QByteArrayList objects = read("rows.jsonl").trimmed().split('\n');
    QCOMPARE(table.size(), qsizetype(segments.size()) + 1);
    QCOMPARE(objects.size(), qsizetype(segments.size()));
    for (qsizetype i = 0; i < objects.size(); ++i) {
        const Segment &segment = segments[size_t(i)];
        const bool hasAck = segment.has(Segment::Ack);
        const QJsonObject object = QJsonDocument::fromJson(objects[i]).object();
        QByteArray time;
        StepJson::appendTime(time, segment.timeUs);
        QCOMPARE(object["time"].toString(), QString(time));
        QCOMPARE(object["from"].toString(), segment.source.text());
        QCOMPARE(object["to"].toString(), segment.destination.text());
        QCOMPARE(object["seq"].toInteger(-1), qint64(segment.sequence));
        QCOMPARE(object["ack"].toInteger(-1), hasAck ? qint64(segment.acknowledgement) : -1);
        QCOMPARE(object["length"].toInteger(-1), qint64(segment.length));
        const QStringList &row = table[i + 1];
        QCOMPARE(row, (QStringList{time, segment.source.text(), segment.destination.text(), object["flags"].toString(),
                                   QString::number(segment.sequence),
                                   hasAck ? QString::number(segment.acknowledgement) : QString(),
                                   QString::number(segment.length), QString()}));
        QVERIFY(!object.contains("tunnel"));
    }
    QCOMPARE(table[1][3], "SYN");
    QCOMPARE(table[2][3], "SYN, ACK");
}

/// An ICMP error comes from who sent it, and has the number of the segment that it is about.
void TestExport::rowsOfErrors()
{
    for (const char *name : {"rows.csv", "rows.jsonl"})
        QCOMPARE(exported({.capture = CAPTURES "/faults/icmp-frag-needed.pcap"}, path(name), {}).error, QString());
    const QStringList row = parsedCsv(read("rows.csv")).at(5);
    QCOMPARE(row.sliced(1),
             (QStringList{"10.0.0.254", "10.0.0.1:40000", "ICMP fragmentation needed, MTU 1300", "1001", "", "", ""}));
    const QJsonObject object = QJsonDocument::fromJson(read("rows.jsonl").split('\n').at(4)).object();
    QCOMPARE(object["from"].toString(), "10.0.0.254");
    QCOMPARE(object["icmp"].toString(), "fragmentation needed");
    QCOMPARE(object["mtu"].toInt(), 1300);
    QCOMPARE(object["seq"].toInt(), 1001);
    QVERIFY(!object.contains("flags") && !object.contains("length"));
}

void TestExport::rowsOfTunnels_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("tunnels"); // of the rows

    QTest::newRow("GRE") << "gre.pcap" << QStringList(9, "GRE");
    QTest::newRow("IP-in-IP") << "ipip.pcap" << QStringList(9, "IP-in-IP");
    QTest::newRow("VXLAN") << "vxlan.pcap" << QStringList(9, "VXLAN");
    QTest::newRow("none") << "mpls.pcap" << QStringList(9, "");
    QTest::newRow("GRE and none") << "mixed-eth-and-gre.pcap" << QStringList(9, "") + QStringList(9, "GRE");
}

/// A connection inside a tunnel is told from one with the same addresses outside of it.
void TestExport::rowsOfTunnels()
{
    QFETCH(const QString, name);
    QFETCH(const QStringList, tunnels);
    for (const char *to : {"rows.csv", "rows.jsonl"})
        QCOMPARE(exported({.capture = CAPTURES "/faults/" + name}, path(to), {}).error, QString());
    const QList<QStringList> table = parsedCsv(read("rows.csv"));
    QStringList fields;
    for (const QStringList &row : table.sliced(1))
        fields.append(row.value(7));
    QStringList objects;
    for (const QByteArray &line : read("rows.jsonl").trimmed().split('\n'))
        objects.append(QJsonDocument::fromJson(line).object()["tunnel"].toString());
    fields.sort();
    objects.sort();
    QCOMPARE(fields, tunnels);
    QCOMPARE(objects, tunnels);
}

/// If a segment's header is truncated after its ports, only the ports are exported.
void TestExport::aCutHeader()
{
    QFile file(path("ports.pcap"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray packets = QByteArray::fromHex("d4c3b2a1020004000000000000000000180000000c000000"); // DLT_RAW
    packets += QByteArray::fromHex("0100000000000000"
                                   "18000000"
                                   "28000000"); // 24 of 40 bytes
    packets += QByteArray::fromHex("4500002800000000400600007f0000017f000001"
                                   "30390050");
    file.write(packets);
    file.close();
    for (const char *name : {"ports.csv", "ports.jsonl"})
        QCOMPARE(exported(source("ports.pcap"), path(name), {}).error, QString());
    QCOMPARE(read("ports.csv").split('\n').at(1),
             "1970-01-01T00:00:01.000000Z,\"127.0.0.1:12345\",\"127.0.0.1:80\",\"\",,,,\r");
    QCOMPARE(read("ports.jsonl"),
             "{\"time\":\"1970-01-01T00:00:01.000000Z\",\"from\":\"127.0.0.1:12345\",\"to\":\"127.0.0.1:80\"}\n");
}

void TestExport::mermaid_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QStringList>("with");
    QTest::addColumn<QStringList>("without");

    const QStringList segments{"Client->>Server: SYN: seq 0", "Server->>Client: SYN, ACK: seq 0, ack 1",
                               "Note over Client,Server: The TCP three-way handshake"};
    const QStringList states{"Note left of Client: FIN-WAIT-1", "Note right of Server: CLOSE-WAIT"};
    const QStringList steps{"Note left of Client: [1] Send: Hi, server! I'm client.",
                            "Note left of Client: [4] Recv: Hi, client!", "Note left of Client: [5] Close Socket"};
    const QStringList inferred{"Note right of Server: ([2] Recv: Hi, server! I'm client.)",
                               "Note right of Server: ([3] Send: Hi, client!)"};
    const QStringList guesses{"Client-->>Server: 24 B", "Server-->>Client: 12 B"};
    QTest::newRow("segments") << "capture.data" << segments + states << steps + inferred + guesses;
    QTest::newRow("steps, and what follows from them")
        << "session.jsonl" << steps + inferred + guesses + states << segments;
    QTest::newRow("both") << "session and capture" << segments + states + steps + inferred << guesses;
}

void TestExport::mermaid()
{
    QFETCH(const QString, from);
    QFETCH(const QStringList, with);
    QFETCH(const QStringList, without);
    QCOMPARE(exported(source(from), path("ladder.mmd"), PictureSaver::save).error, QString());
    QStringList lines;
    for (const QString &line : QString::fromUtf8(read("ladder.mmd")).split('\n'))
        lines.append(line.trimmed());
    for (const QString &line : with)
        QVERIFY2(lines.contains(line), qPrintable(line + " is not in\n" + lines.join('\n')));
    for (const QString &line : without)
        QVERIFY2(!lines.contains(line), qPrintable(line + " is in\n" + lines.join('\n')));
}

/// A file is complete: no more segments follow.
void TestExport::mermaidOfWhatStaysUnanswered()
{
    QFile whole(capture);
    QVERIFY(whole.open(QIODevice::ReadOnly));
    QByteArray packets = whole.read(40); // the file's header and the first packet's
    packets += whole.read(qFromLittleEndian<quint32>(packets.constData() + 32));
    QFile file(path("syn.pcap"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(packets);
    file.close();
    QCOMPARE(exported(source("syn.pcap"), path("syn.mmd"), PictureSaver::save).error, QString());
    QVERIFY2(read("syn.mmd").contains("The TCP handshake, unanswered\n"), read("syn.mmd"));
}

void TestExport::pictures_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QStringList>("texts");

    const QStringList segments{"SYN-SENT", "SYN, ACK: seq 0, ack 1", "The TCP four-way wave"};
    const QStringList steps{"[1] Send: Hi, server! I'm client.", "[4] Recv: Hi, client!", "[5] Close Socket"};
    QTest::newRow("segments") << "capture.data" << segments;
    QTest::newRow("steps") << "session.jsonl" << steps + QStringList{"dashed: inferred, not seen"};
    QTest::newRow("both") << "session and capture" << segments + steps;
}

void TestExport::pictures()
{
    QFETCH(const QString, from);
    QFETCH(const QStringList, texts);
    for (const char *name : {"ladder.svg", "ladder.png"})
        QCOMPARE(exported(source(from), path(name), PictureSaver::save).error, QString());
    QXmlStreamReader svg(read("ladder.svg"));
    QStringList found;
    while (!svg.atEnd()) {
        if (svg.readNext() == QXmlStreamReader::Characters)
            found.append(svg.text().trimmed().toString());
    }
    QVERIFY2(!svg.hasError(), qPrintable(svg.errorString()));
    for (const QString &text : texts)
        QVERIFY2(found.contains(text), qPrintable(text + " is not among\n" + found.join('\n')));
    const QImage png(path("ladder.png"));
    QCOMPARE(png.width(), 1600);
    QVERIFY2(png.height() > 400, qPrintable(QString::number(png.height())));
}

void TestExport::comments()
{
    const QString tshark = QStandardPaths::findExecutable("tshark");
    if (tshark.isEmpty())
        SKIP_OR_FAIL(QString("tshark is not installed (scripts/setup --ci does)"));
    QCOMPARE(exported(source("session and capture"), path("commented.pcapng"), {}).error, QString());
    QProcess shows;
    shows.start(tshark, {"-r", path("commented.pcapng"), "-T", "fields", "-e", "tcp.len", "-e", "tcp.flags.fin", "-e",
                         "frame.comment"});
    QVERIFY(shows.waitForFinished());
    QStringList commented;
    const QStringList lines = QString::fromUtf8(shows.readAllStandardOutput()).split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), qsizetype(segmentsOf(capture).size()));
    for (const QString &line : lines) {
        if (!line.section('\t', 2).isEmpty())
            commented.append(line);
    }
    QCOMPARE(commented, (QStringList{"24\t0\t[1] Send: Hi, server! I'm client.", "12\t0\t[4] Recv: Hi, client!",
                                     "0\t1\t[5] Close Socket"}));
}

void TestExport::severalConnections()
{
    QFile session(path("several.jsonl"));
    QVERIFY(session.open(QIODevice::WriteOnly));
    for (Step step : clientSteps()) {
        step.connection = step.number == 5 ? 3 : 2;
        session.write(StepJson::toLine(step) + '\n');
    }
    session.close();
    const ExportOutcome outcome = exported(source("several.jsonl"), path("several.mmd"), PictureSaver::save);
    QCOMPARE(outcome.error, QString());
    QVERIFY2(outcome.note.contains("the first of 2 connections, 127.0.0.1:"), qPrintable(outcome.note));
    QVERIFY(read("several.mmd").contains("[1] Send"));
    QVERIFY(!read("several.mmd").contains("[5] Close"));
}

void TestExport::nothing_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("says");

    const QString header = "header.pcap holds no TCP segments.";
    QTest::newRow("no segments, as text") << "header.pcap"
                                          << "no.txt" << header;
    QTest::newRow("no segments, as CSV") << "header.pcap"
                                         << "no.csv" << header;
    QTest::newRow("no segments, as JSON Lines") << "header.pcap"
                                                << "no.jsonl" << header;
    QTest::newRow("no segments, as Mermaid") << "header.pcap"
                                             << "no.mmd" << header;
    QTest::newRow("no segments, as SVG") << "header.pcap"
                                         << "no.svg" << header;
    QTest::newRow("no packets, as pcapng") << "header.pcap"
                                           << "no.pcapng" << header;
    for (const char *suffix : {"txt", "csv", "jsonl", "mmd", "png", "pcapng"})
        QTest::addRow("half a header, as %s", suffix) << "half-a-header.pcap" << QString("no.") + suffix
                                                      << "half-a-header.pcap: The file ends before the first packet";
    QTest::newRow("an empty file") << "empty"
                                   << "no.csv"
                                   << "empty holds no steps";
    QTest::newRow("segments of a session") << "session.jsonl"
                                           << "no.pcapng"
                                           << "a session holds no segments";
    QTest::newRow("an unknown suffix") << "capture.data"
                                       << "no.pcap"
                                       << "must end with .txt, .jsonl, .csv, .mmd,";
    QTest::newRow("no such file") << "none"
                                  << "no.svg"
                                  << "Cannot read";
    QTest::newRow("no such folder") << "capture.data"
                                    << "none/no.svg"
                                    << "no.svg: No such file or directory.";
    QTest::newRow("no such folder, as text") << "capture.data"
                                             << "none/no.txt"
                                             << "Cannot write";
    QTest::newRow("onto itself") << "session.jsonl"
                                 << "session.jsonl"
                                 << "that is the session itself";
}

void TestExport::nothing()
{
    QFETCH(const QString, from);
    QFETCH(const QString, to);
    QFETCH(const QString, says);
    const ExportOutcome outcome = exported(source(from), path(to), PictureSaver::save);
    QVERIFY2(outcome.error.contains(says), qPrintable(outcome.error));
    QVERIFY(to == "session.jsonl" || !QFile::exists(path(to)));
}

void TestExport::captureOntoItself()
{
    QVERIFY(QFile::copy(path("capture.data"), path("itself.csv")));
    const QByteArray before = read("itself.csv");
    QCOMPARE(exported(source("itself.csv"), path("itself.csv"), {}).error,
             "Cannot export to " + path("itself.csv") + ": that is the capture itself.");
    QCOMPARE(read("itself.csv"), before);
}

void TestExport::brokenOff_data()
{
    QTest::addColumn<QString>("suffix");
    for (const char *suffix : {"txt", "csv", "jsonl", "mmd", "svg", "png", "pcapng"})
        QTest::newRow(suffix) << suffix;
}

void TestExport::brokenOff()
{
    QFETCH(const QString, suffix);
    const ExportOutcome outcome = exported(source("cut.pcap"), path("cut." + suffix), PictureSaver::save);
    QCOMPARE(outcome.error, path("cut." + suffix) + " holds what could be read of the capture: The file ends in the "
                                                    "middle of packet 4");
    QVERIFY(!read("cut." + suffix).isEmpty());
    if (suffix == "jsonl")
        QCOMPARE(read("cut.jsonl").count('\n'), 3);
    if (suffix == "pcapng")
        QCOMPARE(segmentsOf(path("cut.pcapng")).size(), 3U);
}

REGISTER_TEST(TestExport)
#include "tst_export.moc"
