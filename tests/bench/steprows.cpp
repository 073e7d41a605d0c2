// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What keeping and showing steps costs: how soon a step is in the session file, and whether hostile text is escaped in
// linear time.

#include "figures.h"
#include "steps/sessionfile.h"
#include "steps/steptext.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

/// A crash may lose 0.2 s of the log.
std::vector<Figure> untilSaved(const Scale &scale)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"session.jsonl"_s);
    SessionFile file;
    if (!file.create(path))
        qFatal("the session file cannot be written");
    Step step;
    step.payload = "x";
    std::vector<double> waits;
    for (int i = 0; i < scale.rounds(); ++i) {
        const qint64 before = QFileInfo(path).size();
        QEventLoop loop;
        QTimer look;
        QObject::connect(&look, &QTimer::timeout, &loop, [&] {
            if (QFileInfo(path).size() > before)
                loop.quit();
        });
        look.start(1);
        QElapsedTimer elapsed;
        elapsed.start();
        file.append(step);
        loop.exec();
        waits.push_back(double(elapsed.nsecsElapsed()) / 1e6);
    }
    return {{u"a step is in the session file after"_s, median(waits), u"ms"_s, Figure::Bound::AtMost, 250, {}}};
}

/// Milliseconds that one MiB takes, in so many texts of so many MiB. Keeps all of them, so that the memory that the
/// system has to hand out does not depend on their sizes.
double escapedMiB(int texts, qsizetype mebibytes)
{
    const QByteArray hostile = QByteArray("\x1b").repeated(mebibytes * 1024 * 1024);
    std::vector<StepText::Escaped> escaped(texts);
    QElapsedTimer elapsed;
    elapsed.start();
    for (StepText::Escaped &text : escaped) {
        text = StepText::escaped(hostile);
        if (text.text.size() != 4 * hostile.size())
            qFatal("a character was not escaped");
    }
    return double(elapsed.nsecsElapsed()) / 1e6 / double(texts * mebibytes);
}

std::vector<Figure> escaped(const Scale &scale)
{
    const Ratio ratio = ratioOf(
        scale, u"ms"_s, [] { return escapedMiB(1, 16); }, [] { return escapedMiB(16, 1); });
    return {{u"a MiB of control characters among 16, to 16 texts of one"_s, ratio.value, ratioUnit,
             Figure::Bound::AtMost, 2.0, ratio.how}};
}

} // namespace

std::vector<BenchRow> stepRows()
{
    return {{u"saving"_s, untilSaved}, {u"escaping"_s, escaped}};
}
