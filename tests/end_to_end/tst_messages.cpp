// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "program.h"

#include "support/registertest.h"
#include "support/skip.h"

#include <QStandardPaths>
#include <QTemporaryDir>

/// Messages of every form between the programs and what others have written.
class TestMessages : public QObject
{
    Q_OBJECT
private slots:
    void echoed_data();
    void echoed();
    void http();
    void repliesAreComputed();
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

} // namespace

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
    if (installed("socat").isEmpty())
        SKIP_OR_FAIL(QString("socat is not installed (scripts/setup --tests does)"));
    Program echo(installed("socat"), {"-d", "-d", "TCP-LISTEN:0,bind=127.0.0.1", "PIPE"});
    echo.start();
    static const QRegularExpression listens("listening on .*:(\\d+)\\n");
    const quint16 port = portOf(echo, listens);
    Program sends(CLIENT_GUI, QStringList{"--headless", "-p", QString::number(port)} + arguments);
    sends.start();
    QTRY_VERIFY(!sends.isRunning());
    QCOMPARE(sends.output(), QString("[1] Send: %1\n[4] Recv: %1\n[5] Close Socket\n").arg(lines));
    QCOMPARE(sends.status(), 0);
}

/// The message comes from a file, and the server ends its lines with CR LF.
void TestMessages::http()
{
    if (installed("python3").isEmpty())
        SKIP_OR_FAIL(QString("python3 is not installed (scripts/setup --tests does)"));
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
    QCOMPARE(asks.status(), 0);
}

/// Each reply has its own number and checksum.
void TestMessages::repliesAreComputed()
{
    if (installed("nc").isEmpty())
        SKIP_OR_FAIL(QString("nc is not installed (scripts/setup --tests does)"));
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

#include "tst_messages.moc"
