// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "eventloop/networkdispatcher.h"
#include "support/privatenetwork.h"
#include "verdicts.h"

#include <QAbstractEventDispatcher>
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFile>

#include <cstdio>
#include <random>

using namespace Qt::StringLiterals;

namespace {

struct Options {
    quint64 seed = 0;
    int networks = 0;
    qsizetype bytes = 0;
    int limitMs = 0;
    QString folder; ///< for captures that show faults; empty: they are not kept
};

void keep(const WeatherRecord &record, const QString &folder, quint64 seed)
{
    QDir().mkpath(folder);
    for (const Side side : bothSides) {
        const QString file = u"%1/%2-%3.pcap"_s.arg(folder).arg(seed).arg(sideWords.at(size_t(side)));
        QFile::remove(file);
        if (!QFile::copy(record.captures.at(size_t(side)), file))
            printf("  cannot write %s\n", qPrintable(file));
    }
}

/// Returns how many faults there were; -1: there can be no link here.
int runNetwork(const Weather &weather, const Options &options)
{
    WeatherRun run(weather, options.bytes, options.limitMs);
    QEventLoop loop;
    QObject::connect(&run, &WeatherRun::finished, &loop, &QEventLoop::quit, Qt::QueuedConnection);
    run.start();
    loop.exec();
    const WeatherRecord &record = run.record();
    if (!record.obstacle.isEmpty()) {
        printf("weather: %s\n", qPrintable(record.obstacle));
        return -1;
    }
    WeatherReport report;
    if (record.problem.isEmpty())
        report = Verdicts::of(record);
    else
        report.fault(u"problem"_s, record.problem);
    QStringList counts;
    for (auto count = report.counts.cbegin(); count != report.counts.cend(); ++count)
        counts.append(u"%1 %2"_s.arg(count.key()).arg(count.value()));
    printf("  %lld ms; %s\n", static_cast<long long>(record.ms), qPrintable(counts.join(u"; "_s)));
    for (const QString &fault : std::as_const(report.faults))
        printf("  fault: %s\n", qPrintable(fault));
    if (!report.faults.isEmpty() && !options.folder.isEmpty())
        keep(record, options.folder, weather.seed);
    return int(report.faults.size());
}

} // namespace

/// The networks of a seed, one after the other.
int main(int argc, char *argv[])
{
    PrivateNetwork::prepare();
    if (auto dispatcher = makeNetworkDispatcher())
        QCoreApplication::setEventDispatcher(dispatcher.release()); // the application owns it
    const QCoreApplication app(argc, argv);
    const auto option = [](const char *name, const char *text, const char *preset) {
        return QCommandLineOption(QLatin1StringView(name), QLatin1StringView(text), u"N"_s, QLatin1StringView(preset));
    };
    const QCommandLineOption seed(
        u"seed"_s, u"The seed of the first network; the next one has the next seed. Default: a new one."_s, u"N"_s);
    const auto networks = option("networks", "How many networks. Default: 40.", "40");
    const auto kibibytes = option("kib", "How many KiB each end sends. Default: 8192.", "8192");
    const auto limit = option("limit", "How many seconds one network may take. Default: 600.", "600");
    const QCommandLineOption folder(u"keep"_s, u"Keeps the captures of networks with faults."_s, u"FOLDER"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Sends bytes through random networks, and compares what captures show with what the network did."_s);
    parser.addHelpOption();
    parser.addOptions({seed, networks, kibibytes, limit, folder});
    parser.process(app);
    const Options options{.seed = parser.isSet(seed) ? parser.value(seed).toULongLong() : std::random_device()(),
                          .networks = parser.value(networks).toInt(),
                          .bytes = parser.value(kibibytes).toInt() * qsizetype(1024),
                          .limitMs = parser.value(limit).toInt() * 1000,
                          .folder = parser.value(folder)};
    int wrong = 0;
    for (int i = 0; i < options.networks; ++i) {
        const Weather weather = Weather::of(options.seed + quint64(i));
        printf("weather: %s\n", qPrintable(weather.text()));
        fflush(stdout);
        const int faults = runNetwork(weather, options);
        fflush(stdout);
        if (faults < 0)
            return 77;
        wrong += faults > 0 ? 1 : 0;
    }
    printf("weather: %d of %d networks with faults\n", wrong, options.networks);
    return wrong > 0 ? 1 : 0;
}
