// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionexport.h"

#include "csv.h"
#include "sessionsteps.h"
#include "steps/stepjson.h"
#include "steps/steptext.h"

#include <QCoreApplication>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SessionExport", text);
}

QByteArray csvLine(const Step &step)
{
    QByteArray time;
    StepJson::appendTime(time, step.time.wallUs);
    const QString text = step.isMessage() ? StepText::escaped(step.payload).text
                         : step.isEvent() ? StepText::line(step)
                                          : QString();
    const QByteArrayList fields{time,
                                QByteArray::number(step.time.monotonicUs),
                                StepText::word(step.side).toString().toLatin1(),
                                Csv::number(step.connection, step.connection > 0),
                                Csv::quoted(step.local),
                                Csv::quoted(step.peer),
                                Csv::number(step.number, !step.isEvent()),
                                StepText::word(step.kind).toString().toLatin1(),
                                Csv::number(step.bytes, step.bytes >= 0),
                                Csv::number(step.offset, step.offset >= 0),
                                Csv::quoted(text)};
    return fields.join(',') + "\r\n";
}

/// The original's text; where there are several connections, with the one's number before each line.
QByteArray textLine(const Step &step, bool several)
{
    if (step.isEvent())
        return {};
    return (several ? u"#%1 "_s.arg(step.connection) : QString()).toUtf8() + StepText::line(step).toUtf8() + '\n';
}

QByteArray lineOf(const Step &step, ExportKind kind, bool several)
{
    switch (kind) {
    case ExportKind::Text:
        return textLine(step, several);
    case ExportKind::JsonLines:
        return StepJson::toLine(step) + '\n';
    case ExportKind::Csv:
        return csvLine(step);
    default:
        return {};
    }
}

bool hasSeveralConnections(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    for (Step step; SessionSteps::readNext(file, step);) {
        if (step.connection > 1)
            return true;
    }
    return false;
}

} // namespace

QString exportSession(const QString &from, const QString &to, ExportKind kind)
{
    QFile in(from);
    if (!in.open(QIODevice::ReadOnly))
        return tr("Cannot read %1: %2.").arg(from, in.errorString());
    QSaveFile out(to);
    if (!out.open(QIODevice::WriteOnly))
        return tr("Cannot write %1: %2.").arg(to, out.errorString());
    if (kind == ExportKind::Csv)
        out.write("time,monotonic_us,side,connection,local,peer,step,kind,bytes,offset,text\r\n");
    const bool several = kind == ExportKind::Text && hasSeveralConnections(from);
    bool isEmpty = true;
    bool hasEvents = false;
    for (Step step; SessionSteps::readNext(in, step); step = {}) {
        const QByteArray line = lineOf(step, kind, several);
        out.write(line);
        isEmpty = isEmpty && line.isEmpty();
        hasEvents = hasEvents || step.isEvent();
    }
    if (isEmpty && hasEvents)
        return tr("Nothing to export: %1 holds only events, which are not part of the text.").arg(from);
    if (isEmpty)
        return tr("Nothing to export: %1 holds no steps.").arg(from);
    return out.commit() ? QString() : tr("Cannot write %1: %2.").arg(to, out.errorString());
}
