// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "program.h"

#include "support/endfiles.h"
#include "support/rawpeer.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QDir>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <csignal>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

/// Runs the two programs as processes: with each other, with the original programs, and with misbehaving peers.
class TestPrograms : public QObject
{
    Q_OBJECT

private slots:
    void theOriginalsText_data();
    void theOriginalsText();
    void stepsComeAsTheyHappen();
    void severalMessages();
    void jsonLines();
    void sessionFile();
    void sessionSurvivesAKill();
    void misbehavingClients_data();
    void misbehavingClients();
    void misbehavingServers_data();
    void misbehavingServers();
    void netcat();
    void aPipeThatNobodyReads();
    void aFloodIsHeldBack();
    void closedStandardDescriptors();
    void terminatesThoughNobodyReads();
    void endsWhenStandardOutputCloses();
    void anotherAddressAnswers();
    void terminates_data();
    void terminates();
    void aWindowWritesItsStepsWhenTerminated();
    void aWindowSaysWhyItCannotBegin_data();
    void aWindowSaysWhyItCannotBegin();
    void aWindowReadsNoImageAtFirst();
    void aWindowMayHaveAStyleSheet();
    void sessionOnAFullDisk();
    void errors_data();
    void errors();
    void portInUse();
    void portWithoutTheRight();
    void unreachable();
    void noDisplay();
    void exports();
    void exportsWithoutADisplay_data();
    void exportsWithoutADisplay();
    void dumpsWire();
    void capturesFromAPipe_data();
    void capturesFromAPipe();
    void capturesFromAFifo_data();
    void capturesFromAFifo();
    void bothEndsFromFifos();
    void saysWhatIsLeftOut();
    void capturesOfBothEnds_data();
    void capturesOfBothEnds();
    void bytesOfBothEnds();
    void filesThatAreNone_data();
    void filesThatAreNone();
    void aWindowGoesOnBesideAFifo();
    void aWindowGoesOnBesideADeadMount();
};

namespace {

const QString server = QStringLiteral(SERVER_GUI);
const QString client = QStringLiteral(CLIENT_GUI);
const QString originalServer = QStringLiteral(PEER_SERVER);
const QString originalClient = QStringLiteral(PEER_CLIENT);
const QString slowPeer = QStringLiteral(PEER_SLOWPEER);

const QStringList serverArguments{"--headless", "--once", "-p", "0"};

const QString serverText = "[2] Recv: Hi, server! I'm client.\n[3] Send: Hi, client!\n[6] Close Socket\n";
const QString clientText = "[1] Send: Hi, server! I'm client.\n[4] Recv: Hi, client!\n[5] Close Socket\n";

QStringList clientArguments(quint16 port)
{
    return {"--headless", "-p", QString::number(port)};
}

/// The environment of a window that is not shown, with its settings in a folder.
QProcessEnvironment withoutScreen(const QTemporaryDir &folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    environment.insert("XDG_CONFIG_HOME", folder.path());
    environment.insert("XDG_RUNTIME_DIR", folder.path());
    return environment;
}

const QString painted = "Painting and flushing";

/// The environment in which a program writes `painted` to its standard error when its window can be seen.
QProcessEnvironment tellingWhatIsPainted(const QTemporaryDir &folder)
{
    QProcessEnvironment environment = withoutScreen(folder);
    environment.insert("XDG_DATA_HOME", folder.path());
    environment.insert("QT_LOGGING_RULES", "qt.widgets.painting=true");
    return environment;
}

/// Reads a file of a process in /proc.
QByteArray ofProcess(Program &program, const QString &name)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(program.process().processId()).arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Whether the process already runs that program, rather than what starts it, and handles the signal.
bool handles(Program &program, const QString &path, int signal)
{
    static const QRegularExpression caught("\\nSigCgt:\\s*([0-9a-f]+)");
    const QString exe = QStringLiteral("/proc/%1/exe").arg(program.process().processId());
    const QString status = QString::fromLatin1(ofProcess(program, "status"));
    return QFileInfo(exe).canonicalFilePath() == QFileInfo(path).canonicalFilePath() &&
           (caught.match(status).captured(1).toULongLong(nullptr, 16) >> (signal - 1) & 1) != 0;
}

/// Whether one of its threads is in a call that a FUSE server does not answer.
bool waitsForAFile(Program &program)
{
    const QString tasks = QStringLiteral("/proc/%1/task").arg(program.process().processId());
    for (const QString &task : QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (ofProcess(program, "task/" + task + "/wchan").contains("fuse") ||
            ofProcess(program, "task/" + task + "/wchan").contains("request"))
            return true;
    }
    return false;
}

} // namespace

void TestPrograms::theOriginalsText_data()
{
    QTest::addColumn<bool>("ourServer");
    QTest::addColumn<bool>("ourClient");

    QTest::newRow("our server, our client") << true << true;
    QTest::newRow("our server, the original's client") << true << false;
    QTest::newRow("the original's server, our client") << false << true;
    QTest::newRow("the original pair") << false << false;
}

void TestPrograms::theOriginalsText()
{
    QFETCH(const bool, ourServer);
    QFETCH(const bool, ourClient);

    Program listens(ourServer ? server : originalServer, ourServer ? serverArguments : QStringList{"0"});
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program connects(ourClient ? client : originalClient,
                     ourClient ? clientArguments(listens.port()) : QStringList{QString::number(listens.port())});
    connects.start();
    QTRY_VERIFY(!connects.isRunning());
    QTRY_VERIFY(!listens.isRunning());

    QCOMPARE(listens.output(), serverText);
    QCOMPARE(connects.output(), clientText);
    QCOMPARE(listens.status(), 0);
    QCOMPARE(connects.status(), 0);
    QCOMPARE(connects.errors(), "");
}

void TestPrograms::stepsComeAsTheyHappen()
{
    Program listens(server, QStringList{"--reply-delay", "60000"} + serverArguments);
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program connects(client, clientArguments(listens.port()));
    connects.start();
    QTRY_COMPARE(listens.output(), "[2] Recv: Hi, server! I'm client.\n");
    QTRY_COMPARE(connects.output(), "[1] Send: Hi, server! I'm client.\n");
    QVERIFY(listens.isRunning() && connects.isRunning());
}

void TestPrograms::severalMessages()
{
    Program listens(server,
                    QStringList{"--reply-delay", "0", "--close-delay", "0", "--framing", "newline", "-r", "ok"} +
                        serverArguments);
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program connects(client, clientArguments(listens.port()) +
                                 QStringList{"--framing", "newline", "-m", "one", "-m", "", "-m", "a\tb"});
    connects.start();
    QTRY_VERIFY(!connects.isRunning());
    QTRY_VERIFY(!listens.isRunning());
    QCOMPARE(connects.output(), "[1] Send: one\n[4] Recv: ok\n[5] Send: \n[8] Recv: ok\n[9] Send: a\\tb\n"
                                "[12] Recv: ok\n[13] Close Socket\n");
    QCOMPARE(listens.output(), "[2] Recv: one\n[3] Send: ok\n[6] Recv: \n[7] Send: ok\n[10] Recv: a\\tb\n"
                               "[11] Send: ok\n[14] Close Socket\n");
}

void TestPrograms::jsonLines()
{
    Program listens(server, QStringList{"--output", "jsonl"} + serverArguments);
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program connects(client, clientArguments(listens.port()) + QStringList{"--output", "jsonl"});
    connects.start();
    QTRY_VERIFY(!listens.isRunning());
    static const QRegularExpression word("\"(?:kind|event)\":\"([a-z-]+)\"");
    QStringList words;
    for (const QString &line : listens.output().split('\n', Qt::SkipEmptyParts)) {
        QVERIFY(line.startsWith("{\"time\":\"") && line.endsWith('}'));
        QVERIFY(line.contains("\"side\":\"server\""));
        words.append(word.match(line).captured(1));
    }
    QCOMPARE(words, (QStringList{"listening", "connected", "stopped", "recv", "send", "peer-finished", "close"}));
    QVERIFY(connects.output().contains("\"step\":1,\"kind\":\"send\",\"bytes\":24,"));
    QVERIFY(connects.output().contains("\"text\":\"Hi, server! I'm client.\""));
}

void TestPrograms::sessionFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("run.jsonl");
    Program listens(server,
                    QStringList{"--session", path, "--output", "jsonl", "--reply-delay", "0", "--close-delay", "0"} +
                        serverArguments);
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program connects(client, clientArguments(listens.port()));
    connects.start();
    QTRY_VERIFY(!listens.isRunning());
    QFile session(path);
    QVERIFY(session.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(session.readAll()), listens.output());
    QCOMPARE(session.permissions() & ~(QFile::ReadUser | QFile::WriteUser), QFile::ReadOwner | QFile::WriteOwner);
}

void TestPrograms::sessionSurvivesAKill()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("run.jsonl");
    Program listens(server, QStringList{"--session", path, "--reply-delay", "60000"} + serverArguments);
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program connects(client, clientArguments(listens.port()));
    connects.start();
    const auto saved = [&path] {
        QFile session(path);
        return session.open(QIODevice::ReadOnly) ? QString::fromUtf8(session.readAll()) : QString();
    };
    QTRY_VERIFY(saved().contains("\"recv\""));
    const QString before = saved();
    listens.process().kill();
    QTRY_VERIFY(!listens.isRunning());
    QCOMPARE(saved(), before);
    QVERIFY(before.endsWith("}\n"));
}

void TestPrograms::misbehavingClients_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QString>("output");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("status");

    QTest::newRow("a byte at a time") << "bytewise" << serverText << "" << 0;
    QTest::newRow("reads nothing") << "neverreads"
                                   << "[2] Recv: Hi, server! I'm client.\n[3] Send: Hi, client!\n"
                                   << "reset by the peer" << 1;
    QTest::newRow("says nothing") << "silent"
                                  << "[2] Close Socket\n"
                                  << "" << 0;
    QTest::newRow("resets") << "reset"
                            << "[2] Recv: Hi, server! I'm client.\n"
                            << "reset by the peer" << 1;
}

void TestPrograms::misbehavingClients()
{
    QFETCH(const QString, mode);
    QFETCH(const QString, error);

    Program listens(server, QStringList{"--reply-delay", mode == "reset" ? "60000" : "0", "--close-delay", "0"} +
                                serverArguments);
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program peer(slowPeer, {mode, "127.0.0.1", QString::number(listens.port())});
    peer.start();
    if (mode == "bytewise")
        QTRY_COMPARE(peer.output(), "Recv: Hi, client!\n");
    else if (mode == "neverreads")
        QTRY_VERIFY(listens.output().contains("[3]"));
    else if (mode == "reset")
        QTRY_VERIFY(listens.output().contains("[2]"));
    peer.process().closeWriteChannel(); // the peer now ends the connection
    QTRY_VERIFY(!listens.isRunning());
    QTEST(listens.output(), "output");
    QTEST(listens.status(), "status");
    QVERIFY2(error.isEmpty() ? listens.errors().count('\n') == 1 : listens.errors().contains(error),
             qPrintable(listens.errors()));
}

void TestPrograms::misbehavingServers_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QString>("output");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("status");

    const QString sent = "[1] Send: Hi, server! I'm client.\n";
    QTest::newRow("a byte at a time") << "bytewise" << clientText << "" << 0;
    QTest::newRow("says nothing, and closes")
        << "silent" << QString(sent + "[4] Close Socket\n") << "the connection ended before the reply came" << 1;
}

void TestPrograms::misbehavingServers()
{
    QFETCH(const QString, mode);
    QFETCH(const QString, error);

    Program peer(slowPeer, {mode, "listen", "0"});
    peer.start();
    QTRY_VERIFY(peer.port() != 0);
    Program connects(client, clientArguments(peer.port()) + QStringList{"--close-delay", "0"});
    connects.start();
    QTRY_VERIFY(connects.output().contains("[1]"));
    if (mode == "bytewise")
        QTRY_VERIFY(connects.output().contains("[4]"));
    peer.process().closeWriteChannel();
    QTRY_VERIFY(!connects.isRunning());
    // A FIN while unread bytes wait becomes a RST, which tells the client about the unread data.
    if (mode == "silent" && connects.errors().contains("reset by the peer"))
        QCOMPARE(connects.output(), "[1] Send: Hi, server! I'm client.\n");
    else
        QTEST(connects.output(), "output");
    if (!connects.errors().contains("reset by the peer"))
        QVERIFY2(error.isEmpty() ? connects.errors().isEmpty() : connects.errors().contains(error),
                 qPrintable(connects.errors()));
    QTEST(connects.status(), "status");
}

void TestPrograms::netcat()
{
    const QString nc = QStandardPaths::findExecutable("nc");
    if (nc.isEmpty())
        SKIP_OR_FAIL(QString("nc is not installed (scripts/setup --tests does)"));
    Program listens(server, QStringList{"--reply-delay", "0"} + serverArguments);
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program netcat(nc, {"-N", "127.0.0.1", QString::number(listens.port())});
    netcat.start();
    netcat.process().write("hello\n");
    netcat.process().closeWriteChannel();
    QTRY_VERIFY(!netcat.isRunning());
    QCOMPARE(netcat.output(), QString::fromUtf8("Hi, client!\0", 12));
    QTRY_VERIFY(!listens.isRunning());
    QCOMPARE(listens.output(), "[2] Recv: hello\\n\n[3] Send: Hi, client!\n[6] Close Socket\n");
}

void TestPrograms::aPipeThatNobodyReads()
{
    const QTemporaryDir folder;
    const QByteArray pipe = QFile::encodeName(folder.filePath("pipe"));
    QCOMPARE(mkfifo(pipe.constData(), 0600), 0);
    const int readEnd = open(pipe.constData(), O_RDWR | O_CLOEXEC);
    Program listens(server, {"--headless", "-p", "0", "--reply-delay", "0", "--output", "jsonl"},
                    QFile::decodeName(pipe));
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    RawPeer peer = RawPeer::connectTo(listens.port());
    constexpr int messages = 2000; // about 800 KiB of lines; a pipe holds 64 KiB
    for (int i = 0; i < messages; ++i)
        peer.send(QByteArray("x\0", 2));
    QTRY_COMPARE(peer.received().size(), messages * 12);
    close(readEnd);
}

void TestPrograms::closedStandardDescriptors()
{
    const QTemporaryDir folder;
    const QString session = folder.filePath("run.jsonl");
    Program shell("sh",
                  {"-c", "exec \"$@\" <&- >&- 2>&-", "sh", server, "--headless", "-p", "0", "--session", session});
    shell.start();
    const auto saved = [&session] {
        QFile file(session);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTRY_VERIFY(saved().contains("listening"));
    QVERIFY(shell.isRunning());
    kill(pid_t(shell.process().processId()), SIGTERM);
    QTRY_VERIFY(!shell.isRunning());
    QVERIFY(saved().contains("stopped"));
    QCOMPARE(shell.status(), 0);
}

void TestPrograms::terminatesThoughNobodyReads()
{
    const QTemporaryDir folder;
    const QByteArray pipe = QFile::encodeName(folder.filePath("pipe"));
    QCOMPARE(mkfifo(pipe.constData(), 0600), 0);
    const int readEnd = open(pipe.constData(), O_RDWR | O_CLOEXEC);
    Program listens(server, {"--headless", "-p", "0", "-r", "", "--output", "jsonl"}, QFile::decodeName(pipe));
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    const RawPeer peer = RawPeer::connectTo(listens.port());
    peer.send(QByteArray(5000, '\0'));
    int waiting = 0; // bytes in the pipe
    QTRY_VERIFY(ioctl(readEnd, FIONREAD, &waiting) == 0 && waiting > 30'000);
    kill(pid_t(listens.process().processId()), SIGTERM);
    QTRY_VERIFY(!listens.isRunning());
    QCOMPARE(listens.status(), 0);
    close(readEnd);
}

void TestPrograms::endsWhenStandardOutputCloses()
{
    Program shell("bash", {"-c", "set -o pipefail; \"$@\" | head -n 1", "bash", server, "--headless", "-p", "0",
                           "--reply-delay", "0"});
    shell.start();
    QTRY_VERIFY(shell.port() != 0);
    RawPeer peer = RawPeer::connectTo(shell.port());
    QTRY_VERIFY((peer.send(QByteArray("a\0", 2)), !shell.isRunning())); // the program notices when it writes
    QCOMPARE(shell.output(), "[2] Recv: a\n");
    QCOMPARE(shell.status(), 1);
}

/// localhost may have two addresses; the server listens on one of them.
void TestPrograms::anotherAddressAnswers()
{
    Program listens(server, QStringList{"--reply-delay", "0", "--close-delay", "0"} + serverArguments);
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program connects(client, clientArguments(listens.port()) + QStringList{"-H", "localhost"});
    connects.start();
    QTRY_VERIFY(!connects.isRunning());
    QCOMPARE(connects.output(), clientText);
    QCOMPARE(connects.errors(), "");
    QCOMPARE(connects.status(), 0);
}

/// The replies that are due reach their limit. Reading then stops, the peer is slowed down, and memory does not grow.
void TestPrograms::aFloodIsHeldBack()
{
    Program listens(server, {"--headless", "-p", "0", "-r", "x", "--reply-delay", "1000000", "--output", "jsonl"});
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    const RawPeer peer = RawPeer::connectTo(listens.port());
    constexpr qint64 maxBytes = 64 * 1024 * 1024; // the kernel's buffers are far smaller
    const QByteArray messages(64 * 1024, '\0');
    qint64 sent = 0;
    for (qint64 now = 1; now > 0 && sent < maxBytes; sent += now) {
        QCoreApplication::processEvents(); // reads the server's output
        now = peer.trySend(messages, 2000);
    }
    QVERIFY2(sent < maxBytes, qPrintable(QString::number(sent)));
}

void TestPrograms::terminates_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void TestPrograms::terminates()
{
    QFETCH(const int, signal);
    Program listens(server, {"--headless", "-p", "0", "--reply-delay", "60000"});
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    RawPeer peer = RawPeer::connectTo(listens.port());
    peer.send(QByteArray("x\0", 2));
    QTRY_COMPARE(listens.output(), "[2] Recv: x\n");
    kill(pid_t(listens.process().processId()), signal);
    QTRY_VERIFY(!listens.isRunning());
    QCOMPARE(listens.output(), "[2] Recv: x\n[3] Close Socket\n");
    QCOMPARE(listens.status(), 0);
    QVERIFY(peer.sawEnd());
}

void TestPrograms::aWindowWritesItsStepsWhenTerminated()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("run.jsonl");
    const auto session = [&path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    };
    static const QRegularExpression listening("127.0.0.1:(\\d+)\",\"event\":\"listening\"");

    Program window(server, {"--start", "-p", "0", "--reply-delay", "60000", "--session", path});
    window.process().setProcessEnvironment(withoutScreen(folder));
    window.start();
    QTRY_VERIFY(session().contains(listening));
    RawPeer peer = RawPeer::connectTo(listening.match(session()).captured(1).toUShort());
    peer.send(QByteArray("x\0", 2));
    QTRY_VERIFY(session().contains("\"recv\""));
    kill(pid_t(window.process().processId()), SIGTERM);
    QTRY_VERIFY(!window.isRunning());
    QCOMPARE(window.status(), 0);
    QVERIFY(session().contains("\"step\":3,\"kind\":\"close\""));
    QVERIFY(peer.sawEnd());
}

void TestPrograms::aWindowSaysWhyItCannotBegin_data()
{
    QTest::addColumn<bool>("isServer");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("remembered");
    QTest::addColumn<QString>("error");
    QTest::newRow("client, a remembered port") << false << QStringList{"--connect"} << QByteArray("[form]\nport=x\n")
                                               << "client_gui: A port is a number from 1 to 65535.\n";
    QTest::newRow("client, a host that was given") << false << QStringList{"--connect", "-H", "a b"} << QByteArray()
                                                   << "client_gui: A host's name or address has no spaces in it.\n";
    QTest::newRow("server, a remembered port")
        << true << QStringList{"--start"} << QByteArray("[form]\nport=x\n")
        << "server_gui: A port is a number from 0 to 65535; 0 lets the system choose.\n";
}

/// With --start or --connect, the terminal also shows what is wrong in the form.
void TestPrograms::aWindowSaysWhyItCannotBegin()
{
    QFETCH(const bool, isServer);
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, remembered);
    QFETCH(const QString, error);
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath("TCP Steps"));
    QFile settings(folder.filePath(isServer ? "TCP Steps/server_gui.conf" : "TCP Steps/client_gui.conf"));
    QVERIFY(settings.open(QIODevice::WriteOnly) && settings.write(remembered) == remembered.size());
    settings.close();
    Program window(isServer ? server : client, arguments + QStringList{"--session", folder.filePath("run.jsonl")});
    window.process().setProcessEnvironment(withoutScreen(folder));
    window.start();
    QTRY_COMPARE(window.errors(), error);
    QVERIFY(window.isRunning());
    kill(pid_t(window.process().processId()), SIGTERM);
    QTRY_VERIFY(!window.isRunning());
    QCOMPARE(window.status(), 0);
}

/// Qt loads all plugins for image formats as soon as an image is read from a file. Then the window is visible later.
void TestPrograms::aWindowReadsNoImageAtFirst()
{
    const QTemporaryDir folder;
    for (const QString &program : {server, client}) {
        Program window(program, {});
        window.process().setProcessEnvironment(tellingWhatIsPainted(folder));
        window.start();
        QTRY_VERIFY(window.errors().contains(painted));
        const QByteArray libraries = ofProcess(window, "maps");
        QVERIFY(libraries.contains("/libQt6Widgets"));
        QVERIFY(!libraries.contains("/imageformats/"));
    }
}

/// With one, Qt changes palettes while it prepares the widgets.
void TestPrograms::aWindowMayHaveAStyleSheet()
{
    const QTemporaryDir folder;
    QFile sheet(folder.filePath("sheet.qss"));
    QVERIFY(sheet.open(QIODevice::WriteOnly));
    sheet.write("QPushButton { background: yellow } QLabel { color: red } * { font-size: 11pt }");
    sheet.close();
    for (const QString &program : {server, client}) {
        Program window(program, {"-stylesheet", sheet.fileName()});
        window.process().setProcessEnvironment(tellingWhatIsPainted(folder));
        window.start();
        QTRY_VERIFY(window.errors().contains(painted) || !window.isRunning());
        QVERIFY2(window.isRunning(), qPrintable(window.errors()));
    }
}

void TestPrograms::sessionOnAFullDisk()
{
    if (!QFile::exists("/dev/full"))
        SKIP("needs /dev/full");
    Program listens(server, QStringList{"--reply-delay", "0", "--close-delay", "0", "--session", "/dev/full"} +
                                serverArguments);
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program connects(client, clientArguments(listens.port()));
    connects.start();
    QTRY_VERIFY(!listens.isRunning());
    QCOMPARE(listens.output(), serverText);
    QVERIFY(listens.errors().contains("the session file /dev/full cannot be written: No space left on device"));
    QCOMPARE(listens.status(), 1);
}

void TestPrograms::errors_data()
{
    QTest::addColumn<bool>("isServer");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("status");

    QTest::newRow("refused") << false << QStringList{"-p", "1"}
                             << "client_gui: cannot connect to 127.0.0.1:1: Connection refused" << 1;
    QTest::newRow("unknown host") << false << QStringList{"-H", "no-such-host.invalid"}
                                  << "client_gui: cannot find the host no-such-host.invalid" << 1;
    QTest::newRow("address of another machine")
        << true << QStringList{"-a", "192.0.2.1"} << "server_gui: cannot listen on 192.0.2.1:8700: This machine" << 1;
    QTest::newRow("port out of range") << true << QStringList{"-p", "65536"}
                                       << "server_gui: -p takes a port from 0 to 65535, not '65536'" << 2;
    QTest::newRow("empty host") << false << QStringList{"-H", ""}
                                << "client_gui: -H takes a host's name or IP address, not ''" << 2;
    QTest::newRow("unknown option") << false << QStringList{"--loud"} << "client_gui: " << 2;
    QTest::newRow("session in no folder")
        << true << QStringList{"-a", "192.0.2.1", "--session", "/nowhere/at/all.jsonl"} << "/nowhere/at/all.jsonl" << 1;
}

void TestPrograms::errors()
{
    QFETCH(const bool, isServer);
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, error);
    QFETCH(const int, status);

    Program program(isServer ? server : client, QStringList{"--headless"} + arguments);
    program.start();
    QTRY_VERIFY(!program.isRunning());
    QVERIFY2(program.errors().contains(error), qPrintable(program.errors()));
    QCOMPARE(program.status(), status);
    QCOMPARE(program.output(), "");
}

void TestPrograms::portInUse()
{
    const RawPeer taken = RawPeer::listener();
    Program program(server, {"--headless", "-p", QString::number(taken.port())});
    program.start();
    QTRY_VERIFY(!program.isRunning());
    QCOMPARE(program.status(), 1);
    QVERIFY(program.errors().startsWith(
        QStringLiteral("server_gui: cannot listen on 127.0.0.1:%1: Address already in use").arg(taken.port())));
    QCOMPARE(program.errors().count('\n'), 1);
}

/// Runs in the lab, whose network starts with the kernel's default settings. Programs there inherit the capability.
void TestPrograms::portWithoutTheRight()
{
    Program program(SCRIPTS "/lab", {"setpriv", "--bounding-set", "-net_bind_service", "--inh-caps",
                                     "-net_bind_service", server, "--headless", "-p", "80"});
    program.start();
    QTRY_VERIFY(!program.isRunning());
    if (program.errors().contains("forbids"))
        SKIP_OR_FAIL(program.errors());
    QCOMPARE(program.status(), 1);
    QVERIFY2(program.errors().startsWith("server_gui: cannot listen on 127.0.0.1:80: Permission denied. Ports below"),
             qPrintable(program.errors()));
}

/// Runs in a private network namespace without routes, so that nothing leaves the machine.
void TestPrograms::unreachable()
{
    Program program("unshare", {"--map-root-user", "--net", client, "--headless", "-H", "192.0.2.1"});
    program.start();
    QTRY_VERIFY(!program.isRunning());
    if (program.errors().startsWith("unshare") || program.process().error() == QProcess::FailedToStart)
        SKIP_OR_FAIL(QString("network namespaces are not allowed here"));
    QCOMPARE(program.status(), 1);
    QVERIFY2(program.errors().startsWith("client_gui: cannot connect to 192.0.2.1:8700: Network is unreachable. Check"),
             qPrintable(program.errors()));
}

void TestPrograms::noDisplay()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(variable);
    for (const QString &path : {server, client}) {
        Program window(path, {});
        window.process().setProcessEnvironment(environment);
        window.start();
        QTRY_VERIFY(!window.isRunning());
        QCOMPARE(window.status(), 1);
        QCOMPARE(window.errors().count('\n'), 1);
        QVERIFY(window.errors().contains("--headless"));

        Program help(path, {"--help"});
        help.process().setProcessEnvironment(environment);
        help.start();
        QTRY_VERIFY(!help.isRunning());
        QCOMPARE(help.status(), 0);
        QVERIFY(help.output().contains("--headless"));
        QCOMPARE(help.errors(), "");
    }
}

void TestPrograms::exports()
{
    const QTemporaryDir folder;
    const QString session = folder.filePath("run.jsonl");
    Program listens(server,
                    QStringList{"--session", session, "--reply-delay", "0", "--close-delay", "0"} + serverArguments);
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program connects(client, clientArguments(listens.port()));
    connects.start();
    QTRY_VERIFY(!listens.isRunning());

    Program exporter(server, {"--open", session, "--export", folder.filePath("run.txt")});
    exporter.start();
    QTRY_VERIFY(!exporter.isRunning());
    QCOMPARE(exporter.status(), 0);
    QFile text(folder.filePath("run.txt"));
    QVERIFY(text.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(text.readAll()), serverText);
}

void TestPrograms::exportsWithoutADisplay_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("says"); // on standard error, where there is one line

    const QString capture = CAPTURES "/six-steps-lo.pcapng";
    for (const char *suffix : {"txt", "csv", "jsonl", "mmd", "svg", "png", "pcapng"})
        QTest::addRow("a capture to .%s", suffix) << capture << QString("a.%1").arg(suffix) << 0 << QString();
    for (const char *suffix : {"txt", "csv", "jsonl", "mmd", "svg", "png"})
        QTest::addRow("a session to .%s", suffix) << "session" << QString("a.%1").arg(suffix) << 0 << QString();
    QTest::newRow("segments of a session") << "session"
                                           << "a.pcapng" << 1 << "a session holds no segments";
    QTest::newRow("a picture of nothing") << "empty"
                                          << "a.png" << 1 << "holds no steps of a connection";
    QTest::newRow("an unknown kind") << capture << "a.gif" << 1 << "the name must end with";
    QTest::newRow("a picture without a source") << QString() << "a.svg" << 2 << "--export needs --open FILE";
}

void TestPrograms::exportsWithoutADisplay()
{
    QFETCH(const QString, from);
    QFETCH(const QString, to);
    QFETCH(const int, status);
    QFETCH(const QString, says);
    const QTemporaryDir folder;
    QFile session(folder.filePath("session"));
    QVERIFY(session.open(QIODevice::WriteOnly));
    session.write("{\"time\":\"2026-11-22T12:54:05.871752Z\",\"monotonic_us\":1,\"side\":\"client\",\"connection\":1,"
                  "\"local\":\"127.0.0.1:51964\",\"peer\":\"127.0.0.1:8700\",\"step\":1,\"kind\":\"close\"}\n");
    session.close();
    QVERIFY(QFile(folder.filePath("empty")).open(QIODevice::WriteOnly));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"})
        environment.remove(variable);
    for (const QString &path : {server, client}) {
        const QString out = folder.filePath(to);
        QFile::remove(out);
        Program exporter(path, {});
        exporter.process().setArguments(QStringList{"--export", out} +
                                        (from.isEmpty() ? QStringList() : QStringList{"--open", from}));
        exporter.process().setWorkingDirectory(folder.path());
        exporter.process().setProcessEnvironment(environment);
        exporter.start();
        QTRY_VERIFY(!exporter.isRunning());
        QVERIFY2(exporter.errors().contains(says), qPrintable(exporter.errors()));
        QCOMPARE(exporter.errors().count('\n'), says.isEmpty() ? 0 : 1);
        QCOMPARE(exporter.output(), QString());
        QCOMPARE(exporter.status(), status);
        QCOMPARE(QFileInfo(out).size() > 0, status == 0);
    }
}

void TestPrograms::dumpsWire()
{
    QFile lines(CAPTURES "/six-steps-lo.pcap.tcpdump.txt");
    QVERIFY(lines.open(QIODevice::ReadOnly));
    const QString expected = QString::fromLatin1(lines.readAll());
    for (const QString &program : {server, client}) {
        Program dumper(program, {"--dump-wire", CAPTURES "/six-steps-lo.pcap"});
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("TZ", "UTC");
        dumper.process().setProcessEnvironment(environment);
        dumper.start();
        QTRY_VERIFY(!dumper.isRunning());
        QCOMPARE(dumper.status(), 0);
        QCOMPARE(dumper.errors(), QString());
        static const QRegularExpression headings("^#.*\n", QRegularExpression::MultilineOption);
        QCOMPARE(dumper.output().remove(headings), expected);
        QCOMPARE(dumper.output().count("\n# "), 2);
    }

    Program missing(client, {"--dump-wire", "/nowhere/at/all.pcap"});
    missing.start();
    QTRY_VERIFY(!missing.isRunning());
    QCOMPARE(missing.status(), 1);
    QCOMPARE(missing.output(), QString());
    QCOMPARE(missing.errors(),
             "client_gui: /nowhere/at/all.pcap: The file cannot be opened: No such file or directory\n");
}

void TestPrograms::capturesFromAPipe_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("lines");

    QTest::newRow("pcap") << "gre.pcap" << 12;
    QTest::newRow("pcapng") << "two-interfaces-eth-lo.pcapng" << 17;
    QTest::newRow("compressed") << "conversation.pcap.gz" << 12;
}

/// "-" reads standard input, as a pipe and as a file, and an export reads it more than once.
void TestPrograms::capturesFromAPipe()
{
    QFETCH(const QString, name);
    QFETCH(const int, lines);
    QFile capture(CAPTURES "/faults/" + name);
    QVERIFY(capture.open(QIODevice::ReadOnly));
    const QByteArray bytes = capture.readAll();
    Program dumper(client, {"--dump-wire", "-"});
    dumper.start();
    dumper.process().write(bytes.left(100));
    dumper.process().write(bytes.mid(100));
    dumper.process().closeWriteChannel();
    QTRY_VERIFY(!dumper.isRunning());
    QCOMPARE(dumper.errors(), QString());
    QCOMPARE(dumper.status(), 0);
    QCOMPARE(dumper.output().count('\n'), lines);

    Program fromFile(client, {"--dump-wire", "-"});
    fromFile.process().setStandardInputFile(capture.fileName());
    fromFile.start();
    QTRY_VERIFY(!fromFile.isRunning());
    QCOMPARE(fromFile.output(), dumper.output());

    const QTemporaryDir folder;
    const QString out = folder.filePath("out.pcapng");
    Program exporter(client, {"--open", "-", "--export", out});
    exporter.start();
    exporter.process().write(bytes);
    exporter.process().closeWriteChannel();
    QTRY_VERIFY(!exporter.isRunning());
    QCOMPARE(exporter.errors(), QString());
    Program again(client, {"--dump-wire", out});
    again.start();
    QTRY_VERIFY(!again.isRunning());
    QCOMPARE(again.output(), dumper.output());
}

void TestPrograms::capturesFromAFifo_data()
{
    capturesFromAPipe_data();
}

/// A FIFO on the command line is read as standard input is, and an export reads it more than once. Nobody writes it
/// when the program starts.
void TestPrograms::capturesFromAFifo()
{
    QFETCH(const QString, name);
    const QString capture = CAPTURES "/faults/" + name;
    const QTemporaryDir folder;
    const QString fifo = folder.filePath("fifo");
    QCOMPARE(mkfifo(QFile::encodeName(fifo).constData(), 0600), 0);
    const auto outcomeOf = [&](const QStringList &arguments, const QString &from) {
        Program reader(client, arguments + QStringList{from});
        reader.start();
        Program writer("sh", {"-c", "exec cat \"$0\" > \"$1\"", capture, fifo}); // waits for the reader
        if (from == fifo)
            writer.start();
        const bool hasEnded = QTest::qWaitFor([&] { return !reader.isRunning(); }, patienceMs);
        return hasEnded ? QString::number(reader.status()) + reader.output() + reader.errors() : "it goes on";
    };
    const QString dumped = outcomeOf({"--dump-wire"}, fifo);
    QVERIFY2(dumped.contains("# The TCP three-way handshake"), qPrintable(dumped));
    QCOMPARE(dumped, outcomeOf({"--dump-wire"}, capture));
    for (const char *suffix : {"csv", "svg", "pcapng"}) {
        const auto exported = [&](const QString &from) {
            QFile out(folder.filePath(QString("out.") + suffix));
            out.remove();
            const QString outcome = outcomeOf({"--export", out.fileName(), "--open"}, from);
            return out.open(QIODevice::ReadOnly) ? outcome.toUtf8() + out.readAll() : outcome.toUtf8() + "no file";
        };
        const QByteArray fromFile = exported(capture);
        QVERIFY2(fromFile.startsWith('0') && !fromFile.endsWith("no file"), fromFile.constData());
        QCOMPARE(exported(fifo), fromFile);
    }
}

/// Both ends' captures arrive through FIFOs, in any order.
void TestPrograms::bothEndsFromFifos()
{
    const QTemporaryDir folder;
    QStringList fifos;
    std::array<std::unique_ptr<Program>, 2> writers;
    for (const size_t end : {1, 0}) {
        const QString name = end == 0 ? "client.pcap" : "server.pcap";
        fifos.prepend(folder.filePath(name));
        QCOMPARE(mkfifo(QFile::encodeName(fifos.first()).constData(), 0600), 0);
        writers[end] = std::make_unique<Program>(
            "sh", QStringList{"-c", "exec cat \"$0\" > \"$1\"", CAPTURES "/both-ends/" + name, fifos.first()});
        writers[end]->start();
    }
    const QString out = folder.filePath("out.csv");
    Program exporter(client, {"--open", fifos[0], "--open", fifos[1], "--export", out});
    exporter.start();
    QTRY_VERIFY(!exporter.isRunning());
    QCOMPARE(exporter.errors(), QString());
    QFile table(out);
    QVERIFY(table.open(QIODevice::ReadOnly));
    QCOMPARE(table.readAll().count(",lost,"), 10);
}

void TestPrograms::saysWhatIsLeftOut()
{
    const QString path = CAPTURES "/faults/ip-fragments.pcap";
    Program dumper(server, {"--dump-wire", path});
    dumper.start();
    QTRY_VERIFY(!dumper.isRunning());
    QCOMPARE(dumper.status(), 0);
    QCOMPARE(dumper.output().count("Flags ["), 9);
    QCOMPARE(dumper.errors(),
             QString("server_gui: %1: 1 packet is left out: 1 continues a fragmented packet.\n").arg(path));
}

void TestPrograms::capturesOfBothEnds_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("says");

    const QString atClient = CAPTURES "/both-ends/client.pcap";
    const QString atServer = CAPTURES "/both-ends/server.pcap";
    const QString other = CAPTURES "/six-steps-lo.pcap";
    QTest::newRow("of one conversation") << QStringList{atClient, atServer} << 0 << "";
    QTest::newRow("compressed, and not") << QStringList{CAPTURES "/faults/conversation.pcap.gz", atServer} << 1
                                         << "share no connection";
    QTest::newRow("of two conversations")
        << QStringList{atClient, other} << 1 << QString("%1 and %2 share no connection").arg(atClient, other);
    QTest::newRow("three") << QStringList{atClient, atServer, other} << 2
                           << "client_gui: --open can put two captures together, not 3";
}

void TestPrograms::capturesOfBothEnds()
{
    QFETCH(const QStringList, files);
    QFETCH(const int, status);
    QFETCH(const QString, says);
    const QTemporaryDir folder;
    const QString to = folder.filePath("joint.csv");
    QStringList arguments{"--export", to};
    for (const QString &file : files)
        arguments << "--open" << file;
    Program exports(client, arguments);
    exports.start();
    QTRY_VERIFY(!exports.isRunning());
    QCOMPARE(exports.status(), status);
    QVERIFY2(exports.errors().contains(says), qPrintable(exports.errors()));
    QFile table(to);
    QCOMPARE(table.open(QIODevice::ReadOnly), status == 0);
    if (status == 0)
        QVERIFY(table.readAll().contains("\r\ndeparture,arrival,fate,"));
}

/// Each capture lacks segments that the other one has.
void TestPrograms::bytesOfBothEnds()
{
    const EndFiles files{.ends =
                             BothEnds::of("c> S, s> SA after=10, c> A after=10, c> PA 300, c> PA 300, s> A after=10, "
                                          "s> PA 200, s> PA 200, c> A after=10"),
                         .streams = {numberedLines("request", 600), numberedLines("reply", 400)}};
    const QTemporaryDir folder;
    const QStringList paths{folder.filePath("client.pcap"), folder.filePath("server.pcap")};
    for (const Side side : {Side::Client, Side::Server}) {
        std::vector<FileSegment> segments = files.segmentsAt(side);
        segments.erase(segments.begin() + (side == Side::Client ? 4 : 3));
        segments.erase(segments.begin() + (side == Side::Client ? 6 : 5));
        EndFiles::write(paths[qsizetype(side)], segments);
    }
    const QString to = folder.filePath("x.bin");
    const QStringList arguments{"--open", paths[0], "--open", paths[1], "--connection", "1", "--export", to};
    for (const auto &[side, bytes] : {std::pair<QStringList, QByteArray>({}, files.streams[0] + files.streams[1]),
                                      {{"--side", "client"}, files.streams[0]},
                                      {{"--side", "server"}, files.streams[1]}}) {
        Program exports(client, arguments + side);
        exports.start();
        QTRY_VERIFY(!exports.isRunning());
        QCOMPARE(exports.errors(), QString());
        QCOMPARE(exports.status(), 0);
        QFile file(to);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), bytes);
    }
}

void TestPrograms::filesThatAreNone_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("error");

    const QString capture = CAPTURES "/six-steps-lo.pcapng";
    const QString fifo = "it is a FIFO (named pipe), not a file";
    const QString folder = "it is a folder, not a file";
    QTest::newRow("a device to export") << QStringList{"--open", "/dev/zero", "--export", "a.svg"}
                                        << "Cannot open /dev/zero: it is a device, not a file.";
    QTest::newRow("a folder to export") << QStringList{"--open", ".", "--export", "a.csv"}
                                        << "Cannot open .: " + folder + '.';
    for (const char *suffix : {"txt", "csv", "mmd", "svg", "png", "pcapng"})
        QTest::addRow("exported to a FIFO, %s", suffix)
            << QStringList{"--open", capture, "--export", QString("fifo.") + suffix}
            << "Cannot write fifo." + QString(suffix) + ": " + fifo + '.';
    QTest::newRow("exported to a folder")
        << QStringList{"--open", capture, "--export", "folder.png"} << "Cannot write folder.png: " + folder + '.';
    QTest::newRow("a device to dump") << QStringList{"--dump-wire", "/dev/zero"}
                                      << "/dev/zero: The file cannot be opened: it is a device, not a file";
    QTest::newRow("the capture into a FIFO")
        << QStringList{"--headless", "--capture", "fifo"} << "cannot write fifo: " + fifo + '.';
    QTest::newRow("the capture into a FIFO, with comments")
        << QStringList{"--headless", "--capture", "fifo.pcapng"} << "cannot write fifo.pcapng: " + fifo + '.';
    QTest::newRow("the session in a FIFO")
        << QStringList{"--headless", "--session", "fifo", "-p", "1"} << "fifo cannot be written: " + fifo + '.';
}

/// No one opens the other end of the FIFO, so opening it would block forever.
void TestPrograms::filesThatAreNone()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, error);
    const QTemporaryDir folder;
    for (const char *suffix : {"", ".txt", ".csv", ".mmd", ".svg", ".png", ".pcapng"})
        QCOMPARE(mkfifo(QFile::encodeName(folder.filePath(QString("fifo") + suffix)).constData(), 0600), 0);
    QVERIFY(QDir(folder.path()).mkdir("folder.png"));
    Program program(client, arguments);
    program.process().setWorkingDirectory(folder.path());
    program.start();
    QTRY_VERIFY(!program.isRunning());
    QVERIFY2(program.errors().contains(error), qPrintable(program.errors()));
    QCOMPARE(program.status(), 1);
}

void TestPrograms::aWindowGoesOnBesideAFifo()
{
    const QTemporaryDir folder;
    const QString fifo = folder.filePath("fifo");
    QCOMPARE(mkfifo(QFile::encodeName(fifo).constData(), 0600), 0);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    for (const QStringList &arguments :
         {QStringList{"--open", fifo}, {"--session", fifo, "--start", "-p", "0"}, {"--capture", fifo, "-p", "0"}}) {
        Program window(server, arguments);
        window.process().setProcessEnvironment(environment);
        window.start();
        QTRY_VERIFY(handles(window, server, SIGTERM));
        kill(pid_t(window.process().processId()), SIGTERM);
        QTRY_VERIFY(!window.isRunning());
        QCOMPARE(window.status(), 0);
    }
}

/// A file system whose server never answers, which FUSE lets every user create in a private namespace. No call on it
/// returns.
void TestPrograms::aWindowGoesOnBesideADeadMount()
{
    const QTemporaryDir folder;
    const QString mount =
        "exec 7<>/dev/fuse && mount -i -t fuse -o fd=7,rootmode=40000,user_id=0,group_id=0 dead \"$0\" && "
        "echo mounted && exec \"$@\"";
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    Program window("unshare", {"--map-root-user", "--mount", "sh", "-c", mount, folder.path(), client, "--open",
                               folder.filePath("x.pcap")});
    window.process().setProcessEnvironment(environment);
    window.start();
    QTRY_VERIFY(window.output().contains("mounted") || !window.isRunning());
    if (!window.output().contains("mounted"))
        SKIP_OR_FAIL(QString("FUSE cannot be mounted here: ") + window.errors());
    QTRY_VERIFY(handles(window, client, SIGTERM));
    QTRY_VERIFY(waitsForAFile(window));
    kill(pid_t(window.process().processId()), SIGTERM);
    QTRY_VERIFY(!window.isRunning());
    QCOMPARE(window.status(), 0);
}

REGISTER_TEST(TestPrograms)
#include "tst_programs.moc"
