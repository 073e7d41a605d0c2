// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "exportstream.h"

#include "base/savedfile.h"
#include "capture/capturefile.h"
#include "stream/streamfiles.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

namespace {

constexpr qint64 chunkBytes = qint64(1024) * 1024;
constexpr int flowsPercent = 50; ///< of the work, roughly; writing is the rest

struct ExportStreamStrings {
    Q_DECLARE_TR_FUNCTIONS(ExportStream)
};

void readFlows(CaptureFile &file, FlowTable &flows, qint64 size, ExportProgress &progress)
{
    file.readRest([&](const std::vector<Segment> &segments) {
        for (const Segment &segment : segments)
            flows.append(segment);
        progress.set(file.position(), size);
        return !progress.isCancelled();
    });
    flows.setEnded();
}

QString missingSentence(const QString &to, qint64 missing)
{
    const QString name = QFileInfo(to).fileName();
    return missing == 1 ? ExportStreamStrings::tr("1 byte was not captured, and is not in %1.").arg(name)
                        : ExportStreamStrings::tr("%1 bytes were not captured, and are not in %2.")
                              .arg(QLocale().toString(missing), name);
}

/// payload: the files that contain it.
ExportOutcome writeStream(const Flow &flow, std::optional<Side> side, const QStringList &payload, const QString &to,
                          ExportProgress &progress)
{
    FollowedStream stream(side);
    stream.update(flow);
    if (stream.size() == stream.missing())
        return {.error = ExportStreamStrings::tr("Nothing to export: no bytes of the connection were captured.")};
    SavedFile out(to);
    if (!out.begin())
        return {.error = out.sentence()};
    StreamFiles files(payload);
    qint64 missing = 0;
    for (qint64 place = 0; place < stream.size() && !out.hasFailed(); place += chunkBytes) {
        if (progress.isCancelled())
            return {.isCancelled = true};
        progress.set(place, stream.size());
        for (const StreamPart &part : files.read(streamPieces(flow, stream, place, place + chunkBytes))) {
            out.write(part.bytes);
            missing += part.missing;
        }
        if (!files.error().isEmpty())
            return {.error = files.error()};
    }
    if (!out.finish() || !out.publish())
        return {.error = out.sentence()};
    return {.note = missing > 0 ? missingSentence(to, missing) : QString()};
}

} // namespace

ExportOutcome exportStream(const ExportSource &source, const QString &to, ExportProgress &progress)
{
    if (source.capture.isEmpty())
        return {.error = source.noSegments()};
    if (source.shown && source.shown->flow)
        return writeStream(*source.shown->flow, source.side, source.payload, to, progress);
    FlowTable flows;
    CaptureFile file(source.capture);
    progress.beginPart(0, flowsPercent);
    readFlows(file, flows, QFileInfo(source.capture).size(), progress);
    const QString broken = file.sentence();
    if (progress.isCancelled())
        return {.isCancelled = true};
    if (flows.count() == 0)
        return {.error = broken.isEmpty() ? source.noSegments() : broken};
    const int connection = std::max(1, source.connection);
    if (connection > flows.count())
        return {.error = source.noConnection()};
    progress.beginPart(flowsPercent, 100);
    ExportOutcome outcome = writeStream(flows.at(connection - 1), source.side, {file.contentPath()}, to, progress);
    if (outcome.error.isEmpty() && !broken.isEmpty())
        outcome.error = ExportStreamStrings::tr("%1 holds what could be read of the capture: %2").arg(to, broken);
    if (source.connection == 0 && flows.count() > 1) {
        const QString note = ExportStreamStrings::tr("%1 has the bytes of the first of %2 connections.")
                                 .arg(QFileInfo(to).fileName())
                                 .arg(flows.count());
        outcome.note = outcome.note.isEmpty() ? note : outcome.note + u' ' + note;
    }
    return outcome;
}
