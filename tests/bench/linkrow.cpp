// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// How fast the emulated link is, compared with a carrier in C that does nothing else (carrier.c).

#include "figures.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

#include <array>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int bulkBytes = 128 * 1024 * 1024;
constexpr int roundTrips = 5000;

constexpr in_addr_t linkedServer = 0xc0000202; ///< 192.0.2.2, at the other end of the link

/// A blocking connection to a host, both ends of which are in this process.
struct Pair {
    int client = -1;
    int server = -1;

    explicit Pair(in_addr_t host)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(host);
        socklen_t size = sizeof address;
        auto *any = reinterpret_cast<sockaddr *>(&address);
        const int listener = socket(AF_INET, SOCK_STREAM, 0);
        client = socket(AF_INET, SOCK_STREAM, 0);
        if (bind(listener, any, size) != 0 || listen(listener, 1) != 0 || getsockname(listener, any, &size) != 0 ||
            connect(client, any, size) != 0)
            qFatal("there is no connection to %x", host);
        server = accept(listener, nullptr, nullptr);
        close(listener);
        const int yes = 1;
        for (const int end : {client, server})
            setsockopt(end, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }
    ~Pair()
    {
        close(client);
        close(server);
    }
    Q_DISABLE_COPY_MOVE(Pair)
};

double bulkSeconds(qint64 bytes)
{
    const Pair pair(linkedServer);
    QElapsedTimer timer;
    timer.start();
    std::thread sender([&pair, bytes] {
        const std::array<char, 65536> block{};
        for (qint64 sent = 0; sent < bytes;)
            sent += qMax<ssize_t>(0, write(pair.client, block.data(), size_t(qMin<qint64>(65536, bytes - sent))));
    });
    std::array<char, 65536> block{};
    for (qint64 received = 0; received < bytes;)
        received += qMax<ssize_t>(0, read(pair.server, block.data(), block.size()));
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    sender.join();
    return seconds;
}

/// The median, in microseconds.
double roundTripUs(in_addr_t host, int count)
{
    const Pair pair(host);
    std::thread echo([&pair, count] {
        char byte = 0;
        for (int i = 0; i < count && read(pair.server, &byte, 1) == 1; ++i)
            (void)!write(pair.server, &byte, 1);
    });
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        char byte = 0;
        QElapsedTimer timer;
        timer.start();
        (void)!write(pair.client, &byte, 1);
        (void)!read(pair.client, &byte, 1);
        times.push_back(double(timer.nsecsElapsed()) / 1000);
    }
    echo.join();
    return median(times);
}

/// In the lab: absolute values, which the other process compares.
std::vector<Figure> linkHere(const Scale &scale)
{
    const int count = scale.of(roundTrips);
    return {{.name = u"bulk"_s, .value = bulkSeconds(scale.of(bulkBytes))},
            {.name = u"round trip"_s, .value = roundTripUs(linkedServer, count)},
            {.name = u"round trip over loopback"_s, .value = roundTripUs(INADDR_LOOPBACK, count)}};
}

/// Runs this program again in the lab, where a carrier runs the link. Empty if there is no lab, or no TUN device.
std::vector<double> measuredWith(const QString &carrier, const Scale &scale)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"figures.json"_s);
    const QString onlyWithLink = u"[ -z \"$TCPSTEPS_LINK\" ] || exec \"$@\""_s;
    QStringList arguments{u"--link"_s,
                          carrier,
                          u"sh"_s,
                          u"-c"_s,
                          onlyWithLink,
                          u"sh"_s,
                          QCoreApplication::applicationFilePath(),
                          u"--only"_s,
                          u"link-here"_s,
                          u"--json"_s,
                          path};
    if (scale.isShort)
        arguments.append(u"--short"_s);
    QProcess lab;
    lab.setStandardOutputFile(QProcess::nullDevice());
    lab.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    lab.start(QStringLiteral(SCRIPTS "/lab"), arguments);
    lab.waitForFinished(-1);
    QFile file(path);
    std::vector<double> values;
    if (file.open(QIODevice::ReadOnly)) {
        const QJsonArray figures = QJsonDocument::fromJson(file.readAll()).array();
        for (const auto &figure : figures)
            values.push_back(Figure::fromJson(figure.toObject()).value);
    }
    return values;
}

std::vector<Figure> linkInLab(const Scale &scale)
{
    constexpr size_t values = 3; // of linkHere()
    std::vector<double> bulk;
    std::vector<double> roundTrip;
    std::vector<double> addedUs;
    QString how;
    QString overLoopback;
    for (int round = 0; round < scale.rounds(); ++round) {
        const auto ours = measuredWith(QStringLiteral(SERVER_GUI), scale);
        const auto reference = measuredWith(QStringLiteral(BENCH_CARRIER), scale);
        if (ours.size() != values || reference.size() != values) {
            std::fputs("bench: the link is not measured, because there is no lab with TUN devices\n", stderr);
            return {};
        }
        bulk.push_back(ours[0] / reference[0]);
        roundTrip.push_back(ours[1] / reference[1]);
        addedUs.push_back(ours[1] - ours[2]);
        how = u"%1 to %2 µs"_s.arg(ours[1], 0, 'f', 1).arg(reference[1], 0, 'f', 1);
        overLoopback = u"%1 to %2 µs; the carrier adds %3 µs"_s.arg(ours[1], 0, 'f', 1)
                           .arg(ours[2], 0, 'f', 1)
                           .arg(reference[1] - reference[2], 0, 'f', 1);
    }
    return {{u"bulk over the link: time, to a carrier in C"_s, median(bulk), ratioUnit, Figure::Bound::AtMost, 1 / 0.7,
             u"128 MiB"_s},
            {u"round trip over the link, to a carrier in C"_s, median(roundTrip), ratioUnit, Figure::Bound::AtMost, 2.0,
             how},
            {u"what the link adds to loopback's round trip"_s, median(addedUs), u"µs"_s, Figure::Bound::AtMost, 60,
             overLoopback}};
}

} // namespace

std::vector<BenchRow> linkRows()
{
    return {{u"link"_s, linkInLab}, {u"link-here"_s, linkHere, true}};
}
