// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "program.h"

#include "capture/capturefile.h"
#include "flows/flowtable.h"
#include "support/privatenetwork.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <unistd.h>

/// --capture of both programs, and the page that the lab prints.
class TestCaptures : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void wholeConversations_data();
    void wholeConversations();
    void stepsAreComments();
    void refused();
    void withAWindow();
    void forbidden_data();
    void forbidden();
    void cannotWrite_data();
    void cannotWrite();
    void thePageOfTheLab();
};

namespace {

const QString serverProgram = QStringLiteral(SERVER_GUI);
const QString clientProgram = QStringLiteral(CLIENT_GUI);
const QStringList quick{"--reply-delay", "0"};

/// The segments of a capture file ("S", "S.", ".", "P. 24", …), and whether they show the end of the connection.
struct Captured {
    explicit Captured(const QString &path)
    {
        CaptureFile file(path);
        std::vector<Segment> segments;
        while (file.read(1000, segments) == CaptureFile::State::More) { }
        FlowTable flows;
        for (const Segment &segment : segments) {
            flows.append(segment);
            QString text;
            for (const auto &[flag, letter] : {std::pair(Segment::Fin, 'F'),
                                               {Segment::Syn, 'S'},
                                               {Segment::Rst, 'R'},
                                               {Segment::Psh, 'P'},
                                               {Segment::Ack, '.'}}) {
                if (segment.has(flag))
                    text += QLatin1Char(letter);
            }
            lines.append(segment.length > 0 ? QString("%1 %2").arg(text).arg(segment.length) : text);
        }
        error = file.sentence();
        isWhole = flows.count() == 1 && flows.at(0).isOver() && lines.startsWith("S");
    }

    QStringList lines;
    QString error;
    bool isWhole = false;
};

} // namespace

/// Skips the test if this system does not allow capturing.
#define SKIP_WHERE_FORBIDDEN(program)                                                                                  \
    do {                                                                                                               \
        if ((program).errors().contains("not captured"))                                                               \
            SKIP_OR_FAIL((program).errors());                                                                          \
    } while (false)

void TestCaptures::initTestCase()
{
    // Uses a private network if possible, because the tests use many ports, and need some ports to be free.
    PrivateNetwork::enter();
}

void TestCaptures::wholeConversations_data()
{
    QTest::addColumn<bool>("byServer");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("serverOptions");
    QTest::addColumn<QStringList>("clientOptions");
    QTest::addColumn<QStringList>("end"); // of what was captured, the last segments

    const QStringList wave{"F.", ".", "F.", "."};
    QTest::newRow("by the server, pcap") << true << "a.pcap" << quick << QStringList() << wave;
    QTest::newRow("by the server, pcapng") << true << "a.pcapng" << quick << QStringList() << wave;
    QTest::newRow("by the client, pcap") << false << "a.pcap" << quick << QStringList() << wave;
    QTest::newRow("by the client, pcapng") << false << "a.pcapng" << quick << QStringList() << wave;
    QTest::newRow("a reset, by the client")
        << false << "a.pcap" << quick << QStringList{"--close-with", "reset"} << QStringList{"R."};
    QTest::newRow("a reset, by the server")
        << true << "a.pcap" << quick << QStringList{"--close-with", "reset"} << QStringList{"R."};
}

void TestCaptures::wholeConversations()
{
    QFETCH(const bool, byServer);
    QFETCH(const QString, name);
    QFETCH(const QStringList, serverOptions);
    QFETCH(const QStringList, clientOptions);
    QFETCH(const QStringList, end);
    const QTemporaryDir folder;
    const QStringList capture{"--capture", folder.filePath(name)};
    Program listens(serverProgram, QStringList{"--headless", "--once", "-p", "0"} + serverOptions +
                                       (byServer ? capture : QStringList()));
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    SKIP_WHERE_FORBIDDEN(listens);
    Program connects(clientProgram, QStringList{"--headless", "-p", QString::number(listens.port())} + clientOptions +
                                        (byServer ? QStringList() : capture));
    connects.start();
    QTRY_VERIFY(!connects.isRunning() && !listens.isRunning());
    SKIP_WHERE_FORBIDDEN(connects);
    const Captured captured(folder.filePath(name));
    QCOMPARE(captured.error, "");
    QVERIFY2(captured.isWhole, qPrintable(captured.lines.join(", ")));
    QCOMPARE(captured.lines.first(4), (QStringList{"S", "S.", ".", "P. 24"}));
    QCOMPARE(captured.lines.filter("P. "), (QStringList{"P. 24", "P. 12"}));
    QCOMPARE(captured.lines.last(end.size()), end);
}

void TestCaptures::stepsAreComments()
{
    const QString tshark = QStandardPaths::findExecutable("tshark");
    if (tshark.isEmpty())
        SKIP_OR_FAIL(QString("tshark is not installed (scripts/setup --ci does)"));
    const QTemporaryDir folder;
    const QString path = folder.filePath("a.pcapng");
    Program listens(serverProgram, QStringList{"--headless", "--once", "-p", "0", "--capture", path} + quick);
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    SKIP_WHERE_FORBIDDEN(listens);
    Program connects(clientProgram, {"--headless", "-p", QString::number(listens.port())});
    connects.start();
    QTRY_VERIFY(!listens.isRunning());
    Program shows(tshark, {"-r", path, "-T", "fields", "-e", "tcp.len", "-e", "tcp.flags.fin", "-e", "frame.comment"});
    shows.start();
    QTRY_VERIFY(!shows.isRunning());
    QStringList commented;
    for (const QString &line : shows.output().split('\n', Qt::SkipEmptyParts)) {
        if (!line.section('\t', 2).isEmpty())
            commented.append(line);
    }
    QCOMPARE(commented, (QStringList{"24\t0\t[2] Recv: Hi, server! I'm client.", "12\t0\t[3] Send: Hi, client!",
                                     "0\t1\t[6] Close Socket"}));
}

void TestCaptures::refused()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("a.pcap");
    Program connects(clientProgram, {"--headless", "-p", "1", "--capture", path});
    connects.start();
    QTRY_VERIFY(!connects.isRunning());
    SKIP_WHERE_FORBIDDEN(connects);
    QCOMPARE(connects.status(), 1);
    QCOMPARE(Captured(path).lines, (QStringList{"S", "R."}));
}

void TestCaptures::withAWindow()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("a.pcapng");
    const QString session = folder.filePath("a.jsonl");
    const auto saved = [&session] {
        QFile file(session);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    };
    Program window(serverProgram, QStringList{"--start", "-p", "0", "--capture", path, "--session", session} + quick);
    window.start();
    static const QRegularExpression listening("\"local\":\"127.0.0.1:(\\d+)\",\"event\":\"listening\"");
    QTRY_VERIFY(saved().contains(listening));
    if (saved().contains("not captured"))
        SKIP_OR_FAIL(saved());
    QVERIFY2(saved().contains("\"event\":\"capture\",\"detail\":\"Capturing the segments of port "),
             qPrintable(saved()));
    QVERIFY(saved().indexOf("\"event\":\"capture\"") < saved().indexOf("\"event\":\"listening\""));
    Program connects(clientProgram, {"--headless", "-p", listening.match(saved()).captured(1)});
    connects.start();
    QTRY_VERIFY(saved().contains("\"step\":6"));
    window.process().terminate();
    QTRY_VERIFY(!window.isRunning());
    QCOMPARE(window.status(), 0);
    const Captured captured(path);
    QVERIFY2(captured.isWhole, qPrintable(captured.lines.join(", ")));
}

void TestCaptures::forbidden_data()
{
    QTest::addColumn<bool>("isServer");

    QTest::newRow("server") << true;
    QTest::newRow("client") << false;
}

void TestCaptures::forbidden()
{
    QFETCH(const bool, isServer);
    if (geteuid() != 0)
        SKIP_OR_FAIL(QString("only root can take the right to capture from a program"));
    const QTemporaryDir folder;
    const QString path = folder.filePath("a.pcap");
    const QStringList without{"--bounding-set", "-net_raw", "--inh-caps", "-net_raw"};
    const QStringList capture{"--capture", path};
    Program listens("setpriv", without + QStringList{serverProgram, "--headless", "--once", "-p", "0"} + quick +
                                   (isServer ? capture : QStringList()));
    listens.start();
    QTRY_VERIFY(listens.port() != 0);
    Program connects("setpriv", without +
                                    QStringList{clientProgram, "--headless", "-p", QString::number(listens.port())} +
                                    (isServer ? QStringList() : capture));
    connects.start();
    QTRY_VERIFY(!listens.isRunning() && !connects.isRunning());
    QCOMPARE(listens.status(), 0);
    QCOMPARE(connects.status(), 0);
    QCOMPARE(connects.output().count('\n'), 3);
    const QString said = isServer ? listens.errors() : connects.errors();
    QVERIFY2(said.startsWith((isServer ? "server_gui: " : "client_gui: ") + QString("segments are not captured: ")) &&
                 said.contains("CAP_NET_RAW"),
             qPrintable(said));
    QVERIFY(!QFile::exists(path));
}

void TestCaptures::cannotWrite_data()
{
    QTest::addColumn<QString>("path");

    QTest::newRow("pcap") << "/nonexistent/a.pcap";
    QTest::newRow("pcapng") << "/nonexistent/a.pcapng";
}

void TestCaptures::cannotWrite()
{
    QFETCH(const QString, path);
    Program connects(clientProgram, {"--headless", "-p", "1", "--capture", path});
    connects.start();
    QTRY_VERIFY(!connects.isRunning());
    QCOMPARE(connects.status(), 1);
    QCOMPARE(connects.errors(), QString("client_gui: cannot write %1: No such file or directory.\n").arg(path));
}

void TestCaptures::thePageOfTheLab()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("TCPSTEPS_LAB_BUILD", QStringLiteral(BUILD));
    Program run(QStringLiteral(SCRIPTS "/lab"), {QStringLiteral(SCRIPTS "/run"), "--lab", "--headless"});
    run.process().setProcessEnvironment(environment);
    run.start();
    QTRY_VERIFY(!run.isRunning());
    if (run.errors().contains("needs a private network"))
        SKIP_OR_FAIL(run.errors());
    QVERIFY2(run.status() == 0, qPrintable(run.errors()));
    const QString page = run.output();
    QVERIFY2(page.startsWith("[1] Send: Hi, server! I'm client.\n[2] Recv: Hi, server! I'm client.\n"
                             "[3] Send: Hi, client!\n[4] Recv: Hi, client!\n[5] Close Socket\n[6] Close Socket\n"
                             "\n# The TCP three-way handshake\n"),
             qPrintable(page));
    QVERIFY2(page.contains("\n# Send / Recv data\n") && page.contains("\n# The TCP four-way wave\n"), qPrintable(page));
    QVERIFY2(page.contains(".8700: Flags [S], seq ") && page.count(" IP 127.0.0.1.") >= 10, qPrintable(page));
}

REGISTER_TEST(TestCaptures)
#include "tst_captures.moc"
