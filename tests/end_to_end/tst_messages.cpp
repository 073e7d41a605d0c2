// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "program.h"

#include "support/registertest.h"
#include "support/skip.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTemporaryDir>

/// Messages of every form between the programs and what others have written.
class TestMessages : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void echoed_data();
    void echoed();
    void fileOfAnySize();
    void repeated();
    void stopped();
    void greeting();
    void http();
    void repliesAreComputed();
    void greetsAnSmtpClient();
    void playsAMeter();
    void rulesThatAreWrong();
    void messageOfStandardInput();
    void aFullOutput();
};

REGISTER_TEST(TestMessages)

namespace {

QString installed(const QString &program)
{
    return QStandardPaths::findExecutable(program);
}

/// Waits until a program has printed a line with its port.
quint16 portOf(const Program &program, const QRegularExpression &line)
{
    quint16 port = 0;
    [&program, &line, &port] {
        QTRY_VERIFY((port = line.match(program.output() + program.errors()).captured(1).toUShort()) != 0);
    }();
    return port;
}

/// A socat that listens, and connects who comes to an address.
class Socat
{
public:
    explicit Socat(const QString &address)
        : m_program(installed("socat"), {"-d", "-d", "TCP-LISTEN:0,bind=127.0.0.1", address})
    {
        m_program.start();
    }
    QString port() const
    {
        static const QRegularExpression listens("listening on .*:(\\d+)\\n");
        return QString::number(portOf(m_program, listens));
    }

private:
    Program m_program;
};

} // namespace

void TestMessages::initTestCase()
{
    for (const char *program : {"nc", "python3", "socat"}) {
        if (installed(program).isEmpty())
            SKIP_OR_FAIL(QString("%1 is not installed (scripts/setup --tests does)").arg(program));
    }
}

void TestMessages::echoed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("lines");
    QTest::newRow("text") << QStringList{"-m", "a\\n{crc32}"} << "a\\n{crc32}";
    QTest::newRow("escapes") << QStringList{"--escapes", "-m", "MEAS?\\r\\x02{{"} << "MEAS?\\r\\x02{";
    QTest::newRow("hex") << QStringList{"--hex", "-m", "41 42, 0x43"} << "ABC";
    QTest::newRow("checksum") << QStringList{"--escapes", "-m", "$A*{xor8:1..-2,hex}"} << "$A*41";
}

void TestMessages::echoed()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, lines);
    Socat echo("PIPE");
    Program sends(CLIENT_GUI, QStringList{"--headless", "-p", echo.port()} + arguments);
    sends.start();
    QTRY_VERIFY(!sends.isRunning());
    QCOMPARE(sends.output(), QString("[1] Send: %1\n[4] Recv: %1\n[5] Close Socket\n").arg(lines));
    QCOMPARE(sends.status(), 0);
}

/// More than is held in memory. sha256sum answers when it has read the file to its end.
void TestMessages::fileOfAnySize()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath("big"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (int i = 0; i < 70; ++i) {
        const QByteArray part(1024 * 1024 - i, char(i));
        QCOMPARE(file.write(part), part.size());
        hash.addData(part);
    }
    file.close();
    Socat sum("SYSTEM:sha256sum");
    Program sends(CLIENT_GUI, {"--headless", "-p", sum.port(), "--framing", "none", "--finish-sending",
                               "--message-file", file.fileName(), "--output", "jsonl"});
    sends.start();
    QTRY_VERIFY(!sends.isRunning());
    QVERIFY2(sends.output().contains(hash.result().toHex() + "  -"), qPrintable(sends.errors()));
    QCOMPARE(sends.status(), 0);
    qint64 bytes = 0;
    for (const QString &line : sends.output().split('\n', Qt::SkipEmptyParts)) {
        const QJsonObject step = QJsonDocument::fromJson(line.toUtf8()).object();
        bytes += step["kind"] == "send" ? step["bytes"].toInteger() : 0;
    }
    QCOMPARE(bytes, file.size());
    Program framed(CLIENT_GUI, {"--headless", "-p", sum.port(), "--message-file", file.fileName()});
    framed.start();
    QTRY_VERIFY(!framed.isRunning());
    QVERIFY2(framed.errors().contains("only be sent with the framing"), qPrintable(framed.errors()));
    QCOMPARE(framed.status(), 2);
}

void TestMessages::repeated()
{
    Socat echo("PIPE");
    Program sends(CLIENT_GUI,
                  {"--headless", "-p", echo.port(), "--escapes", "-m", "{counter}", "--repeat", "20", "--every", "5"});
    sends.start();
    QTRY_VERIFY(!sends.isRunning());
    QString expected;
    for (int i = 1; i <= 20; ++i)
        expected += QString("[%1] Send: %2\n[%3] Recv: %2\n").arg(4 * i - 3).arg(i).arg(4 * i);
    QCOMPARE(sends.output(), expected + "[81] Close Socket\n");
    QCOMPARE(sends.status(), 0);
}

/// Stopping what has no end is no error.
void TestMessages::stopped()
{
    Socat echo("PIPE");
    Program sends(CLIENT_GUI, {"--headless", "-p", echo.port(), "-m", "a", "--repeat", "0", "--every", "1"});
    sends.start();
    QTRY_VERIFY(sends.output().count("Recv") >= 10);
    sends.process().terminate();
    QTRY_VERIFY(!sends.isRunning());
    QVERIFY(sends.output().endsWith("Close Socket\n"));
    QCOMPARE(sends.status(), 0);
}

void TestMessages::greeting()
{
    const QTemporaryDir folder;
    QFile greeting(folder.filePath("greeting"));
    QVERIFY(greeting.open(QIODevice::WriteOnly));
    greeting.write("220 hello\r\n");
    greeting.close();
    Socat greets(QString("SYSTEM:cat %1 -").arg(greeting.fileName()));
    Program connects(CLIENT_GUI, {"--headless", "-p", greets.port(), "--no-message", "--framing", "newline"});
    connects.start();
    QTRY_VERIFY(!connects.isRunning());
    QCOMPARE(connects.output(), "[2] Recv: 220 hello\\r\n[3] Close Socket\n");
    QCOMPARE(connects.status(), 0);
}

/// The message comes from a file, and the server ends its lines with CR LF.
void TestMessages::http()
{
    const QTemporaryDir folder;
    QFile request(folder.filePath("request"));
    QVERIFY(request.open(QIODevice::WriteOnly));
    request.write("HEAD /request HTTP/1.0\r\n\r\n");
    request.close();
    Program serves(installed("python3"),
                   {"-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder.path()});
    serves.start();
    static const QRegularExpression serving("127\\.0\\.0\\.1 port (\\d+) ");
    const quint16 port = portOf(serves, serving);
    Program asks(CLIENT_GUI, {"--headless", "-p", QString::number(port), "--framing", "none", "--message-file",
                              request.fileName()});
    asks.start();
    QTRY_VERIFY(!asks.isRunning());
    QVERIFY2(asks.output().startsWith("[1] Send: HEAD /request HTTP/1.0\\r\\n\\r\\n\n[4] Recv: HTTP/1.0 200 OK\\r\\n"),
             qPrintable(asks.output()));
    QVERIFY(asks.output().contains("Close Socket\n"));
    QCOMPARE(asks.status(), 0);
}

/// Each reply has its own number and checksum.
void TestMessages::repliesAreComputed()
{
    Program listens(SERVER_GUI, {"--headless", "--once", "-p", "0", "--reply-delay", "0", "--hex", "-r",
                                 "01 03 00 00 00 {counter:1,+9} {crc16-modbus}"});
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    QProcess netcat;
    netcat.start(installed("nc"), {"-N", "127.0.0.1", QString::number(listens.port())});
    netcat.write(QByteArray("one\0two\0", 8));
    netcat.closeWriteChannel();
    QTRY_COMPARE(netcat.state(), QProcess::NotRunning);
    QCOMPARE(netcat.readAllStandardOutput().toHex(' '),
             QByteArray("01 03 00 00 00 0a c5 cd 00 01 03 00 00 00 0b 04 0d 00"));
    QTRY_VERIFY(!listens.isRunning());
    QCOMPARE(listens.status(), 0);
}

/// Python's smtplib is greeted on accept, is answered by rule, and is let go.
void TestMessages::greetsAnSmtpClient()
{
    const QString rules = EXAMPLES "/../rules/smtp.json";
    Program listens(SERVER_GUI,
                    {"--headless", "--once", "-p", "0", "--framing", "crlf", "--rules", rules, "--close-delay", "0"});
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    const QString script = "import smtplib\n"
                           "with smtplib.SMTP('127.0.0.1', %1, local_hostname='here') as smtp:\n"
                           "    print(smtp.sendmail('a@example.org', ['b@example.org'], 'Hello'))\n";
    Program python(installed("python3"), {"-c", script.arg(listens.port())});
    python.start();
    QTRY_VERIFY(!python.isRunning());
    QCOMPARE(python.output() + python.errors(), "{}\n");
    QTRY_VERIFY(!listens.isRunning());
    QVERIFY2(listens.output().contains("Send: 250 here\n"), qPrintable(listens.output()));
    QVERIFY2(listens.output().contains("Send: 221 bye\n"), qPrintable(listens.output()));
}

/// nc asks a device, whose answer has the number of the question.
void TestMessages::playsAMeter()
{
    const QString rules = EXAMPLES "/../rules/meter.json";
    Program listens(SERVER_GUI, {"--headless", "--once", "-p", "0", "--framing", "newline", "--rules", rules, "-r",
                                 "what?", "--reply-delay", "0"});
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    QProcess netcat;
    netcat.start(installed("nc"), {"-N", "127.0.0.1", QString::number(listens.port())});
    netcat.write("MEAS? 12\nHELP\nBYE\n");
    netcat.closeWriteChannel();
    QTRY_COMPARE(netcat.state(), QProcess::NotRunning);
    QCOMPARE(netcat.readAllStandardOutput(), "220 meter ready\n12.5 V\nwhat?\n221 bye\n");
}

void TestMessages::rulesThatAreWrong()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath("rules.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"rules\": [\n{\"when\": \"accept\"\n}");
    file.close();
    Program wrong(SERVER_GUI, {"--headless", "--rules", file.fileName()});
    wrong.start();
    QTRY_VERIFY(!wrong.isRunning());
    QVERIFY2(wrong.errors().contains("rules.json': Line 3: "), qPrintable(wrong.errors()));
    QCOMPARE(wrong.status(), 2);
}

void TestMessages::messageOfStandardInput()
{
    Program listens(SERVER_GUI, {"--headless", "--once", "-p", "0", "--reply-delay", "0"});
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program shell("bash", {"-c", R"(printf 'a\001b' | "$@")", "bash", CLIENT_GUI, "--headless", "-p",
                           QString::number(listens.port()), "--message-file", "-"});
    shell.start();
    QTRY_VERIFY(!shell.isRunning());
    QVERIFY2(shell.output().startsWith("[1] Send: a\\x01b\n"), qPrintable(shell.output()));
    QCOMPARE(shell.status(), 0);
}

/// The reason is the only line on standard error.
void TestMessages::aFullOutput()
{
    if (!QFile::exists("/dev/full"))
        SKIP("needs /dev/full");
    Program listens(SERVER_GUI, {"--headless", "--once", "-p", "0"});
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program shell(
        "bash", {"-c", R"("$@" > /dev/full)", "bash", CLIENT_GUI, "--headless", "-p", QString::number(listens.port())});
    shell.start();
    QTRY_VERIFY(!shell.isRunning());
    QCOMPARE(shell.errors(), "client_gui: standard output cannot be written: No space left on device\n");
    QCOMPARE(shell.status(), 1);
}

#include "tst_messages.moc"
