// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "program.h"

#include "support/privatenetwork.h"
#include "support/rawpeer.h"
#include "support/registertest.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

/// Runs the server as a process, with peers that try to fill its memory, to exhaust its descriptors, or to forge its
/// output.
class TestHostilePeers : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void halfAGigabyteWithoutATerminator();
    void aPeerThatNeverReads();
    void nothingIsForged_data();
    void nothingIsForged();
    void tenThousandConnections_data();
    void tenThousandConnections();
    void aStormOfResets();
};

namespace {

constexpr qint64 mebibyte = 1024 * 1024;

QStringList arguments(const QStringList &further = {})
{
    return QStringList{"--headless", "-p", "0", "--reply-delay", "0", "--close-delay", "0"} + further;
}

#ifdef TCPSTEPS_SANITIZED
constexpr bool memoryTells = false; // a sanitizer keeps freed memory, and stores additional data for every byte
#else
constexpr bool memoryTells = true;
#endif

/// A memory figure of a running program, in bytes. field is "VmRSS", or "VmHWM" for the peak.
qint64 memory(Program &program, const QByteArray &field)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(program.process().processId()));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith(field + ':'))
            return line.mid(field.size() + 1).simplified().split(' ').constFirst().toLongLong() * 1024;
    }
    return -1;
}

qsizetype descriptors(Program &program)
{
    const QDir folder(QStringLiteral("/proc/%1/fd").arg(program.process().processId()));
    return folder.entryList(QDir::NoDotAndDotDot | QDir::System).size();
}

QString inMebibytes(qint64 bytes)
{
    return QStringLiteral("%1 MiB").arg(double(bytes) / mebibyte);
}

} // namespace

void TestHostilePeers::initTestCase()
{
    // Uses a private network if possible, because the tests use many ports, and need some ports to be free.
    PrivateNetwork::enter();
}

void TestHostilePeers::halfAGigabyteWithoutATerminator()
{
    Program listens(SERVER_GUI, arguments({"-r", ""}));
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    const qint64 before = memory(listens, "VmHWM");
    RawPeer peer = RawPeer::connectTo(listens.port());
    const QByteArray bytes(mebibyte, 'a');
    for (int i = 0; i < 512; ++i) {
        peer.send(bytes);
        QCoreApplication::processEvents(); // reads the server's output
    }
    peer.closeNow();
    QTRY_VERIFY(listens.output().contains("Close Socket"));
    QCOMPARE(listens.output().count("] Recv: aaaa"), 32); // parts of 16 MiB
    const qint64 more = memory(listens, "VmHWM") - before;
    // A message of 16 MiB in a buffer that doubles as it grows, and the part that is taken from the buffer.
    if (memoryTells)
        QVERIFY2(more < 64 * mebibyte, qPrintable(inMebibytes(more)));
}

void TestHostilePeers::aPeerThatNeverReads()
{
    Program listens(SERVER_GUI, arguments({"-r", QString(100'000, u'x')}));
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    const qint64 before = memory(listens, "VmHWM");
    const RawPeer peer = RawPeer::connectTo(listens.port());
    peer.send(QByteArray(5000, '\0')); // requests half a gigabyte in replies
    QTRY_VERIFY(listens.errors().contains("64 MiB"));

    RawPeer other = RawPeer::connectTo(listens.port());
    other.send(QByteArray("?\0", 2));
    QTRY_COMPARE(other.received().size(), 100'001);
    const qint64 more = memory(listens, "VmHWM") - before;
    // The data that waits to be sent, in a buffer that doubles as it grows, and the logged messages.
    if (memoryTells)
        QVERIFY2(more < 160 * mebibyte, qPrintable(inMebibytes(more)));
}

void TestHostilePeers::nothingIsForged_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("line");

    QTest::newRow("a line of its own") << QByteArray("x\n[6] Close Socket\n") << R"([2] Recv: x\n[6] Close Socket\n)";
    QTest::newRow("over the line") << QByteArray("x\r[6] Close Socket") << R"([2] Recv: x\r[6] Close Socket)";
    QTest::newRow("backspaces") << QByteArray("x\b\b\b\x7f") << R"([2] Recv: x\x08\x08\x08\x7f)";
    QTest::newRow("colours, and clearing the screen")
        << QByteArray("\x1b[31m\x1b[2J") << R"([2] Recv: \x1b[31m\x1b[2J)";
    QTest::newRow("a control sequence of one character") << QByteArray("\xc2\x9b\x33\x31m") << R"([2] Recv: \u009b31m)";
    QTest::newRow("right to left") << QByteArray("\xe2\x80\xae]6[") << R"([2] Recv: \u202e]6[)";
    QTest::newRow("isolates") << QByteArray("\xe2\x81\xa7x\xe2\x81\xa9") << R"([2] Recv: \u2067x\u2069)";
    QTest::newRow("line and paragraph separators")
        << QByteArray("\xe2\x80\xa8\xe2\x80\xa9") << R"([2] Recv: \u2028\u2029)";
    QTest::newRow("not UTF-8") << QByteArray("\xff\xfe\xc0\x8a\xed\xa0\x80")
                               << R"([2] Recv: \xff\xfe\xc0\x8a\xed\xa0\x80)";
    QTest::newRow("UTF-8 cut short") << QByteArray("\xe2\x80") << R"([2] Recv: \xe2\x80)";
}

void TestHostilePeers::nothingIsForged()
{
    QFETCH(const QByteArray, message);
    QFETCH(const QString, line);

    for (const bool jsonl : {false, true}) {
        Program listens(SERVER_GUI, arguments({"-r", "", "--once", "--output", jsonl ? "jsonl" : "text"}));
        listens.start();
        QTRY_VERIFY(listens.port() != 0);
        RawPeer peer = RawPeer::connectTo(listens.port());
        peer.send(message + '\0');
        peer.closeNow();
        QTRY_VERIFY(!listens.isRunning());
        const QByteArray output = listens.output().toUtf8();
        QVERIFY(std::none_of(output.begin(), output.end(), [](char c) { return quint8(c) < 0x20 && c != '\n'; }));
        const QList<QByteArray> lines = output.trimmed().split('\n');
        if (!jsonl) {
            QCOMPARE(listens.output(), line + "\n[4] Close Socket\n");
            continue;
        }
        QCOMPARE(lines.size(), 6); // listening, connected, stopped, the message, peer-finished, the close
        int messages = 0;
        for (const QByteArray &object : lines) {
            const QJsonObject step = QJsonDocument::fromJson(object).object();
            QVERIFY2(!step.isEmpty(), object.constData());
            if (step.value("kind") != "recv")
                continue;
            ++messages;
            QCOMPARE(step.contains("hex") ? QByteArray::fromHex(step.value("hex").toString().toLatin1())
                                          : step.value("text").toString().toUtf8(),
                     message);
        }
        QCOMPARE(messages, 1);
    }
}

void TestHostilePeers::tenThousandConnections_data()
{
    QTest::addColumn<bool>("reset");
    QTest::newRow("closed in order") << false;
    QTest::newRow("reset") << true;
}

void TestHostilePeers::tenThousandConnections()
{
    QFETCH(const bool, reset);
    constexpr int rounds = 500;
    constexpr int atATime = 20;

    Program listens(SERVER_GUI, arguments());
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    const qsizetype descriptorsBefore = descriptors(listens);
    qint64 before = 0;
    for (int i = 0; i < rounds; ++i) {
        std::vector<RawPeer> peers;
        peers.reserve(atATime);
        // Each peer has its own host, because a closed one keeps its port for a minute.
        for (int j = 0; j < atATime; ++j)
            peers.push_back(RawPeer::connectFrom(0x7f020000 + quint32(i), listens.port()));
        for (RawPeer &peer : peers)
            peer.send(QByteArray("x\0", 2));
        for (RawPeer &peer : peers) {
            QVERIFY(peer.awaitInput(patienceMs));
            QCOMPARE(peer.received(), QByteArray("Hi, client!", 12));
            reset ? peer.reset() : peer.closeNow();
        }
        if (i == rounds / 10)
            before = memory(listens, "VmRSS");
        QCoreApplication::processEvents(); // reads the server's output
    }
    QTRY_COMPARE(descriptors(listens), descriptorsBefore);
    const qint64 more = memory(listens, "VmRSS") - before;
    // 466 bytes per connection, while a leaked connection would hold at least 6 KiB. (The soak counts single
    // objects.)
    if (memoryTells)
        QVERIFY2(more < 4 * mebibyte, qPrintable(inMebibytes(more)));
}

void TestHostilePeers::aStormOfResets()
{
    Program listens(SERVER_GUI, arguments({"--output", "jsonl"}));
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    const qsizetype before = descriptors(listens);
    const QByteArray reply("Hi, client!", 12);
    QSet<QString> peers;
    for (int i = 0; i < 5000; ++i) {
        RawPeer peer = RawPeer::connectFrom(0x7f030000 + quint32(i), listens.port());
        peers.insert(QString("127.3.%1.%2:%3").arg(i / 256).arg(i % 256).arg(peer.port()));
        if (i % 2 == 0)
            peer.send(QByteArray("x\0", 2));
        if (i % 100 == 0)
            QTRY_COMPARE(peer.received(), reply); // this one is certainly accepted
        peer.reset();
    }
    RawPeer other = RawPeer::connectTo(listens.port());
    other.send(QByteArray("x\0", 2));
    QTRY_COMPARE(other.received(), reply);
    peers.insert(QString("127.0.0.1:%1").arg(other.port()));
    other.closeNow();
    QTRY_COMPARE(descriptors(listens), before);

    // Every accepted connection is logged with its address, however early it ended. (A full backlog may have rejected
    // some.)
    int accepted = 0;
    for (const QByteArray &line : listens.output().toUtf8().trimmed().split('\n')) {
        const QJsonObject step = QJsonDocument::fromJson(line).object();
        if (!step.contains("connection"))
            continue;
        QVERIFY2(peers.contains(step.value("peer").toString()), line.constData());
        accepted += step.value("event") == "connected" ? 1 : 0;
    }
    QVERIFY2(accepted > 50, qPrintable(QString::number(accepted))); // the other one, and those that had a reply
}

REGISTER_TEST(TestHostilePeers)
#include "tst_hostilepeers.moc"
