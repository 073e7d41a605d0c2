// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "export/export.h"
#include "picture/picturesaver.h"
#include "support/patience.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// Exports the bytes of a connection, and only one connection in other kinds of file.
class TestExportStream : public QObject
{
    Q_OBJECT

private slots:
    void bytes_data();
    void bytes();
    void asWiresharkFollows_data();
    void asWiresharkFollows();
    void missingBytes();
    void oneConnection_data();
    void oneConnection();
    void noSuchConnection_data();
    void noSuchConnection();
};

namespace {

ExportOutcome exportBytes(const ExportSource &source, const QString &to)
{
    ExportProgress progress;
    return exportFile(source, to, PictureSaver::save, progress);
}

QByteArray streamOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What tshark's Follow Stream prints, in hexadecimal.
QByteArray followed(const QString &path)
{
    QProcess tshark;
    tshark.start(u"tshark"_s, {u"-r"_s, path, u"-q"_s, u"-z"_s, u"follow,tcp,raw,0"_s});
    if (!tshark.waitForFinished(patienceMs))
        return {};
    QByteArray bytes;
    for (const QByteArray &line : tshark.readAllStandardOutput().split('\n')) {
        const QByteArray digits = line.trimmed();
        if (!digits.isEmpty() && !digits.contains(' ') && !digits.contains('='))
            bytes += QByteArray::fromHex(digits);
    }
    return bytes;
}

} // namespace

void TestExportStream::bytes_data()
{
    QTest::addColumn<std::optional<Side>>("side");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray message("Hi, server! I'm client.\0", 24);
    const QByteArray reply("Hi, client!\0", 12);
    QTest::newRow("both ends") << std::optional<Side>() << QByteArray(message + reply);
    QTest::newRow("the client's") << std::optional(Side::Client) << message;
    QTest::newRow("the server's") << std::optional(Side::Server) << reply;
}

void TestExportStream::bytes()
{
    QFETCH(const std::optional<Side>, side);
    const QTemporaryDir folder;
    const QString to = folder.filePath(u"a.bin"_s);
    const ExportOutcome outcome =
        exportBytes({.capture = QStringLiteral(EXAMPLES "/conversation.pcap"), .connection = 1, .side = side}, to);
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.note, QString());
    QTEST(streamOf(to), "expected");
}

void TestExportStream::asWiresharkFollows_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"conversation.pcap.gz", "tso-total-length-0.pcap", "fast-retransmit.pcap",
                             "two-interfaces-eth-lo.pcapng", "fin-before-data.pcap", "mid-capture-server-first.pcap"})
        QTest::newRow(name) << QStringLiteral(CAPTURES "/faults/") + QLatin1StringView(name);
    for (const char *name : {"retransmission.pcap", "half-close.pcap", "zero-window.pcap"})
        QTest::newRow(name) << QStringLiteral(EXAMPLES "/") + QLatin1StringView(name);
}

void TestExportStream::asWiresharkFollows()
{
    if (QStandardPaths::findExecutable(u"tshark"_s).isEmpty())
        SKIP_OR_FAIL(QString("tshark is not installed (scripts/setup --ci does)"));
    QFETCH(const QString, name);
    const QTemporaryDir folder;
    const QString to = folder.filePath(u"a.bin"_s);
    const ExportOutcome outcome = exportBytes({.capture = name, .connection = 1}, to);
    QCOMPARE(outcome.error, QString());
    const QByteArray expected = followed(name);
    QVERIFY(!expected.isEmpty());
    QCOMPARE(streamOf(to), expected);
}

/// The capture has the first fragment of a segment only.
void TestExportStream::missingBytes()
{
    const QTemporaryDir folder;
    const QString to = folder.filePath(u"a.bin"_s);
    const ExportOutcome outcome =
        exportBytes({.capture = QStringLiteral(CAPTURES "/faults/ip-fragments.pcap"), .connection = 1}, to);
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.note, u"540 bytes were not captured, and are not in a.bin."_s);
    QCOMPARE(streamOf(to).size(), 1460);
}

void TestExportStream::oneConnection_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("part"); ///< of the file: once for each segment of a connection
    QTest::newRow("text") << u"txt"_s << QByteArray(" Flags [");
    QTest::newRow("CSV") << u"csv"_s << QByteArray("\r\n20");
    QTest::newRow("JSON Lines") << u"jsonl"_s << QByteArray("{\"time\"");
    QTest::newRow("Mermaid") << u"mmd"_s << QByteArray(">>");
    QTest::newRow("pcapng") << u"pcapng"_s << QByteArray("\x06\0\0\0", 4);
}

/// A capture of two connections with 9 segments each.
void TestExportStream::oneConnection()
{
    QFETCH(const QString, kind);
    QFETCH(const QByteArray, part);
    const QTemporaryDir folder;
    const QString to = folder.filePath(u"a."_s + kind);
    const auto count = [&](int connection) {
        ExportProgress progress;
        const ExportOutcome outcome =
            exportFile({.capture = QStringLiteral(CAPTURES "/faults/mixed-eth-and-gre.pcap"), .connection = connection},
                       to, PictureSaver::save, progress);
        return outcome.error.isEmpty() ? streamOf(to).count(part) : -1;
    };
    QCOMPARE(count(1), 9);
    QCOMPARE(count(2), 9);
    QCOMPARE(count(0), kind == "mmd" ? 9 : 18);
    QCOMPARE(count(3), -1);
}

void TestExportStream::noSuchConnection_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"bin", "txt", "csv", "jsonl", "mmd", "svg", "png", "pcapng"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TestExportStream::noSuchConnection()
{
    QFETCH(const QString, kind);
    const QTemporaryDir folder;
    const QString from = QStringLiteral(EXAMPLES "/conversation.pcap");
    const QString to = folder.filePath(u"a."_s + kind);
    const ExportOutcome outcome = exportBytes({.capture = from, .connection = 2}, to);
    QCOMPARE(outcome.error, u"Nothing to export: %1 has no connection 2."_s.arg(from));
    QVERIFY(!QFile::exists(to));
}

REGISTER_TEST(TestExportStream)
#include "tst_exportstream.moc"
