// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "export/export.h"
#include "steps/sessionfile.h"
#include "steps/stepjson.h"
#include "support/registertest.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

class TestSessionExport : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void text();
    void textOfSeveralConnections();
    void jsonLines();
    void csv();
    void wrong_data();
    void wrong();

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QByteArray exported(const QString &name) const;

    QTemporaryDir m_folder;
    QByteArray m_session;
};

namespace {

ExportOutcome exportOf(const ExportSource &source, const QString &to, const LadderSaver &saveLadder)
{
    ExportProgress progress;
    return exportFile(source, to, saveLadder, progress);
}

} // namespace

void TestSessionExport::initTestCase()
{
    Step listening;
    listening.time = {1'795'000'000'123'456, 1000};
    listening.side = Side::Server;
    listening.kind = StepKind::Listening;
    listening.local = "127.0.0.1:8700";
    Step message = listening;
    message.kind = StepKind::Recv;
    message.number = 2;
    message.connection = 1;
    message.peer = "127.0.0.1:51964";
    message.payload = "say \"hi\",\nplease";
    message.size = message.payload.size();
    message.bytes = message.size + 1;
    message.offset = 0;
    Step close = message;
    close.kind = StepKind::Close;
    close.number = 4;
    close.payload.clear();
    close.size = 0;
    close.bytes = close.offset = -1;
    for (const Step &step : {listening, message, close})
        m_session += StepJson::toLine(step) + '\n';
    QFile file(path("session.jsonl"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(m_session);
    QFile events(path("events.jsonl"));
    QVERIFY(events.open(QIODevice::WriteOnly));
    events.write(StepJson::toLine(listening) + '\n');
}

QByteArray TestSessionExport::exported(const QString &name) const
{
    const QString error = exportOf({.session = path("session.jsonl")}, path(name), {}).error;
    if (!error.isEmpty())
        return "error: " + error.toUtf8();
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestSessionExport::text()
{
    QCOMPARE(exported("out.txt"), "[2] Recv: say \"hi\",\\nplease\n[4] Close Socket\n");
}

void TestSessionExport::textOfSeveralConnections()
{
    SessionFile file;
    QVERIFY(file.create(path("several.jsonl")));
    for (const int connection : {1, 2}) {
        Step close;
        close.kind = StepKind::Close;
        close.number = 1;
        close.connection = connection;
        file.append(close);
    }
    file.flush();
    QCOMPARE(exportOf({.session = path("several.jsonl")}, path("several.txt"), {}).error, QString());
    QFile text(path("several.txt"));
    QVERIFY(text.open(QIODevice::ReadOnly));
    QCOMPARE(text.readAll(), "#1 [1] Close Socket\n#2 [1] Close Socket\n");
}

void TestSessionExport::jsonLines()
{
    QCOMPARE(exported("out.JSONL"), m_session);
}

void TestSessionExport::csv()
{
    const QByteArrayList lines = exported("out.csv").split('\n');
    QCOMPARE(lines.at(0), "time,monotonic_us,side,connection,local,peer,step,kind,bytes,offset,text\r");
    QVERIFY(lines.at(1).startsWith("2026-11-18T"));
    QVERIFY(lines.at(1).contains(".123456Z,1000,server,,\"127.0.0.1:8700\",\"\",,listening,,,"));
    QVERIFY(
        lines.at(2).endsWith(",1,\"127.0.0.1:8700\",\"127.0.0.1:51964\",2,recv,17,0,\"say \"\"hi\"\",\\nplease\"\r"));
    QVERIFY(lines.at(3).endsWith(",4,close,,,\"\"\r"));
}

void TestSessionExport::wrong_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("says");

    QTest::newRow("no such file") << "nothing.jsonl"
                                  << "out.txt"
                                  << "Cannot read";
    QTest::newRow("unknown suffix") << "session.jsonl"
                                    << "out.doc"
                                    << "must end with";
    QTest::newRow("onto itself") << "session.jsonl"
                                 << "session.jsonl"
                                 << "that is the session itself";
    QTest::newRow("no such folder") << "session.jsonl"
                                    << "none/out.txt"
                                    << "Cannot write";
    QTest::newRow("no such file, onto another") << "nothing.jsonl"
                                                << "neither.txt"
                                                << "Cannot read";
    QTest::newRow("no steps in it") << "out.txt"
                                    << "again.txt"
                                    << "Nothing to export";
    QTest::newRow("only events, as text") << "events.jsonl"
                                          << "again.txt"
                                          << "holds only events";
    QTest::newRow("segments") << "session.jsonl"
                              << "again.pcapng"
                              << "a session holds no segments";
    QTest::newRow("a ladder of no connection") << "events.jsonl"
                                               << "again.mmd"
                                               << "holds no steps of a connection";
}

void TestSessionExport::wrong()
{
    QFETCH(const QString, from);
    QFETCH(const QString, to);
    QFETCH(const QString, says);
    exported("out.txt");
    const QString error = exportOf({.session = path(from)}, path(to), {}).error;
    QVERIFY2(error.contains(says), qPrintable(error));
    for (const char *name : {"again.txt", "again.pcapng", "again.mmd", "neither.txt"})
        QVERIFY2(!QFile::exists(path(name)), name);
}

REGISTER_TEST(TestSessionExport)
#include "tst_sessionexport.moc"
