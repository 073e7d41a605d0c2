// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "program.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace {

/// The beginning of a peer in Python: s is its socket, f reads from it.
const QString pythonPeer = u"import socket, struct, sys\n"
                           "s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))\n"
                           "f = s.makefile('rb')\n"_s;

} // namespace

/// The server's framings against programs that were not written here.
class TestFramedPrograms : public QObject
{
    Q_OBJECT

private slots:
    void python_data();
    void python();
    void netcat();
};

void TestFramedPrograms::python_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("reply");
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QString>("output");

    QTest::newRow("STX and ETX") << QStringList{"--framing", "between:02,03"} << u"ok"_s
                                 << u"s.sendall(b'\\2one\\3')\n"
                                    "assert f.read(4) == b'\\2ok\\3'\n"
                                    "s.sendall(b'\\2two\\3')\n"
                                    "assert f.read(4) == b'\\2ok\\3'\n"_s
                                 << u"[2] Recv: one\n[3] Send: ok\n[6] Recv: two\n[7] Send: ok\n[10] Close Socket\n"_s;
    QTest::newRow("CR LF") << QStringList{"--framing", "crlf"} << u"250 ok"_s
                           << u"s.sendall(b'EHLO a\\r\\n')\n"
                              "assert f.readline() == b'250 ok\\r\\n'\n"_s
                           << u"[2] Recv: EHLO a\n[3] Send: 250 ok\n[6] Close Socket\n"_s;
    QTest::newRow("a length") << QStringList{"--framing", "length:2be"} << u"ok"_s
                              << u"s.sendall(struct.pack('>H', 5) + b'hello')\n"
                                 "n, = struct.unpack('>H', f.read(2))\n"
                                 "assert f.read(n) == b'ok'\n"_s
                              << u"[2] Recv: hello\n[3] Send: ok\n[6] Close Socket\n"_s;
    QTest::newRow("a length of the whole message, behind a type")
        << QStringList{"--framing", "length:4le@1-5"} << u"T----ok"_s
        << u"s.sendall(struct.pack('<cI', b'M', 10) + b'hello')\n"
           "t, n = struct.unpack('<cI', f.read(5))\n"
           "assert (t, n, f.read(n - 5)) == (b'T', 7, b'ok')\n"_s
        << u"[2] Recv: M\\n\\x00\\x00\\x00hello\n[3] Send: T\\x07\\x00\\x00\\x00ok\n[6] Close Socket\n"_s;
    QTest::newRow("a size") << QStringList{"--framing", "fixed:4"} << u"okay"_s
                            << u"s.sendall(b'onetw')\n"
                               "assert f.read(4) == b'okay'\n"
                               "s.sendall(b'o-2')\n"
                               "assert f.read(4) == b'okay'\n"_s
                            << u"[2] Recv: onet\n[3] Send: okay\n[6] Recv: wo-2\n[7] Send: okay\n[10] Close Socket\n"_s;
    QTest::newRow("silence") << QStringList{"--framing", "silence:300"} << u"ok"_s
                             << u"s.sendall(b'a\\nb')\n"
                                "assert f.read(2) == b'ok'\n"_s
                             << u"[2] Recv: a\\nb\n[3] Send: ok\n[6] Close Socket\n"_s;
    QTest::newRow("a reply in two messages")
        << QStringList{"--framing", "newline", "--send-framing", "end:2e0a"} << u"one.\ntwo"_s
        << u"s.sendall(b'x\\n')\n"
           "assert f.read(10) == b'one.\\ntwo.\\n'\n"_s
        << u"[2] Recv: x\n[3] Send: one\n[5] Send: two\n[8] Close Socket\n"_s;
}

void TestFramedPrograms::python()
{
    QFETCH(const QStringList, options);
    QFETCH(const QString, reply);
    QFETCH(const QString, peer);
    const QString python = QStandardPaths::findExecutable("python3");
    if (python.isEmpty())
        SKIP_OR_FAIL(QString("python3 is not installed"));
    Program listens(SERVER_GUI, options + QStringList{"--headless", "--once", "-p", "0", "--reply-delay", "0", "-r"} +
                                    QStringList{reply});
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program talks(python, {"-c", pythonPeer + peer, QString::number(listens.port())});
    talks.start();
    QTRY_VERIFY(!talks.isRunning());
    QVERIFY2(talks.status() == 0, qPrintable(talks.errors()));
    QTRY_VERIFY(!listens.isRunning());
    QTEST(listens.output(), "output");
}

/// A lone LF is data under crlf, and the program says so.
void TestFramedPrograms::netcat()
{
    const QString nc = QStandardPaths::findExecutable("nc");
    if (nc.isEmpty())
        SKIP_OR_FAIL(QString("nc is not installed (scripts/setup --tests does)"));
    Program listens(SERVER_GUI, {"--framing", "crlf", "--headless", "--once", "-p", "0", "--reply-delay", "0"});
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program netcat(nc, {"-N", "127.0.0.1", QString::number(listens.port())});
    netcat.start();
    netcat.process().write("hello\n");
    QTRY_VERIFY2(listens.errors().contains("lone LF"), qPrintable(listens.errors()));
    netcat.process().closeWriteChannel();
    QTRY_VERIFY(!netcat.isRunning());
    QCOMPARE(netcat.output(), "Hi, client!\r\n");
    QTRY_VERIFY(!listens.isRunning());
    QCOMPARE(listens.output(), "[2] Recv: hello\\n\n[3] Send: Hi, client!\n[6] Close Socket\n");
}

REGISTER_TEST(TestFramedPrograms)
#include "tst_framedprograms.moc"
