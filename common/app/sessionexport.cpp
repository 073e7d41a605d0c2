// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionexport.h"

#include "steps/stepjson.h"
#include "steps/steptext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <functional>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestLine = qint64(1024) * 1024; // a step's line is far shorter

QString tr(const char *text)
{
    return QCoreApplication::translate("SessionExport", text);
}

/// RFC 4180, section 2
QByteArray quoted(const QString &field)
{
    QString inner = field;
    return "\"" + inner.replace(u'"', u"\"\""_s).toUtf8() + "\"";
}

QByteArray number(qint64 value, bool applies)
{
    return applies ? QByteArray::number(value) : QByteArray();
}

QByteArray csvLine(const Step &step)
{
    const QString time =
        QDateTime::fromMSecsSinceEpoch(step.time.wallUs / 1000, Qt::UTC).toString(u"yyyy-MM-ddTHH:mm:ss"_s) +
        u".%1Z"_s.arg(step.time.wallUs % 1000000, 6, 10, QLatin1Char('0'));
    const QString text = step.isMessage() ? StepText::escaped(step.payload).text
                         : step.isEvent() ? StepText::line(step)
                                          : QString();
    const QByteArrayList fields{time.toLatin1(),
                                QByteArray::number(step.time.monotonicUs),
                                StepText::word(step.side).toString().toLatin1(),
                                number(step.connection, step.connection > 0),
                                quoted(step.local),
                                quoted(step.peer),
                                number(step.number, !step.isEvent()),
                                StepText::word(step.kind).toString().toLatin1(),
                                number(step.bytes, step.bytes >= 0),
                                number(step.offset, step.offset >= 0),
                                quoted(text)};
    return fields.join(',') + "\r\n";
}

/// The original's text; where there are several connections, with the one's number before each line.
QByteArray textLine(const Step &step, bool several)
{
    if (step.isEvent())
        return {};
    return (several ? u"#%1 "_s.arg(step.connection) : QString()).toUtf8() + StepText::line(step).toUtf8() + '\n';
}

struct Kind {
    QByteArray head;
    std::function<QByteArray(const Step &)> line;
};

bool kindOf(const QString &suffix, bool several, Kind &kind)
{
    if (suffix == "jsonl"_L1)
        kind.line = [](const Step &step) { return StepJson::toLine(step) + '\n'; };
    else if (suffix == "txt"_L1)
        kind.line = [several](const Step &step) { return textLine(step, several); };
    else if (suffix == "csv"_L1)
        kind = {"time,monotonic_us,side,connection,local,peer,step,kind,bytes,offset,text\r\n", csvLine};
    return bool(kind.line);
}

/// The next step of a session file; false at its end. Lines that are no steps are passed over.
bool readStep(QFile &file, Step &step)
{
    while (!file.atEnd()) {
        if (StepJson::fromLine(file.readLine(longestLine).trimmed(), step))
            return true;
    }
    return false;
}

bool hasSeveralConnections(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    Step step;
    while (readStep(file, step)) {
        if (step.connection > 1)
            return true;
    }
    return false;
}

} // namespace

QString exportSession(const QString &from, const QString &to)
{
    Kind kind;
    if (!kindOf(QFileInfo(to).suffix().toLower(), hasSeveralConnections(from), kind))
        return tr("Cannot export to %1: the name must end with .txt, .jsonl or .csv.").arg(to);
    if (QFileInfo(from) == QFileInfo(to))
        return tr("Cannot export to %1: that is the session itself.").arg(to);
    QFile in(from);
    if (!in.open(QIODevice::ReadOnly))
        return tr("Cannot read %1: %2.").arg(from, in.errorString());
    QSaveFile out(to);
    if (!out.open(QIODevice::WriteOnly))
        return tr("Cannot write %1: %2.").arg(to, out.errorString());
    out.write(kind.head);
    qsizetype steps = 0;
    for (Step step; readStep(in, step); step = {}) {
        ++steps;
        out.write(kind.line(step));
    }
    if (steps == 0)
        return tr("Nothing to export: %1 holds no steps.").arg(from);
    return out.commit() ? QString() : tr("Cannot write %1: %2.").arg(to, out.errorString());
}
