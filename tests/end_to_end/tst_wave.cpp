// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "program.h"

#include <QStandardPaths>

/// What the default conversation puts on the wire, as tcpdump sees it. Needs the right to capture on loopback.
class TestWave : public QObject
{
    Q_OBJECT

private slots:
    void theOriginalsSegments();
};

namespace {

struct Segment {
    QTime time;
    QString from; ///< port
    QString flags;
    int length = 0;
};

QList<Segment> segments(const QString &dump)
{
    static const QRegularExpression line(
        R"((\d\d:\d\d:\d\d\.\d{3})\d* IP 127\.0\.0\.1\.(\d+) > \S+ Flags \[(\S+)\],.* length (\d+))");
    QList<Segment> all;
    for (auto matches = line.globalMatch(dump); matches.hasNext();) {
        const auto match = matches.next();
        all.append({QTime::fromString(match.captured(1), "HH:mm:ss.zzz"), match.captured(2), match.captured(3),
                    match.captured(4).toInt()});
    }
    return all;
}

} // namespace

void TestWave::theOriginalsSegments()
{
    const QString tcpdump = QStandardPaths::findExecutable("tcpdump", {"/usr/bin", "/usr/sbin"});
    if (tcpdump.isEmpty())
        QSKIP("tcpdump is not installed (scripts/setup --tests does)");

    Program server(QStringLiteral(SERVER_GUI), {"--headless", "--once", "-p", "0"});
    server.start();
    QTRY_VERIFY_WITH_TIMEOUT(server.port() != 0, patienceMs);
    const QString port = QString::number(server.port());
    Program capture(tcpdump, {"-i", "lo", "-n", "-S", "-l", "--immediate-mode", "tcp", "port", port});
    capture.start();
    QTRY_VERIFY_WITH_TIMEOUT(capture.errors().contains("listening on lo") || !capture.isRunning(), patienceMs);
    if (!capture.isRunning() && qEnvironmentVariableIsSet("TCPSTEPS_MUST_CAPTURE"))
        QFAIL(qPrintable(capture.errors()));
    if (!capture.isRunning())
        QSKIP("tcpdump may not capture here: run the tests as root to see the wire");

    Program client(QStringLiteral(CLIENT_GUI), {"--headless", "-p", port});
    client.start();
    QTRY_VERIFY_WITH_TIMEOUT(!server.isRunning(), patienceMs);
    // The last one is the acknowledgement of the server's FIN.
    QTRY_VERIFY_WITH_TIMEOUT(capture.output().count("[F.]") == 2 &&
                                 capture.output().trimmed().section('\n', -1).contains("[.]"),
                             patienceMs);

    const QList<Segment> all = segments(capture.output());
    QStringList flags;
    QList<int> lengths;
    qsizetype firstFin = -1;
    for (qsizetype i = 0; i < all.size(); ++i) {
        flags.append(all.at(i).flags);
        if (all.at(i).length > 0)
            lengths.append(all.at(i).length);
        if (all.at(i).flags == "F." && firstFin < 0)
            firstFin = i;
    }
    QCOMPARE(flags.first(3), (QStringList{"S", "S.", "."}));
    QCOMPARE(lengths, (QList<int>{24, 12}));

    // The four-way wave: FIN, ACK, a second, FIN, ACK.
    QCOMPARE(flags.sliced(firstFin), (QStringList{"F.", ".", "F.", "."}));
    QVERIFY(all.at(firstFin).from != port);
    QVERIFY(all.at(firstFin + 1).from == port);
    QVERIFY(all.at(firstFin + 2).from == port);
    QVERIFY(all.at(firstFin + 3).from != port);
    const int gapMs = all.at(firstFin).time.msecsTo(all.at(firstFin + 2).time);
    QVERIFY2(gapMs >= 999 || gapMs < 0, qPrintable(QString::number(gapMs))); // < 0: over midnight
}

QTEST_GUILESS_MAIN(TestWave)
#include "tst_wave.moc"
