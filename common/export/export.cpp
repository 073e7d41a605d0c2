// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "export.h"

#include "captureexport.h"
#include "exportcomments.h"
#include "exportjoint.h"
#include "exportkind.h"
#include "exportladder.h"
#include "exportstream.h"
#include "sessionexport.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace {

struct ExportStrings {
    Q_DECLARE_TR_FUNCTIONS(Export)
};

ExportOutcome exportCommented(const ExportSource &source, const QString &to, ExportProgress &progress)
{
    if (source.capture.isEmpty())
        return {.error = source.noSegments()};
    ExportComments comments;
    if (!source.session.isEmpty()) {
        progress.beginPart(0, 50);
        if (const QString error = comments.read(source, progress); !error.isEmpty())
            return {.error = error};
        progress.beginPart(50, 100);
    }
    return exportCapture(
        source, to, ExportKind::Pcapng, [&comments](quint32 frame) { return comments.of(frame); }, progress);
}

bool isSame(const QString &path, const QString &to)
{
    return QFileInfo::exists(path) && QFileInfo(path) == QFileInfo(to);
}

} // namespace

ExportOutcome exportFile(const ExportSource &source, const QString &to, const LadderSaver &saveLadder,
                         ExportProgress &progress)
{
    const auto kind = exportKindOf(to);
    if (!kind)
        return {.error = ExportStrings::tr(
                             "Cannot export to %1: the name must end with .txt, .jsonl, .csv, .mmd, .svg, .png, "
                             ".bin or .pcapng.")
                             .arg(to)};
    if (isSame(source.session, to))
        return {.error = ExportStrings::tr("Cannot export to %1: that is the session itself.").arg(to)};
    if (isSame(source.capture, to) || isSame(source.secondCapture, to))
        return {.error = ExportStrings::tr("Cannot export to %1: that is the capture itself.").arg(to)};
    if (source.session.isEmpty() && source.capture.isEmpty() && !source.shown)
        return {.error = source.noSegments()};
    if (!source.secondCapture.isEmpty() && !(source.shown && isOfOneConnection(*kind)))
        return exportJoint(source, to, *kind, saveLadder, progress);
    if (isLadder(*kind))
        return exportLadder(source, to, saveLadder, progress);
    if (*kind == ExportKind::Bytes)
        return exportStream(source, to, progress);
    if (*kind == ExportKind::Pcapng)
        return exportCommented(source, to, progress);
    if (!source.session.isEmpty())
        return exportSession(source, to, *kind, progress);
    if (source.capture.isEmpty())
        return {.error = source.noSegments()};
    return exportCapture(source, to, *kind, {}, progress);
}
