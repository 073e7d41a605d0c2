// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/pace.h"

#include <QSignalSpy>
#include <QTest>

class TestPace : public QObject
{
    Q_OBJECT

private slots:
    void atOnceAfterAQuietTime();
    void notMoreOften();
};

void TestPace::atOnceAfterAQuietTime()
{
    Pace pace(3'600'000);
    const QSignalSpy due(&pace, &QTimer::timeout);
    pace.ask();
    pace.ask();
    QCOMPARE(due.count(), 0);
    QTRY_COMPARE(due.count(), 1);
    QVERIFY(!pace.isActive());
}

void TestPace::notMoreOften()
{
    Pace pace(3'600'000);
    QSignalSpy due(&pace, &QTimer::timeout);
    pace.ask();
    QTRY_COMPARE(due.count(), 1);
    pace.ask();
    QVERIFY(pace.isActive());
    const int left = pace.remainingTime();
    QVERIFY(left > 3'000'000 && left <= 3'600'000);
    pace.ask(); // does not put it off
    QVERIFY(pace.remainingTime() <= left);

    pace.stop();
    pace.setMs(1);
    pace.ask();
    QTRY_COMPARE(due.count(), 2);
}

QTEST_GUILESS_MAIN(TestPace)
#include "tst_pace.moc"
