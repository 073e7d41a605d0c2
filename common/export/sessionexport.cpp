// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionexport.h"

#include "base/savedfile.h"
#include "csv.h"
#include "sessionsteps.h"
#include "steps/stepjson.h"
#include "steps/steptext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct SessionExportStrings {
    Q_DECLARE_TR_FUNCTIONS(SessionExport)
};

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

/// The original's text; if there are several connections, each line starts with the number of its connection.
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

QString noSteps(const ExportSource &from, bool hasEvents)
{
    if (from.isLive)
        return SessionExportStrings::tr("Nothing to export: there are no steps yet.");
    return hasEvents
               ? SessionExportStrings::tr("Nothing to export: %1 holds only events, which are not part of the text.")
                     .arg(from.session)
               : SessionExportStrings::tr("Nothing to export: %1 holds no steps.").arg(from.session);
}

bool hasSeveralConnections(SessionSteps &steps, const ExportProgress &progress)
{
    int connection = 0;
    do
        connection = steps.nextConnection();
    while (connection == 1 && !progress.isCancelled());
    steps.rewind();
    return connection > 1;
}

} // namespace

ExportOutcome exportSession(const ExportSource &from, const QString &to, ExportKind kind, ExportProgress &progress)
{
    SessionSteps in(from.session);
    if (const QString error = in.open(); !error.isEmpty())
        return {.error = error};
    SavedFile out(to);
    if (!out.begin())
        return {.error = out.sentence()};
    if (kind == ExportKind::Csv)
        out.write("time,monotonic_us,side,connection,local,peer,step,kind,bytes,offset,text\r\n");
    const bool several = kind == ExportKind::Text && from.connection == 0 && hasSeveralConnections(in, progress);
    if (from.connection > 0)
        in.setConnection(from.connection);
    bool isEmpty = true;
    bool hasEvents = false;
    for (Step step; in.next(step) && !out.hasFailed();) {
        if (progress.isCancelled())
            return {.isCancelled = true};
        progress.set(in.done(), in.all());
        if (from.connection > 0 && step.connection != from.connection)
            continue;
        const QByteArray line = lineOf(step, kind, several);
        out.write(line);
        isEmpty = isEmpty && line.isEmpty();
        hasEvents = hasEvents || step.isEvent();
    }
    if (out.hasFailed())
        return {.error = out.sentence()};
    if (isEmpty)
        return {.error = from.connection > 0 && !hasEvents ? from.noConnection() : noSteps(from, hasEvents)};
    out.finish() && out.publish();
    return {.error = out.sentence()};
}
