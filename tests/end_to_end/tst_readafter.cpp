// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "program.h"

#include "support/registertest.h"
#include "support/skip.h"
#include "support/tcpdumpcapture.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTemporaryDir>

/// --read-after, with peers that others have written: what the wire shows, and what both ends make of it.
class TestReadAfter : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void theWindowGoesToZero();
    void aWaitBeginsWithReading_data();
    void aWaitBeginsWithReading();
    void unreadBytesBecomeAReset();
    void exportsHaveIt();
};

REGISTER_TEST(TestReadAfter)

namespace {

QString pathOf(const QString &program)
{
    return QStandardPaths::findExecutable(program);
}

/// Numbered lines of a thousand bytes.
QByteArray manyLines(qsizetype bytes)
{
    QByteArray all;
    for (int i = 0; all.size() < bytes; ++i)
        all += QByteArray::number(i).rightJustified(999, '.') + '\n';
    return all;
}

/// A Python program that serves one connection, and prints its port first.
QString pythonServer(const QString &body)
{
    return QStringLiteral("import socket, sys\n"
                          "l = socket.create_server(('127.0.0.1', 0))\n"
                          "print('listening on 127.0.0.1:%d' % l.getsockname()[1], file=sys.stderr, flush=True)\n"
                          "c, _ = l.accept()\n") +
           body;
}

} // namespace

void TestReadAfter::initTestCase()
{
    for (const char *program : {"nc", "python3"}) {
        if (pathOf(program).isEmpty())
            SKIP_OR_FAIL(QString("%1 is not installed (scripts/setup --tests does)").arg(program));
    }
}

/// 8 MiB of nc: it has to wait, and every byte arrives.
void TestReadAfter::theWindowGoesToZero()
{
    const QTemporaryDir folder;
    const QByteArray sent = manyLines(8 * 1024 * 1024);
    QFile file(folder.filePath("lines"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(sent), sent.size());
    file.close();
    Program server(SERVER_GUI, {"--headless", "--once", "-p", "0", "-r", "", "--framing", "newline", "--close-delay",
                                "0", "--read-after", "1000", "--output", "jsonl"});
    server.start();
    QTRY_VERIFY(server.port() != 0);
    TcpdumpCapture capture(server.port());
    QTRY_VERIFY(capture.hasStarted() || capture.hasFailed());
    QVERIFY2(capture.hasStarted() || !qEnvironmentVariableIsSet("TCPSTEPS_MUST_CAPTURE"), qPrintable(capture.errors()));
    Program nc(pathOf("nc"), {"-N", "127.0.0.1", QString::number(server.port())});
    nc.process().setStandardInputFile(file.fileName());
    nc.start();
    QTRY_VERIFY(!server.isRunning());
    QCOMPARE(server.status(), 0);

    QByteArray received;
    qint64 waited = -1;
    for (const QString &line : server.output().split('\n', Qt::SkipEmptyParts)) {
        const QJsonObject step = QJsonDocument::fromJson(line.toUtf8()).object();
        if (step["kind"] == "recv")
            received += step["text"].toString().toUtf8() + '\n';
        if (step["event"] == "reading-again")
            waited = step["bytes"].toInteger();
        QVERIFY(waited >= 0 || received.isEmpty());
    }
    QVERIFY(waited > 0 && waited < sent.size());
    QCOMPARE(received.size(), sent.size());
    QCOMPARE(QCryptographicHash::hash(received, QCryptographicHash::Sha256),
             QCryptographicHash::hash(sent, QCryptographicHash::Sha256));
    if (!capture.hasStarted()) {
        qInfo("The segments are not checked: tcpdump may not capture here (run the tests as root).");
        return;
    }
    QTRY_VERIFY(!capture.lines().filter("Flags [F").isEmpty());
    const QStringList ofServer = capture.lines().filter(QString("127.0.0.1.%1 > ").arg(server.port()));
    static const QRegularExpression zero(" win 0[, ]");
    QVERIFY(!ofServer.filter(zero).isEmpty());
    QVERIFY(!zero.match(ofServer.constLast()).hasMatch());
}

void TestReadAfter::aWaitBeginsWithReading_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("output");
    QTest::newRow("for a reply") << QStringList{"--timeout", "300"}
                                 << "[1] Send: Hi, server! I'm client.\n[4] Recv: welcome\n[5] Close Socket\n";
    QTest::newRow("for a greeting") << QStringList{"--no-message", "--wait", "300"}
                                    << "[2] Recv: welcome\n[3] Close Socket\n";
}

/// The peer has sent its message long before.
void TestReadAfter::aWaitBeginsWithReading()
{
    QFETCH(const QStringList, arguments);
    Program server(pathOf("python3"), {"-c", pythonServer("c.sendall(b'welcome\\0')\n"
                                                          "while c.recv(100): pass\n")});
    server.start();
    QTRY_VERIFY(server.port() != 0);
    Program client(CLIENT_GUI,
                   QStringList{"--headless", "-p", QString::number(server.port()), "--read-after", "900"} + arguments);
    client.start();
    QTRY_VERIFY(!client.isRunning());
    QTEST(client.output(), "output");
    QCOMPARE(client.errors(), QString());
    QCOMPARE(client.status(), 0);
}

void TestReadAfter::unreadBytesBecomeAReset()
{
    Program server(pathOf("python3"), {"-c", pythonServer("c.sendall(b'x' * 1000)\n"
                                                          "try:\n"
                                                          "    while c.recv(100): pass\n"
                                                          "except ConnectionResetError: print('reset')\n")});
    server.start();
    QTRY_VERIFY(server.port() != 0);
    Program client(CLIENT_GUI, {"--headless", "-p", QString::number(server.port()), "--read-after", "never",
                                "--no-message", "--wait", "500"});
    client.start();
    QTRY_VERIFY(!client.isRunning());
    QCOMPARE(client.output(), QString("[1] Close Socket\n"));
    QVERIFY2(client.errors().contains("sent RST, not FIN: 1000 received bytes were unread"),
             qPrintable(client.errors()));
    QTRY_COMPARE(server.output(), QString("reset\n"));
}

/// The events of a session are in its exports.
void TestReadAfter::exportsHaveIt()
{
    const QTemporaryDir folder;
    const QString session = folder.filePath("client.jsonl");
    Program server(SERVER_GUI, {"--headless", "--once", "-p", "0", "--reply-delay", "0", "--close-delay", "0"});
    server.start();
    QTRY_VERIFY(server.port() != 0);
    Program client(CLIENT_GUI,
                   {"--headless", "-p", QString::number(server.port()), "--read-after", "100", "--session", session});
    client.start();
    QTRY_VERIFY(!client.isRunning());
    QCOMPARE(client.output(), QString("[1] Send: Hi, server! I'm client.\n[4] Recv: Hi, client!\n[5] Close Socket\n"));
    for (const char *suffix : {"csv", "jsonl", "mmd", "svg"}) {
        const QString path = folder.filePath(QString("out.") + suffix);
        Program exports(CLIENT_GUI, {"--open", session, "--export", path});
        exports.start();
        QTRY_VERIFY(!exports.isRunning());
        QCOMPARE(exports.errors(), QString());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY2(content.contains("Reading again") || content.contains("reading-again"), suffix);
        QVERIFY2(content.contains("Not reading for the first 0.1 s"), suffix);
    }
}

#include "tst_readafter.moc"
