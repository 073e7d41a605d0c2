// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/registertest.h"
#include "support/skip.h"
#include "verdicts.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;

/// What captures at both ends of random networks show is what the emulated link did. The program "weather" takes more
/// and larger networks.
class TestWeather : public QObject
{
    Q_OBJECT

private slots:
    void networks_data();
    void networks();
};

REGISTER_TEST(TestWeather)

void TestWeather::networks_data()
{
    constexpr quint64 seed = 1;
    constexpr int count = 8;
    QTest::addColumn<quint64>("seed");
    for (int i = 0; i < count; ++i)
        QTest::addRow("network %d", i + 1) << seed + quint64(i);
}

void TestWeather::networks()
{
    QFETCH(const quint64, seed);
    const Weather weather = Weather::of(seed);
    qInfo("%s", qPrintable(weather.text()));
    constexpr qsizetype bytes = 256 * 1024;
    WeatherRun run(weather, bytes, patienceMs);
    QSignalSpy finished(&run, &WeatherRun::finished);
    run.start();
    QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), 2 * patienceMs);
    const WeatherRecord &record = run.record();
    if (!record.obstacle.isEmpty())
        SKIP_OR_FAIL(record.obstacle);
    QVERIFY2(record.problem.isEmpty(), qPrintable(record.problem));
    const WeatherReport report = Verdicts::of(record);
    QVERIFY2(report.faults.isEmpty(), qPrintable(report.faults.join(u'\n')));
    QVERIFY(report.counts.value(u"states compared"_s) > 0 && report.counts.value(u"joint rows compared"_s) > 0);
}

#include "tst_weather.moc"
