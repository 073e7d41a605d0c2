// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "program.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "support/tcpdumpcapture.h"

/// What the default conversation looks like on the wire, as tcpdump sees it. Needs the right to capture on loopback.
class TestWave : public QObject
{
    Q_OBJECT

private slots:
    void theOriginalsSegments();
};

void TestWave::theOriginalsSegments()
{
    Program server(QStringLiteral(SERVER_GUI), {"--headless", "--once", "-p", "0"});
    server.start();
    QTRY_VERIFY(server.port() != 0);
    const TcpdumpCapture capture(server.port());
    QTRY_VERIFY(capture.hasStarted() || capture.hasFailed());
    if (capture.hasFailed())
        SKIP_OR_FAIL("tcpdump may not capture here (run the tests as root): " + capture.errors());

    Program client(QStringLiteral(CLIENT_GUI), {"--headless", "-p", QString::number(server.port())});
    client.start();
    QTRY_VERIFY(!server.isRunning());

    const auto texts = [&capture] {
        QStringList all;
        for (const auto &segment : capture.segments())
            all.append(segment.text());
        return all;
    };
    const QStringList wave{"client F.", "server .", "server F.", "client ."};
    QTRY_COMPARE(texts().mid(texts().indexOf("client F.")), wave);
    QCOMPARE(texts().mid(0, 3), (QStringList{"client S", "server S.", "client ."}));
    QCOMPARE(texts().filter("P."), (QStringList{"client P. 24", "server P. 12"}));

    const auto segments = capture.segments();
    const auto last = segments.last(wave.size());
    const int gapMs = last.at(0).time.msecsTo(last.at(2).time);
    QVERIFY2(gapMs >= 999 || gapMs < 0, qPrintable(QString::number(gapMs))); // < 0: across midnight
}

REGISTER_TEST(TestWave)
#include "tst_wave.moc"
