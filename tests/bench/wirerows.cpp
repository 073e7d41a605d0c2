// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What printing a capture costs: compares --dump-wire with tcpdump on the same file, both writing to /dev/null.

#include "capture.h"
#include "figures.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace {

double milliseconds(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    QElapsedTimer elapsed;
    elapsed.start();
    process.start(program, arguments);
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        qFatal("%s fails", qPrintable(program));
    return double(elapsed.nsecsElapsed()) / 1e6;
}

std::vector<Figure> dumpWire(const Scale &scale)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"capture.pcap"_s);
    constexpr int perConversation = 1000;
    writeCapture(path, scale.of(500'000) / perConversation, perConversation);
    const Ratio ratio = ratioOf(
        scale, u"ms"_s,
        [&path] {
            return milliseconds(QStringLiteral(SERVER_GUI), {u"--dump-wire"_s, path});
        },
        [&path] {
            return milliseconds(u"tcpdump"_s, {u"-S"_s, u"-n"_s, u"-r"_s, path});
        });
    return {{u"--dump-wire of 500,000 segments, to tcpdump -S -n -r"_s, ratio.value, ratioUnit, Figure::Bound::AtMost,
             0.6, ratio.how}};
}

} // namespace

std::vector<BenchRow> wireRows()
{
    return {{u"wire"_s, dumpWire}};
}
