// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What many steps cost the window. Runs the real windows in this process, so that stalls of their event loop can be
// measured.

#include "capture.h"
#include "export/filelook.h"
#include "figures.h"
#include "memory.h"
#include "server_gui/serverwindow.h"
#include "steps/sessionfile.h"
#include "traffic.h"
#include "ui/ladder/ladderview.h"
#include "ui/ladder/sequencepane.h"
#include "ui/steps/findbar.h"
#include "ui/steps/stepview.h"
#include "ui/windows/capturewindow.h"
#include "ui/windows/sessionmenu.h"
#include "ui/windows/sessionwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

/// Runs the event loop until a condition holds. The bench has no other way to wait in the thread that it measures.
template<typename F>
void runUntil(F done)
{
    while (!done())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

/// The longest time in which the event loop did not run.
class StallMeter : public QObject
{
public:
    StallMeter()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this,
                [this] { m_longest = std::max(m_longest, m_since.nsecsElapsed()), m_since.start(); });
        m_since.start();
        m_timer.start(1);
    }
    double longestMs() const { return double(m_longest) / 1e6; }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_longest = 0;
};

/// A peer that sends count messages as fast as it can.
std::unique_ptr<QThread> flood(quint16 port, int count)
{
    std::unique_ptr<QThread> thread(QThread::create([port, count] {
        const int connection = Traffic::connectTo(port);
        const QByteArray message("Hi, server! I'm client.", 24);
        const QByteArray thousand = message.repeated(1000);
        for (qsizetype left = count * message.size(); left > 0;) {
            const auto sent = write(connection, thousand.constData(), size_t(std::min(left, thousand.size())));
            if (sent <= 0)
                break;
            left -= sent;
            // The next piece starts where this one stopped within a message.
            if (sent % message.size() != 0 && write(connection, message.constData() + sent % message.size(),
                                                    size_t(message.size() - sent % message.size())) > 0)
                left -= message.size() - sent % message.size();
        }
        close(connection);
    }));
    thread->start();
    return thread;
}

/// The speed of a log that is a QPlainTextEdit, in lines per second.
double plainTextSpeed(int lines)
{
    QPlainTextEdit log;
    log.resize(800, 600);
    log.show();
    QElapsedTimer elapsed;
    elapsed.start();
    for (int i = 0; i < lines; ++i) {
        log.appendPlainText(u"12:54:05.871 #1 [%1] Recv: Hi, server! I'm client. 24 B"_s.arg(2 * i));
        if (i % 1000 == 999)
            QCoreApplication::processEvents();
    }
    return lines / (double(elapsed.nsecsElapsed()) / 1e9);
}

std::vector<Figure> steps(const Scale &scale)
{
    const int count = scale.of(1'000'000);
    std::vector<double> speeds;
    std::vector<double> stalls;
    for (int round = 0; round < scale.rounds(); ++round) {
        const QTemporaryDir folder;
        ServerOptions options;
        options.port = Traffic::freePort();
        options.reply = TypedMessage();
        options.sessionPath = folder.filePath(u"session.jsonl"_s);
        options.begin = true;
        ServerWindow window(options);
        window.show();
        runUntil([&options] { return Traffic::isListening(*options.port); });
        const auto *view = window.findChild<StepView *>();
        const StallMeter meter;
        QElapsedTimer elapsed;
        elapsed.start();
        const auto peer = flood(*options.port, count);
        runUntil([view, count] { return view->model()->rowCount() >= count; });
        speeds.push_back(count / (double(elapsed.nsecsElapsed()) / 1e9));
        stalls.push_back(meter.longestMs());
        peer->wait();
    }
    const QString how = u"a QPlainTextEdit: %1"_s.arg(plainTextSpeed(scale.of(100'000)), 0, 'f', 0);
    return {{u"steps into the window while it is shown"_s, median(speeds), u"a second"_s, Figure::Bound::AtLeast,
             200'000, how},
            {u"its event loop's longest stall"_s, median(stalls), u"ms"_s, Figure::Bound::AtMost, 50, {}}};
}

/// Returns the times of frames at random positions, in milliseconds, ascending.
std::vector<double> scroll(QAbstractScrollArea &view, int count)
{
    std::vector<double> frames;
    QElapsedTimer elapsed;
    QScrollBar *bar = view.verticalScrollBar();
    for (int i = 0; i < count; ++i) {
        elapsed.start();
        bar->setValue(QRandomGenerator::global()->bounded(bar->maximum() + 1));
        view.viewport()->repaint();
        frames.push_back(double(elapsed.nsecsElapsed()) / 1e6);
    }
    std::sort(frames.begin(), frames.end());
    return frames;
}

Figure frameFigure(const QString &name, const std::vector<double> &frames, const QString &how)
{
    return {name,    frames[frames.size() * 99 / 100],
            u"ms"_s, Figure::Bound::AtMost,
            16,      u"median %1 ms; %2"_s.arg(frames[frames.size() / 2], 0, 'f', 1).arg(how)};
}

/// Writes a session with count received messages.
void writeMessages(const QString &path, int count)
{
    SessionFile file;
    file.create(path);
    Step step = Step::event(Side::Server, StepKind::Recv, {});
    step.connection = 1;
    step.payload = "Hi, server! I'm client.";
    step.size = step.payload.size();
    step.bytes = step.size + 1;
    for (step.number = 2; step.number <= 2 * count; step.number += 2) {
        step.offset = step.bytes * (step.number / 2 - 1);
        file.append(step);
    }
}

/// Finds nothing, and so looks at every row.
Figure searching(SessionWindow &window, const QString &path)
{
    auto *bar = window.findChild<FindBar *>();
    const auto *note = window.findChild<QLabel *>(u"findNote"_s);
    bar->find(StepFinder::Direction::Forward); // opens the row
    window.findChild<QLineEdit *>(u"findEdit"_s)->setText(u"nowhere"_s);
    const StallMeter meter;
    QElapsedTimer elapsed;
    elapsed.start();
    bar->find(StepFinder::Direction::Forward);
    runUntil([note] { return note->text() == FindBar::tr("Not found."); });
    const double seconds = double(elapsed.nsecsElapsed()) / 1e9;
    const double stall = meter.longestMs();
    elapsed.start();
    QProcess::execute(u"grep"_s, {u"-q"_s, u"nowhere"_s, path});
    return {u"searching them: the window's longest stall"_s,
            stall,
            u"ms"_s,
            Figure::Bound::AtMost,
            50,
            u"%1 s; grep: %2 s"_s.arg(seconds, 0, 'f', 1).arg(double(elapsed.nsecsElapsed()) / 1e9, 0, 'f', 1)};
}

std::vector<Figure> scrolling(const Scale &scale)
{
    const int rows = scale.of(10'000'000);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"session.jsonl"_s);
    writeMessages(path, rows);
    SessionWindow window(FileLook::at(path));
    window.resize(1100, 700); // wide enough to show the ladder
    window.show();
    auto *view = window.findChild<StepView *>();
    const StallMeter opening;
    QElapsedTimer elapsed;
    elapsed.start();
    runUntil([view, rows] { return view->model()->rowCount() >= rows; });
    const auto told = [&elapsed](const QString &what, const StallMeter &meter) {
        return what.arg(double(elapsed.elapsed()) / 1000, 0, 'f', 1).arg(meter.longestMs(), 0, 'f', 0);
    };
    const QString opened = told(u"opened in %1 s, longest stall %2 ms"_s, opening);
    const StallMeter filling;
    const LadderModel &ladder = window.findChild<SequencePane *>()->model();
    runUntil([&ladder, rows] { return ladder.count() >= rows; });
    const QString laddered = told(u"its ladder after %1 s, longest stall %2 ms"_s, filling);
    return {frameFigure(u"a frame of scrolling among 10,000,000 steps, 99th percentile"_s,
                        scroll(*view, scale.of(2000)), u"%1; %2"_s.arg(opened, laddered)),
            searching(window, path)};
}

Figure ladderFigure(const QString &name, CaptureWindow &window, int segments, int frames)
{
    window.resize(1100, 700);
    window.show();
    auto *pane = window.findChild<SequencePane *>();
    const StallMeter opening;
    QElapsedTimer elapsed;
    elapsed.start();
    runUntil([pane, segments] { return pane->model().count() >= segments; });
    const QString opened = u"opened in %1 s, longest stall %2 ms"_s.arg(double(elapsed.elapsed()) / 1000, 0, 'f', 1)
                               .arg(opening.longestMs(), 0, 'f', 0);
    return frameFigure(name, scroll(*pane->view(), frames), opened);
}

std::vector<Figure> ladder(const Scale &scale)
{
    const int segments = scale.of(1'000'000);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"client.pcap"_s);
    writeCapture(path, 1, segments);
    const QString otherPath = folder.filePath(u"server.pcap"_s);
    writeCapture(otherPath, 1, segments, Side::Server);
    CaptureWindow one(path, path);
    const Figure alone =
        ladderFigure(u"the same among 1,000,000 segments in the ladder"_s, one, segments, scale.of(2000));
    one.close();
    CaptureWindow both(CaptureWindow::Both{path, otherPath});
    return {alone, ladderFigure(u"the same, each with two times, from two captures"_s, both, segments, scale.of(2000))};
}

std::vector<Figure> exporting(const Scale &scale)
{
    const int rows = scale.of(60'000);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"session.jsonl"_s);
    writeMessages(path, rows);
    SessionWindow window(FileLook::at(path));
    window.resize(1100, 700);
    window.show();
    const LadderModel &shown = window.findChild<SequencePane *>()->model();
    runUntil([&shown, rows] { return shown.count() >= rows; });
    auto *menu = window.findChild<SessionMenu *>();
    bool isOver = false;
    const auto end = [&isOver] { isOver = true; };
    QObject::connect(menu, &SessionMenu::exported, &window, end);
    QObject::connect(menu, &SessionMenu::exportCancelled, &window, end);
    const Memory memory;
    const StallMeter meter;
    QElapsedTimer elapsed;
    elapsed.start();
    menu->exportTo(folder.filePath(u"ladder.svg"_s));
    runUntil([&isOver] { return isOver; });
    const QString how = u"SVG in %1 s, then 10 s of PNG"_s.arg(double(elapsed.elapsed()) / 1000, 0, 'f', 1);
    isOver = false;
    menu->exportTo(folder.filePath(u"ladder.png"_s)); // all of it would take minutes
    QTimer::singleShot(10'000, menu, &SessionMenu::cancelExport);
    runUntil([&isOver] { return isOver; });
    return {{u"exporting a ladder of 60,000 messages: the window's longest stall"_s, meter.longestMs(), u"ms"_s,
             Figure::Bound::AtMost, 50, how},
            {u"its memory"_s, memory.moreMiB(), u"MiB more"_s, Figure::Bound::AtMost, 64, {}}};
}

} // namespace

std::vector<BenchRow> windowRows()
{
    return {{u"steps"_s, steps}, {u"scrolling"_s, scrolling}, {u"ladder"_s, ladder}, {u"exporting"_s, exporting}};
}
