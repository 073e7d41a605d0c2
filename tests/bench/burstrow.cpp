// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What a window captures from a burst, compared with what tcpdump captures of the same segments. Runs in a private
// network, in which everyone may capture.

#include "capture/capturefile.h"
#include "figures.h"
#include "support/burst.h"
#include "support/segmentcount.h"
#include "ui/windows/capturewindow.h"
#include "ui/wire/capturecontrol.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

/// tcpdump writes what it has captured within a second, and discards the rest when it is ended.
constexpr int blockMs = 1500;

int packetsIn(const QString &path)
{
    CaptureFile file(path);
    std::vector<Segment> segments;
    while (file.read(10'000, segments) == CaptureFile::State::More)
        segments.clear();
    return int(file.packets());
}

/// Runs tcpdump on loopback. Constructed only after tcpdump has started to capture.
class Tcpdump
{
public:
    Tcpdump(quint16 port, const QString &path)
    {
        m_process.setReadChannel(QProcess::StandardError);
        m_process.start(u"tcpdump"_s, {u"-i"_s, u"lo"_s, u"-w"_s, path, u"tcp"_s, u"port"_s, QString::number(port)});
        QByteArray said;
        while (!said.contains("listening on")) {
            if (!m_process.waitForReadyRead())
                qFatal("tcpdump does not capture: %s", said.constData());
            said += m_process.readAll();
        }
    }
    void end()
    {
        m_process.terminate();
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
};

/// Uses a window that watches a port between two sockets, so that no program's message handling slows the traffic
/// down.
std::vector<Figure> burstHere(const Scale &scale)
{
    double minRatio = 0;
    QString how;
    for (int round = 0; round < scale.rounds(); ++round) {
        const QTemporaryDir folder;
        const QString theirs = folder.filePath(u"theirs.pcap"_s);
        const RawPeer listener = RawPeer::listener();
        CaptureWindow window(u"lo"_s, listener.port());
        window.resize(1100, 700);
        window.show();
        const ConversationCapture &capture = *window.findChild<CaptureControl *>();
        QEventLoop loop;
        QObject::connect(&capture, &ConversationCapture::began, &loop, &QEventLoop::quit);
        QObject::connect(&capture, &ConversationCapture::failed, &loop, [](const CaptureProblem &problem) {
            qFatal("a window does not capture: %s", qPrintable(problem.reason));
        });
        loop.exec();
        qint64 kept = 0;
        QObject::connect(&capture, &ConversationCapture::captured, &loop,
                         [&kept](const std::vector<Segment> &segments) { kept += qint64(segments.size()); });
        Tcpdump tcpdump(listener.port(), theirs);
        SegmentCount kernel(listener.port());
        // Each message, and its acknowledgement.
        const std::unique_ptr<QThread> traffic(
            QThread::create([&listener, &scale] { burst(listener, scale.of(50'000)); }));
        QObject::connect(traffic.get(), &QThread::finished, &loop,
                         [&loop] { QTimer::singleShot(blockMs, &loop, &QEventLoop::quit); });
        traffic->start();
        loop.exec();
        tcpdump.end();
        const int keptByTcpdump = packetsIn(theirs);
        const double ratio = double(kept) / keptByTcpdump;
        if (round > 0 && ratio >= minRatio)
            continue;
        minRatio = ratio;
        how = u"%1 to %2 of %3; the worst of %4"_s.arg(kept).arg(keptByTcpdump).arg(kernel.count()).arg(scale.rounds());
    }
    return {{u"segments kept of a burst of 100,000, to tcpdump's"_s, minRatio, ratioUnit, Figure::Bound::AtLeast, 1.0,
             how}};
}

/// Runs this program again in a private network. It must not run as root there, because tcpdump would switch to
/// another user.
std::vector<Figure> burstInOwnNetwork(const Scale &scale)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"figures.json"_s);
    QProcess bench;
    bench.setStandardOutputFile(QProcess::nullDevice());
    bench.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QStringList arguments{u"--user"_s,
                          u"--map-user=1000"_s,
                          u"--map-group=1000"_s,
                          u"--keep-caps"_s,
                          u"--net"_s,
                          u"sh"_s,
                          u"-c"_s,
                          u"PATH=$PATH:/usr/sbin:/sbin && ip link set lo up && exec \"$@\""_s,
                          u"sh"_s,
                          QCoreApplication::applicationFilePath(),
                          u"--only"_s,
                          u"burst-here"_s,
                          u"--json"_s,
                          path};
    if (scale.isShort)
        arguments.append(u"--short"_s);
    bench.start(u"unshare"_s, arguments);
    bench.waitForFinished(-1);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        std::fputs("bench: no burst is measured, because this system does not allow a private network\n", stderr);
        return {};
    }
    const QJsonArray measured = QJsonDocument::fromJson(file.readAll()).array();
    std::vector<Figure> figures;
    for (const auto &figure : measured) // a reference to a value, not the value that QJsonArray copies
        figures.push_back(Figure::fromJson(figure.toObject()));
    return figures;
}

} // namespace

std::vector<BenchRow> burstRows()
{
    return {{u"burst"_s, burstInOwnNetwork}, {u"burst-here"_s, burstHere, true}};
}
