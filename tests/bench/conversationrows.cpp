// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What a server window costs its clients: compares the real program with a reference that does the same on the wire.

#include "figures.h"
#include "process.h"
#include "traffic.h"

#include <QFile>
#include <QTemporaryDir>

#include <optional>
#include <sched.h>

using namespace Qt::StringLiterals;

namespace {

const QString serverGui = QStringLiteral(SERVER_GUI);
const QString cServer = QStringLiteral(BENCH_SERVER);

std::vector<Figure> newConnections(const Scale &scale)
{
    const Listener window(serverGui, serverWindow());
    const Listener reference(cServer, {u"%1"_s});
    const auto measure = [&scale](const Listener &server) {
        return Traffic::exchangeOnNewConnections(server.port(), scale.of(2000));
    };
    measure(window);
    // Two threads and a client share two cores: their placement changes a single measurement by up to a third.
    const Scale often{.isShort = scale.isShort, .repeated = 5};
    const Ratio ratio = ratioOf(
        often, u"µs"_s, [&] { return measure(window); }, [&] { return measure(reference); });

    const double memoryBefore = window.memoryMiB();
    Traffic::exchangeOnNewConnections(window.port(), scale.of(150'000));
    const double memory = window.memoryMiB() - memoryBefore;
    // The speed of the machine may change within half a minute, so both are compared with a reference of their own
    // time.
    const Ratio later = ratioOf(
        often, u"µs"_s, [&] { return measure(window); }, [&] { return measure(reference); });
    return {{u"exchange on a new connection, to the C server's"_s, ratio.value, ratioUnit, Figure::Bound::AtMost, 1.8,
             ratio.how},
            {u"the same after 150,000 more, to itself"_s, later.value / ratio.value, ratioUnit, Figure::Bound::AtMost,
             1.2, u"%1 ×, %2"_s.arg(later.value, 0, 'f', 2).arg(later.how)},
            {u"its memory"_s, memory, u"MiB more"_s, Figure::Bound::AtMost, 64, {}}};
}

std::vector<Figure> openConnection(const Scale &scale)
{
    const Listener window(serverGui, serverWindow());
    const Listener reference(cServer, {u"%1"_s});
    const auto measure = [&scale](const Listener &server) {
        return Traffic::exchangeOnOpenConnection(server.port(), scale.of(20'000));
    };
    const Ratio ratio = ratioOf(
        {.isShort = scale.isShort, .repeated = 2}, u"µs"_s, [&] { return measure(window); },
        [&] { return measure(reference); });
    return {{u"exchange on an open connection, to the C server's"_s, ratio.value, ratioUnit, Figure::Bound::AtMost, 1.5,
             ratio.how}};
}

/// The last of 100 rules answers.
std::vector<Figure> rules(const Scale &scale)
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"rules.json"_s));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("the rules cannot be written");
    file.write("{\"rules\": [");
    for (int i = 1; i < 100; ++i)
        file.write("{\"when\": \"matches\", \"expression\": \"^REGISTER " + QByteArray::number(i) + " (\\\\d+)\"},\n");
    file.write(
        "{\"when\": \"contains\", \"message\": {\"text\": \"client\"}, \"reply\": {\"text\": \"Hi, client!\"}}]}");
    file.close();
    const Listener ruled(serverGui, serverWindow({u"--rules"_s, file.fileName()}));
    const Listener plain(serverGui, serverWindow());
    const auto measure = [&scale](const Listener &server) {
        return Traffic::exchangeOnOpenConnection(server.port(), scale.of(20'000));
    };
    const Ratio ratio = ratioOf(
        {.isShort = scale.isShort, .repeated = 2}, u"µs"_s, [&] { return measure(ruled); },
        [&] { return measure(plain); });
    return {{u"exchange with 100 rules, to one with none"_s, ratio.value, ratioUnit, Figure::Bound::AtMost, 1.1,
             ratio.how}};
}

/// Keeps this program and those that it starts on one CPU while it exists. Otherwise a round trip takes 13 or 100 µs,
/// depending on where the kernel puts them.
class OnOneCpu
{
public:
    OnOneCpu()
    {
        sched_getaffinity(0, sizeof m_before, &m_before);
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(sched_getcpu(), &one);
        sched_setaffinity(0, sizeof one, &one);
    }
    ~OnOneCpu() { sched_setaffinity(0, sizeof m_before, &m_before); }
    Q_DISABLE_COPY_MOVE(OnOneCpu)

private:
    cpu_set_t m_before{};
};

std::vector<Figure> crowd(const Scale &scale)
{
    const OnOneCpu fixed;
    const int count = scale.of(9000);
    const Listener alone(serverGui, serverWindow());
    const Listener crowded(serverGui, serverWindow());
    const Traffic::Crowd idle(crowded.port(), count);
    const auto measure = [&scale](const Listener &server) {
        return Traffic::exchangeOnOpenConnection(server.port(), scale.of(5000));
    };
    measure(crowded); // waits until all are accepted
    const Ratio ratio = ratioOf(
        scale, u"µs"_s, [&] { return measure(crowded); }, [&] { return measure(alone); });
    const int unanswered = count - idle.exchangeAll();
    return {{u"exchange beside 9,000 idle connections, to one beside none"_s, ratio.value, ratioUnit,
             Figure::Bound::AtMost, 1.5, ratio.how},
            {u"9,000 connections that all send: not answered"_s, double(unanswered), {}, Figure::Bound::AtMost, 0, {}},
            {u"their memory"_s, crowded.peakMemoryMiB(), u"MiB"_s, Figure::Bound::AtMost, 250, {}}};
}

std::vector<Figure> stream(const Scale &scale)
{
    const qint64 bytes = qint64(scale.of(1024)) * 1024 * 1024;
    const Listener window(serverGui, serverWindow({u"--framing"_s, u"none"_s, u"--reply="_s}));
    const Listener socat(
        u"socat"_s, {u"-u"_s, u"-b262144"_s, u"TCP-LISTEN:%1,bind=127.0.0.1,fork,reuseaddr"_s, u"OPEN:/dev/null"_s});
    const double before = window.memoryMiB();
    const Ratio ratio = ratioOf(
        {.isShort = scale.isShort, .repeated = 2}, u"MiB/s"_s, [&] { return Traffic::send(window.port(), bytes); },
        [&] { return Traffic::send(socat.port(), bytes); });
    return {{u"1 GiB received and logged, to socat's speed"_s, ratio.value, ratioUnit, Figure::Bound::AtLeast, 0.7,
             ratio.how},
            {u"its memory"_s, window.peakMemoryMiB() - before, u"MiB more"_s, Figure::Bound::AtMost, 150, {}}};
}

std::vector<Figure> start(const Scale &scale)
{
    std::optional<VirtualScreen> server;
    if (!scale.isShort) // a short run may use a sanitizer, which does not get along with X11's libraries
        server.emplace();
    const QString display = server ? server->name() : QString();
    const auto serverMs = [&display] { return visibleMs(serverGui, {}, display); };
    const auto emptyMs = [&display] { return visibleMs(QStringLiteral(BENCH_EMPTYWINDOW), {}, display); };
    const auto labelMs = [&display] { return visibleMs(QStringLiteral(BENCH_EMPTYWINDOW), {u"Hello"_s}, display); };
    serverMs(); // the first run reads the files from disk
    labelMs();
    const Ratio ratio = ratioOf({.isShort = scale.isShort, .repeated = 9}, u"ms"_s, serverMs, emptyMs);
    const Ratio label = ratioOf(scale, u"ms"_s, labelMs, emptyMs);
    const QString where = u"; with one label %1 ×, %2"_s.arg(label.value, 0, 'f', 2)
                              .arg(display.isEmpty() ? u"without a screen"_s : u"under Xvfb"_s);
    return {{u"exec to visible window, to an empty QMainWindow's"_s, ratio.value, ratioUnit, Figure::Bound::AtMost, 1.5,
             ratio.how + where}};
}

} // namespace

std::vector<BenchRow> conversationRows()
{
    return {{u"start"_s, start}, {u"new"_s, newConnections}, {u"open"_s, openConnection},
            {u"rules"_s, rules}, {u"crowd"_s, crowd},        {u"stream"_s, stream}};
}
