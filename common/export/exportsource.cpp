// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "exportsource.h"

#include "filelook.h"

#include <QCoreApplication>

namespace {

struct ExportSourceStrings {
    Q_DECLARE_TR_FUNCTIONS(ExportSource)
};

} // namespace

ExportSource ExportSource::of(const QString &path, QString &error)
{
    const FileLook look = FileLook::at(path);
    error = look.error;
    return look.kind == FileLook::Kind::Capture ? ExportSource{.capture = path} : ExportSource{.session = path};
}

ExportSource ExportSource::ofBoth(const QString &first, const QString &second, QString &error)
{
    for (const QString &path : {first, second}) {
        const FileLook look = FileLook::at(path);
        error = look.kind == FileLook::Kind::Session ? look.noCapture() : look.error;
        if (!error.isEmpty())
            return {};
    }
    return {.capture = first, .secondCapture = second};
}

QString ExportSource::noSegments() const
{
    if (!problem.isEmpty())
        return ExportSourceStrings::tr("Nothing to export: no segments were captured. %1").arg(problem);
    if (isLive)
        return ExportSourceStrings::tr(
            "Nothing to export: no segments were captured, because there was no connection yet.");
    if (capture.isEmpty())
        return ExportSourceStrings::tr("Nothing to export: a session holds no segments, and nothing was captured.");
    return ExportSourceStrings::tr("Nothing to export: %1 holds no TCP segments.").arg(capture);
}

QString ExportSource::noConnection() const
{
    return ExportSourceStrings::tr("Nothing to export: %1 has no connection %2.")
        .arg(capture.isEmpty() ? session : capture)
        .arg(connection);
}
