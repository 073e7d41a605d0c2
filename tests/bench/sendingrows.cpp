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
#include <QPushButton>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace {

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
    const auto runUntil = [](const auto &isDone) {
        while (!isDone())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    };
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

std::vector<Figure> repeating(const Scale &scale)
{
    const Listener server(QStringLiteral(BENCH_SERVER), {u"%1"_s});
    const int count = scale.of(50'000);
    const Ratio ratio = ratioOf(
        {.isShort = scale.isShort, .repeated = 2}, u"µs"_s,
        [&] { return Traffic::exchangeOnOpenConnection(server.port(), count); },
        [&] { return repeatedUs(server.port(), count); });
    return {{u"messages that a window repeats at full speed, to a C client's"_s, ratio.value, u"×"_s,
             Figure::Bound::AtLeast, 0.8, ratio.how}};
}

} // namespace

std::vector<BenchRow> sendingRows()
{
    return {{u"repeat"_s, repeating}};
}
