// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What a client's window costs while it sends: runs the real window in this process.

#include "client_gui/clientwindow.h"
#include "client_gui/sendmenu.h"
#include "figures.h"
#include "process.h"
#include "traffic.h"

#include <QAbstractItemView>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTemporaryFile>

#include <functional>

using namespace Qt::StringLiterals;

namespace {

/// Runs the window's thread until something is true.
void runUntil(const std::function<bool()> &isDone)
{
    while (!isDone())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

/// Microseconds for each message that a visible window sends again and again, and its reply, until both are in its log.
double repeatedUs(quint16 port, int count)
{
    const QTemporaryDir folder;
    ClientOptions options;
    options.port = port;
    options.sessionPath = folder.filePath(u"session.jsonl"_s);
    ClientWindow window(options);
    window.show();
    const auto *log = window.findChild<QAbstractItemView *>(u"stepView"_s);
    auto *send = window.findChild<QPushButton *>(u"sendButton"_s);
    auto *menu = window.findChild<SendMenu *>();
    if (!log || !send || !menu)
        qFatal("the window has other parts");
    send->click();
    runUntil([send] { return send->isEnabled() && send->text() == u"Se&nd"_s; });
    const int rows = log->model()->rowCount();
    QElapsedTimer elapsed;
    elapsed.start();
    emit menu->repeatPressed({.everyMs = 0, .times = count});
    runUntil([log, rows, count] { return log->model()->rowCount() >= rows + 2 * count; });
    const double us = double(elapsed.nsecsElapsed()) / 1e3 / count;
    window.quitAtOnce();
    window.close();
    return us;
}

double mibPerSecond(qint64 bytes, const QElapsedTimer &elapsed)
{
    return double(bytes) / 1024 / 1024 / (double(elapsed.nsecsElapsed()) / 1e9);
}

/// MiB a second of a file that a visible window sends, until the peer has taken all of it.
double sentByWindow(quint16 port, const QString &file, qint64 bytes)
{
    const QTemporaryDir folder;
    ClientOptions options;
    options.port = port;
    options.framing = Framing::None;
    options.messages = {{.text = file, .form = MessageForm::File, .streamedBytes = bytes}};
    options.finishSending = true;
    options.closeDelayMs = 0;
    options.sessionPath = folder.filePath(u"session.jsonl"_s);
    ClientWindow window(options);
    window.show();
    auto *send = window.findChild<QPushButton *>(u"sendButton"_s);
    const auto *view = window.findChild<QAbstractItemView *>(u"stepView"_s);
    if (!send || !view)
        qFatal("the window has other parts");
    const QAbstractItemModel &log = *view->model();
    // A short file may be sent before any button shows that. Reading every row would slow the window down.
    const auto isClosed = [&log] {
        return log.index(log.rowCount() - 1, 2).data().toString().contains(u"Close Socket"_s);
    };
    QElapsedTimer elapsed;
    elapsed.start();
    send->click();
    runUntil(isClosed);
    const double speed = mibPerSecond(bytes, elapsed);
    window.quitAtOnce();
    window.close();
    return speed;
}

double sentBySocat(quint16 port, const QString &file, qint64 bytes)
{
    QElapsedTimer elapsed;
    elapsed.start();
    if (QProcess::execute(u"socat"_s, {u"-u"_s, u"-b262144"_s, u"OPEN:"_s + file, u"TCP:127.0.0.1:%1"_s.arg(port)}) !=
        0)
        qFatal("socat has failed");
    return mibPerSecond(bytes, elapsed);
}

std::vector<Figure> sendingFile(const Scale &scale)
{
    const qint64 bytes = qint64(scale.of(1024)) * 1024 * 1024;
    QTemporaryFile file;
    if (!file.open() || !file.resize(bytes))
        qFatal("no room for a file");
    const Listener sink(
        u"socat"_s, {u"-u"_s, u"-b262144"_s, u"TCP-LISTEN:%1,bind=127.0.0.1,fork,reuseaddr"_s, u"OPEN:/dev/null"_s});
    const Ratio ratio = ratioOf(
        {.isShort = scale.isShort, .repeated = 2}, u"MiB/s"_s,
        [&] { return sentByWindow(sink.port(), file.fileName(), bytes); },
        [&] { return sentBySocat(sink.port(), file.fileName(), bytes); });
    return {{u"a file of 1 GiB sent by a window, to socat's speed"_s, ratio.value, ratioUnit, Figure::Bound::AtLeast,
             0.7, ratio.how}};
}

std::vector<Figure> repeating(const Scale &scale)
{
    const Listener server(QStringLiteral(BENCH_SERVER), {u"%1"_s});
    const int count = scale.of(50'000);
    const Ratio ratio = ratioOf(
        {.isShort = scale.isShort, .repeated = 2}, u"µs"_s,
        [&] { return Traffic::exchangeOnOpenConnection(server.port(), count); },
        [&] { return repeatedUs(server.port(), count); });
    return {{u"messages that a window repeats at full speed, to a C client's"_s, ratio.value, ratioUnit,
             Figure::Bound::AtLeast, 0.8, ratio.how}};
}

} // namespace

std::vector<BenchRow> sendingRows()
{
    return {{u"repeat"_s, repeating}, {u"sendfile"_s, sendingFile}};
}
