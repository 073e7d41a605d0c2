// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "base/throttle.h"
#include "support/registertest.h"

#include <QSignalSpy>
#include <QTest>

class TestThrottle : public QObject
{
    Q_OBJECT

private slots:
    void atOnceAfterAQuietTime();
    void notMoreOften();
};

void TestThrottle::atOnceAfterAQuietTime()
{
    Throttle pace(3'600'000);
    const QSignalSpy due(&pace, &QTimer::timeout);
    pace.ask();
    pace.ask();
    QCOMPARE(due.count(), 0);
    QTRY_COMPARE(due.count(), 1);
    QVERIFY(!pace.isActive());
}

void TestThrottle::notMoreOften()
{
    Throttle pace(3'600'000);
    QSignalSpy due(&pace, &QTimer::timeout);
    pace.ask();
    QTRY_COMPARE(due.count(), 1);
    pace.ask();
    QVERIFY(pace.isActive());
    const int left = pace.remainingTime();
    QVERIFY(left > 3'000'000 && left <= 3'600'000);
    pace.ask(); // does not postpone it
    QVERIFY(pace.remainingTime() <= left);

    pace.stop();
    pace.setMs(1);
    pace.ask();
    QTRY_COMPARE(due.count(), 2);
}

REGISTER_TEST(TestThrottle)
#include "tst_throttle.moc"
