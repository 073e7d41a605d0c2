// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "export/export.h"
#include "picture/picturesaver.h"
#include "support/endfiles.h"
#include "support/registertest.h"

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

REGISTER_TEST(TestExportJointStream)
#include "tst_exportjointstream.moc"
