// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "export/export.h"
#include "picture/picturesaver.h"
#include "support/endfiles.h"
#include "support/registertest.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// The bytes of a connection that two captures have together: each byte that one of them has.
class TestExportJointStream : public QObject
{
    Q_OBJECT

private slots:
    void bytes_data();
    void bytes();
    void onlyInTheSecond();
    void samePlace();
    void random();

private:
    QByteArray exported(ExportSource source, ExportOutcome &outcome);
    QString path(const char *name) const { return m_folder.filePath(QLatin1StringView(name)); }

    QTemporaryDir m_folder;
};

namespace {

constexpr quint32 headersOfPacket = 40; ///< of IP and TCP

EndFiles wholeFiles(const QString &script, quint16 clientPort = 51964)
{
    return {.ends = BothEnds::of(u"c> S, s> SA after=10, c> A after=10, "_s + script,
                                 SegmentScript(1000, 2000, clientPort)),
            .streams = {numberedLines("client's line", 2000), numberedLines("server's line", 2000)}};
}

/// Without those at these indexes.
std::vector<FileSegment> without(const std::vector<FileSegment> &segments, const QList<int> &indexes)
{
    std::vector<FileSegment> some;
    for (size_t i = 0; i < segments.size(); ++i) {
        if (!indexes.contains(int(i)))
            some.push_back(segments[i]);
    }
    return some;
}

/// Some segments of both ends, of which some are lost and sent again, alone or together with more.
QString randomScript(QRandomGenerator &random)
{
    std::array<qint64, 2> sent{};
    QStringList lines;
    for (int turn = 0; turn < 20; ++turn) {
        const auto end = size_t(random.bounded(2));
        const qint64 length = 1 + random.bounded(90);
        const QString line = u"%1> PA %2 seq=%3"_s.arg(QChar(end == 0 ? u'c' : u's'));
        const QString first = line.arg(length).arg(sent[end]);
        if (random.bounded(3) == 0) {
            const qint64 more = random.bounded(40);
            lines << first + u" lost"_s << line.arg(length + more).arg(sent[end]) + u" after=200"_s;
            sent[end] += length + more;
        } else {
            lines << first;
            sent[end] += length;
        }
        lines << u"%1> A after=10"_s.arg(QChar(end == 0 ? u's' : u'c'));
    }
    return lines.join(u", "_s);
}

} // namespace

QByteArray TestExportJointStream::exported(ExportSource source, ExportOutcome &outcome)
{
    source.capture = path("client.pcap");
    source.secondCapture = path("server.pcap");
    ExportProgress progress;
    outcome = exportFile(source, path("x.bin"), PictureSaver::save, progress);
    QFile file(path("x.bin"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestExportJointStream::bytes_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QList<int>>("notAtClient"); // indexes of packets
    QTest::addColumn<QList<int>>("notAtServer");
    QTest::addColumn<quint32>("snapLength"); // of the client's capture
    QTest::addColumn<qsizetype>("missing");  // at the end of the client's stream

    const QString script = u"c> PA 300, c> PA 300, c> PA 300, s> A after=10, s> PA 200, s> PA 200, c> A after=10"_s;
    const QString losses = u"c> PA 300, c> PA 300 lost, c> PA 300, s> A ack=300 after=10, c> PA 300 seq=300 after=200, "
                           "s> A after=10, s> PA 200, s> PA 200, c> A after=10"_s;
    constexpr quint32 all = 65535;
    QTest::newRow("both have everything") << script << QList<int>{} << QList<int>{} << all << qsizetype(0);
    QTest::newRow("each lacks other segments")
        << script << QList<int>{4, 7} << QList<int>{3, 5, 8} << all << qsizetype(0);
    QTest::newRow("neither has the client's last one")
        << script << QList<int>{4, 5} << QList<int>{3, 5} << all << qsizetype(300);
    QTest::newRow("the client's capture has only beginnings")
        << script << QList<int>{} << QList<int>{} << headersOfPacket + 10 << qsizetype(0);
    QTest::newRow("only beginnings, and what the server's capture lacks")
        << script << QList<int>{} << QList<int>{5} << headersOfPacket + 10 << qsizetype(290);
    QTest::newRow("only beginnings, and a loss")
        << losses << QList<int>{} << QList<int>{} << headersOfPacket + 10 << qsizetype(0);
}

void TestExportJointStream::bytes()
{
    QFETCH(const QString, script);
    QFETCH(const QList<int>, notAtClient);
    QFETCH(const QList<int>, notAtServer);
    QFETCH(const quint32, snapLength);
    QFETCH(const qsizetype, missing);
    const EndFiles files = wholeFiles(script);
    EndFiles::write(path("client.pcap"), without(files.segmentsAt(Side::Client), notAtClient), snapLength);
    EndFiles::write(path("server.pcap"), without(files.segmentsAt(Side::Server), notAtServer));
    const QByteArray client = files.streams[0].first(900 - missing);
    const QByteArray server = files.streams[1].first(400);
    ExportOutcome outcome;
    QCOMPARE(exported({.connection = 1}, outcome), client + server);
    QCOMPARE(outcome.error, QString());
    const QString note = u"%1 bytes were not captured, and are not in x.bin."_s.arg(missing);
    QCOMPARE(outcome.note, missing > 0 ? note : QString());
    QCOMPARE(exported({.connection = 1, .side = Side::Client}, outcome), client);
    QCOMPARE(exported({.connection = 1, .side = Side::Server}, outcome), server);
}

void TestExportJointStream::onlyInTheSecond()
{
    const EndFiles files = wholeFiles(u"c> PA 300, s> A after=10"_s);
    const EndFiles other = wholeFiles(u"c> PA 77, s> A after=10"_s, 51965);
    EndFiles::write(path("client.pcap"), files.segmentsAt(Side::Client));
    std::vector<FileSegment> both = files.segmentsAt(Side::Server);
    for (FileSegment segment : other.segmentsAt(Side::Server)) {
        segment.segment.timeUs += 1'000'000;
        both.push_back(segment);
    }
    EndFiles::write(path("server.pcap"), both);
    ExportOutcome outcome;
    QCOMPARE(exported({.connection = 2}, outcome), other.streams[0].first(77));
    QCOMPARE(outcome.error, QString());
}

/// Only the second file, which has more segments, is shown.
void TestExportJointStream::samePlace()
{
    const EndFiles files = wholeFiles(u"c> PA 300, c> PA 300, s> A after=10"_s);
    EndFiles::write(path("client.pcap"), without(files.segmentsAt(Side::Client), {4}));
    EndFiles::write(path("server.pcap"), files.segmentsAt(Side::Client));
    ExportOutcome outcome;
    QCOMPARE(exported({.connection = 1}, outcome), files.streams[0].first(600));
    QVERIFY2(outcome.note.contains(u"captured at the same place"_s), qPrintable(outcome.note));
}

/// Captures that lack any segments, and the ends of the others.
void TestExportJointStream::random()
{
    for (quint32 seed = 1; seed <= 100; ++seed) {
        QRandomGenerator random(seed);
        const EndFiles files = wholeFiles(randomScript(random));
        std::array<QByteArray, 2> known{QByteArray(2000, '\0'), QByteArray(2000, '\0')}; // by Side
        for (const Side side : {Side::Client, Side::Server}) {
            const quint32 payload = 1 + random.bounded(random.bounded(2) ? 1000U : 60U);
            std::vector<FileSegment> some;
            for (const FileSegment &segment : files.segmentsAt(side)) {
                if (some.size() >= 3 && random.bounded(4) == 0)
                    continue;
                some.push_back(segment);
                const auto sender = size_t(segment.segment.source.port == 8700 ? Side::Server : Side::Client);
                const qsizetype at = qint32(segment.segment.sequence - files.isn[sender] - 1);
                const QByteArray captured = segment.payload.left(qsizetype(payload));
                if (!captured.isEmpty())
                    known[sender].replace(at, captured.size(), captured);
            }
            EndFiles::write(path(side == Side::Client ? "client.pcap" : "server.pcap"), some,
                            headersOfPacket + payload);
        }
        for (const Side side : {Side::Client, Side::Server}) {
            ExportOutcome outcome;
            const QByteArray bytes = exported({.connection = 1, .side = side}, outcome);
            QByteArray expected = known[size_t(side)];
            expected.removeIf([](char byte) { return byte == '\0'; });
            QVERIFY2(bytes == expected, "seed " + QByteArray::number(seed) + ": " + bytes + "\n\n" + expected);
        }
    }
}

REGISTER_TEST(TestExportJointStream)
#include "tst_exportjointstream.moc"
