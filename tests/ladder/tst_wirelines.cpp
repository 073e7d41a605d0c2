// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/capturefile.h"
#include "ladder/hangingindent.h"
#include "ladder/wirelines.h"
#include "ladder/wirespans.h"
#include "support/registertest.h"
#include "support/segmentscript.h"
#include "support/tcpdumplines.h"
#include "tcpdump/dumpwire.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>

class TestWireLines : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void equalsDumpWire_data();
    void equalsDumpWire();
    void keepsWhatLinesNeed();
    void relativeAfterOddNumbers();
    void anotherCaptureBeginsNumbersAnew();
    void grows_data();
    void grows();
    void endingChangesHeadings();
    void folds();
    void unfolds();
    void rowsAndSegments();
    void connectionBeforeItsSegments();
    void attemptsApart();
    void breaksLines_data();
    void breaksLines();
    void piecesAreTheLine();
    void spans_data();
    void spans();
    void spansAreTheLine();
};

namespace {

struct WireCase {
    Recording recording{[](qsizetype) { return Step(); }, 8700};
    WireLines lines{recording};
};

QStringList rowsOf(const WireLines &lines)
{
    QStringList rows;
    for (qsizetype row = 0; row < lines.count(); ++row)
        rows += lines.textOfRow(WireRow(row));
    return rows;
}

std::vector<Segment> segmentsOf(const QString &path)
{
    CaptureFile file(path);
    std::vector<Segment> segments;
    while (file.read(1000, segments) == CaptureFile::State::More) { }
    return segments;
}

QString manySegments(int count)
{
    return QStringLiteral("c> S, s> SA, c> A") + QStringLiteral(", c> PA 10, s> A").repeated(count / 2);
}

} // namespace

void TestWireLines::initTestCase()
{
    qputenv("TZ", "UTC");
    tzset();
}

void TestWireLines::equalsDumpWire_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("relative");
    for (const QString &folder : {QStringLiteral(EXAMPLES), QStringLiteral(CAPTURES)}) {
        for (const QFileInfo &file : QDir(folder).entryInfoList({"*.pcap", "*.pcapng"})) {
            QTest::addRow("%s", qPrintable(file.fileName())) << file.filePath() << false;
            QTest::addRow("%s, relative", qPrintable(file.fileName())) << file.filePath() << true;
        }
    }
}

void TestWireLines::equalsDumpWire()
{
    QFETCH(const QString, path);
    QFETCH(const bool, relative);
    std::FILE *printed = std::tmpfile();
    QVERIFY(printed);
    QCOMPARE(dumpWire(path, relative, 0, printed).error, QString());
    QFile file;
    std::rewind(printed);
    QVERIFY(file.open(printed, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle));
    QStringList expected = QString::fromLatin1(file.readAll()).split(u'\n');
    expected.removeLast(); // nothing follows the last newline

    WireCase wire;
    wire.lines.setRelative(relative);
    wire.recording.addSegments(segmentsOf(path));
    wire.recording.setEnded();
    wire.lines.setFolding(false);
    QStringList rows;
    QByteArray page;
    for (int flow = 0; flow < wire.recording.flows().count(); ++flow) {
        if (flow > 0) {
            rows += QString();
            page += '\n';
        }
        wire.lines.showFlow(flow);
        rows += rowsOf(wire.lines);
        QVERIFY(wire.recording.pages().print(flow, relative, [&page](QByteArrayView piece) {
            page += piece;
            return true;
        }));
    }
    QVERIFY(rows.size() >= 3);
    QCOMPARE(rows, expected);
    QCOMPARE(page, expected.join(u'\n').toLatin1() + '\n');
}

/// Whatever a segment may hold, its line is as if it had been kept whole.
void TestWireLines::keepsWhatLinesNeed()
{
    SegmentScript script;
    std::vector<Segment> segments = script.segments("c> S, s> SA, c> A, c> PA 3, s> A 7, c> A, s> ., c> FA, s> RA");
    const auto setOptions = [&](size_t at, const QByteArray &options) {
        std::copy(options.cbegin(), options.cend(), segments[at].options.begin());
        segments[at].optionBytes = quint8(options.size());
        segments[at].headerBytes = segments[at].capturedBytes = quint8(20 + options.size());
    };
    setOptions(0, QByteArray::fromHex("020405b40402080a0000000100000000"));
    setOptions(1, QByteArray::fromHex("020405b401010402"));
    setOptions(3, QByteArray::fromHex("0101080a0000000900000008"));
    setOptions(5, QByteArray::fromHex("0101050a000003e9000003ee"));
    segments[3].urgent = 2;
    segments[3].flags |= Segment::Urg;
    segments[4].capturedBytes = 24;
    segments[4].headerBytes = 40;
    segments[4].optionBytes = 4;
    segments[6].capturedBytes = 12;
    segments[7].oddities = new SegmentOddities;
    segments[7].oddities->beforePorts = "HBH ";
    segments[8].oddities = new SegmentOddities;
    segments[8].oddities->tcpBytes = 30;
    segments[8].headerBytes = 60;
    segments[8].length = 0;

    WireCase wire;
    wire.recording.addSegments(segments);
    wire.lines.showFlow(0);
    for (const bool relative : {false, true}) {
        wire.lines.setRelative(relative);
        RelativeNumbers numbers;
        for (size_t i = 0; i < segments.size(); ++i) {
            const SequenceOrigin origin = numbers.originOf(segments[i]);
            const QByteArray expected = TcpdumpLines::textOf(segments[i], relative ? origin : SequenceOrigin());
            QCOMPARE(wire.lines.textOfLine(wire.lines.lineOfSegment(FlowRow(qsizetype(i)))),
                     QString::fromLatin1(expected));
        }
    }
}

/// What has no ACK keeps its numbers, and what comes after it does not.
void TestWireLines::relativeAfterOddNumbers()
{
    SegmentScript script;
    WireCase wire;
    wire.recording.addSegments(script.segments("c> S, s> SA, c> A, c> P 3, c> PA 4, s> A"));
    wire.lines.showFlow(0);
    wire.lines.setRelative(true);
    const QStringList rows = rowsOf(wire.lines);
    QVERIFY(rows.at(1).contains("seq 1000, "));
    QVERIFY(rows.at(2).contains("seq 2000, ack 1001, "));
    QVERIFY(rows.at(3).contains("ack 1, "));
    QVERIFY(rows.at(5).contains("seq 1001:1004, "));
    QVERIFY(rows.at(6).contains("seq 4:8, ack 1, "));
    QVERIFY(rows.at(7).contains("ack 8, "));
}

/// As lines of a tcpdump that was started again, in the middle of a connection: the first one with ACK keeps its
/// numbers.
void TestWireLines::anotherCaptureBeginsNumbersAnew()
{
    const auto last = [](const WireLines &lines) { return lines.textOfLine(WireLine(lines.lineCount() - 1)); };
    SegmentScript script(1000, 2000);
    WireCase wire;
    wire.lines.setRelative(true);
    wire.recording.addSegments(script.segments("c> S, s> SA, c> A, c> PA 24"));
    wire.lines.showFlow(0);
    QVERIFY2(last(wire.lines).contains("seq 1:25, ack 1,"), qPrintable(last(wire.lines)));
    wire.recording.beginCapture();
    wire.recording.addSegments(script.segments("s> PA 12"));
    QVERIFY2(last(wire.lines).contains("seq 2001:2013, ack 1025,"), qPrintable(last(wire.lines)));
    wire.recording.addSegments(script.segments("c> PA 5"));
    QVERIFY2(last(wire.lines).contains("seq 1:6, ack 12,"), qPrintable(last(wire.lines)));
    const WireLine before = wire.lines.lineOfSegment(FlowRow(3));
    QVERIFY2(wire.lines.textOfLine(before).contains("seq 1:25, ack 1,"), "what was there stays");
}

void TestWireLines::grows_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("folding");
    for (const bool folding : {false, true}) {
        const auto add = [folding](const char *name, const QString &script) {
            QTest::addRow("%s, %s", name, folding ? "folding" : "not folding") << script << folding;
        };
        add("six steps", "c> S, s> SA, c> A, c> PA 24, s> A, s> PA 12, c> A, c> FA, s> A, s> FA, c> A");
        add("three-way wave", "c> S, s> SA, c> A, c> FA, s> FA, c> A");
        add("simultaneous open", "c> S, s> S, c> SA, s> SA");
        add("begins with a reset", "c> R");
        add("half-close", "c> S, s> SA, c> A, c> FA, s> PA 4, c> A, s> FA, c> A");
        add("a long phase", manySegments(130) + ", c> FA, s> A, s> FA, c> A");
        add("two long phases", manySegments(60) + ", c> FA" + QStringLiteral(", s> PA 4, c> A").repeated(40));
        add("a long wave", manySegments(2) + ", c> FA" + QStringLiteral(", s> A").repeated(70) + ", s> FA, c> A");
    }
}

/// One segment at a time: what is told to have changed is all that changed, and lines keep their numbers.
void TestWireLines::grows()
{
    QFETCH(const QString, script);
    QFETCH(const bool, folding);
    SegmentScript made;
    const std::vector<Segment> segments = made.segments(script);
    WireCase growing;
    growing.lines.setFolding(folding);
    growing.recording.addSegments({segments.front()});
    growing.lines.showFlow(0);
    QStringList mirror = rowsOf(growing.lines);
    connect(&growing.lines, &WireLines::changed, &growing.lines, [&](WireRow from) {
        QVERIFY(from.value() <= mirror.size());
        mirror.resize(from.value());
        for (WireRow row = from; row.value() < growing.lines.count(); ++row)
            mirror += growing.lines.textOfRow(row);
    });
    for (size_t i = 1; i < segments.size(); ++i) {
        const WireLine line = growing.lines.lineOfSegment(FlowRow(qsizetype(i) - 1));
        growing.recording.addSegments({segments[i]});
        QCOMPARE(mirror, rowsOf(growing.lines));
        QCOMPARE(growing.lines.lineOfSegment(FlowRow(qsizetype(i) - 1)), line);
    }
    WireCase atOnce;
    atOnce.lines.setFolding(folding);
    atOnce.recording.addSegments(segments);
    atOnce.lines.showFlow(0);
    QCOMPARE(rowsOf(atOnce.lines), mirror);
    QCOMPARE(atOnce.lines.lineCount() == atOnce.lines.count(), !folding || segments.size() < 60);
}

void TestWireLines::endingChangesHeadings()
{
    SegmentScript script;
    WireCase wire;
    wire.recording.addSegments(script.segments("c> S, s> SA, c> A, c> FA"));
    wire.lines.showFlow(0);
    QCOMPARE(wire.lines.textOfRow(WireRow(4)), "# The TCP wave");
    qsizetype from = -1;
    connect(&wire.lines, &WireLines::changed, &wire.lines, [&from](WireRow row) { from = row.value(); });
    wire.recording.setEnded();
    QCOMPARE(from, 4);
    QCOMPARE(wire.lines.textOfRow(WireRow(4)), "# The TCP wave, unfinished");
}

void TestWireLines::folds()
{
    SegmentScript script;
    WireCase wire;
    wire.recording.addSegments(script.segments(manySegments(2000) + ", c> FA, s> A, s> FA, c> A"));
    wire.lines.showFlow(0);
    QCOMPARE(wire.lines.count(), 4 + 22 + 5);
    QCOMPARE(wire.lines.lineCount(), 4 + 2001 + 5);
    QCOMPARE(wire.lines.textOfRow(WireRow(4)), "# Send / Recv data");
    QCOMPARE(wire.lines.textOfRow(WireRow(15)), QStringLiteral("… %1 segments …").arg(QLocale().toString(1980)));
    QCOMPARE(wire.lines.rowAt(WireRow(15)).firstLine, WireLine(15));
    QCOMPARE(wire.lines.textOfRow(WireRow(14)), wire.lines.textOfLine(WireLine(14)));
    QCOMPARE(wire.lines.textOfRow(WireRow(16)), wire.lines.textOfLine(WireLine(15 + 1980)));
    QCOMPARE(wire.lines.textOfRow(WireRow(26)), "# The TCP four-way wave");
}

void TestWireLines::unfolds()
{
    SegmentScript script;
    WireCase wire;
    wire.recording.addSegments(script.segments(manySegments(60) + ", c> FA" + QString(", s> PA 4, c> A").repeated(40)));
    wire.lines.showFlow(0);
    const QStringList folded = rowsOf(wire.lines);
    QCOMPARE(folded.filter("…").size(), 2);
    qsizetype from = -1;
    connect(&wire.lines, &WireLines::changed, &wire.lines, [&from](WireRow row) { from = row.value(); });
    wire.lines.unfold(WireLine(3));
    QCOMPARE(from, -1);
    wire.lines.unfold(WireLine(20));
    QCOMPARE(from, 15);
    QCOMPARE(rowsOf(wire.lines).filter("…").size(), 1);
    wire.lines.setFolding(false);
    QCOMPARE(wire.lines.count(), wire.lines.lineCount());
    wire.lines.setFolding(true);
    QCOMPARE(rowsOf(wire.lines), folded);
}

void TestWireLines::rowsAndSegments()
{
    SegmentScript script;
    WireCase wire;
    wire.recording.addSegments(script.segments(manySegments(200) + ", c> R"));
    wire.lines.showFlow(0);
    for (const bool folding : {true, false}) {
        wire.lines.setFolding(folding);
        QCOMPARE(wire.lines.segmentOfLine(WireLine(0)), FlowRow());
        for (qsizetype segment = 0; segment < wire.recording.flows().at(0).count(); ++segment) {
            const WireLine line = wire.lines.lineOfSegment(FlowRow(segment));
            QCOMPARE(wire.lines.segmentOfLine(line), FlowRow(segment));
            const WireLines::Row row = wire.lines.rowAt(wire.lines.rowOfLine(line));
            QVERIFY(row.firstLine <= line && line < row.firstLine + row.lines);
        }
        WireLine line(0);
        for (WireRow row(0); row.value() < wire.lines.count(); ++row) {
            QCOMPARE(wire.lines.rowAt(row).firstLine, line);
            QCOMPARE(wire.lines.rowOfLine(line), row);
            line = line + wire.lines.rowAt(row).lines;
        }
        QCOMPARE(line.value(), wire.lines.lineCount());
    }
}

void TestWireLines::connectionBeforeItsSegments()
{
    SegmentScript script;
    WireCase wire;
    Step step;
    step.kind = StepKind::Connected;
    step.connection = 1;
    step.local = "127.0.0.1:51964";
    step.peer = "127.0.0.1:8700";
    wire.recording.addStep(step);
    wire.lines.showConnection(1);
    QCOMPARE(wire.lines.count(), 0);
    wire.recording.addSegments(script.segments("c> S, s> SA, c> A"));
    QCOMPARE(wire.lines.count(), 4);
    wire.lines.showConnection(0);
    QCOMPARE(wire.lines.count(), 0);
}

/// An attempt has its own segments, not those of the newest one.
void TestWireLines::attemptsApart()
{
    WireCase wire;
    for (const quint16 port : {40001, 40002}) {
        Step step;
        step.kind = StepKind::Connecting;
        step.local = QStringLiteral("127.0.0.1:%1").arg(port);
        step.peer = "127.0.0.1:8700";
        wire.recording.addStep(step);
    }
    wire.lines.showConnection(-1);
    wire.recording.addSegments(SegmentScript(1, 1, 40002).segments("c> S, s> RA"));
    QCOMPARE(wire.lines.count(), 0);
    wire.recording.addSegments(SegmentScript(1, 1, 40001).segments("c> S, s> RA"));
    QCOMPARE(wire.lines.count(), 3);
    QVERIFY(wire.lines.textOfRow(WireRow(1)).contains("127.0.0.1.40001 > "));
    wire.lines.showConnection(-2);
    QVERIFY(wire.lines.textOfRow(WireRow(1)).contains("127.0.0.1.40002 > "));
}

void TestWireLines::breaksLines_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("width");
    QTest::addColumn<QStringList>("pieces");
    QTest::newRow("short") << "a line" << 20 << QStringList{"a line"};
    QTest::newRow("empty") << "" << 20 << QStringList{""};
    QTest::newRow("just fits") << "0123456789" << 10 << QStringList{"0123456789"};
    QTest::newRow("its space is behind the edge") << "0123456789 abc" << 10 << QStringList{"0123456789 ", "abc"};
    QTest::newRow("later pieces are narrower")
        << "0123456789ab 0123456789ab" << 12 << QStringList{"0123456789ab ", "01234567", "89ab"};
    QTest::newRow("no space") << "0123456789abcdef" << 10 << QStringList{"0123456789", "abcdef"};
    QTest::newRow("no room at all") << "0123456789" << 0 << QStringList{"01234567", "89"};
}

void TestWireLines::breaksLines()
{
    QFETCH(const QString, line);
    QFETCH(const int, width);
    QFETCH(const QStringList, pieces);
    QStringList all;
    for (const QStringView piece : HangingIndent::pieces(line, width))
        all += piece.toString();
    QCOMPARE(all, pieces);
}

void TestWireLines::piecesAreTheLine()
{
    const QString line = "12:54:05.871752 IP 127.0.0.1.51964 > 127.0.0.1.8700: Flags [P.], seq 1:25, ack 1, win 512, "
                         "options [nop,nop,TS val 2262313062 ecr 2262313062], length 24";
    for (int width = 1; width <= line.size(); ++width) {
        QString together;
        for (const QStringView piece : HangingIndent::pieces(line, width)) {
            QVERIFY(!piece.isEmpty());
            together += piece;
        }
        QCOMPARE(together, line);
    }
}

void TestWireLines::spans_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("flags");
    QTest::addColumn<QString>("quiet");
    const QString start = "12:54:05.871752 IP 127.0.0.1.51964 > 127.0.0.1.8700: ";
    QTest::newRow("window and options")
        << start + "Flags [S.], seq 1, ack 2, win 65483, options [mss 65495,nop,wscale 10], length 0"
        << "Flags [S.]"
        << "win 65483, options [mss 65495,nop,wscale 10]";
    QTest::newRow("no options") << start + "Flags [R.], seq 0, ack 1, win 0, length 0"
                                << "Flags [R.]"
                                << "win 0";
    QTest::newRow("brackets within the options")
        << start + "Flags [.], ack 1, win 64, options [nop,unknown-253 [bad opt],eol], length 12"
        << "Flags [.]"
        << "win 64, options [nop,unknown-253 [bad opt],eol]";
    QTest::newRow("brackets behind the length")
        << start + "Flags [P.], ack 1, win 64, options [nop], length 12 [remaining caplen(20) < header length(24)]"
        << "Flags [P.]"
        << "win 64, options [nop]";
    QTest::newRow("options that were cut off") << start + "Flags [.], ack 1, win 64, options [mss 1460 [|tcp]"
                                               << "Flags [.]"
                                               << "win 64, options [mss 1460 [|tcp]";
    QTest::newRow("a header that was cut off") << start + " [|tcp]" << QString() << QString();
    QTest::newRow("nothing") << QString() << QString() << QString();
}

void TestWireLines::spans()
{
    QFETCH(const QString, line);
    QFETCH(const QString, flags);
    QFETCH(const QString, quiet);
    QString together;
    QString foundFlags;
    QString foundQuiet;
    for (const WireSpan &span : wireSpans(line)) {
        together += span.text;
        if (span.look == WireSpan::Look::Flags)
            foundFlags += span.text;
        if (span.look == WireSpan::Look::Quiet)
            foundQuiet += span.text;
    }
    QCOMPARE(together, line);
    QCOMPARE(foundFlags, flags);
    QCOMPARE(foundQuiet, quiet);
}

/// Of every line of every capture, however odd.
void TestWireLines::spansAreTheLine()
{
    for (const QString &folder : {QStringLiteral(EXAMPLES), QStringLiteral(CAPTURES)}) {
        for (const QFileInfo &file : QDir(folder).entryInfoList({"*.pcap", "*.pcapng"})) {
            WireCase all;
            all.recording.addSegments(segmentsOf(file.filePath()));
            for (int flow = 0; flow < all.recording.flows().count(); ++flow) {
                all.lines.showFlow(flow);
                for (qsizetype line = 0; line < all.lines.lineCount(); ++line) {
                    const QString text = all.lines.textOfLine(WireLine(line));
                    QString together;
                    for (const WireSpan &span : wireSpans(text))
                        together += span.text;
                    QCOMPARE(together, text);
                }
            }
        }
    }
}

REGISTER_TEST(TestWireLines)
#include "tst_wirelines.moc"
