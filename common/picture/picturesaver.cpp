// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "picturesaver.h"

#include "ladder/laddermermaid.h"
#include "ladder/laddermodel.h"
#include "ladderpicture.h"

#include <QFileInfo>
#include <QSaveFile>

namespace {

void writeMermaid(const LadderModel &model, QIODevice &out)
{
    out.write(LadderMermaid::header({model.address(Side::Client), model.address(Side::Server)}).toUtf8());
    for (qsizetype row = 0; row < model.count(); ++row)
        out.write(LadderMermaid::lines(model.at(row)).toUtf8());
}

} // namespace

QString PictureSaver::save(const LadderModel &model, const QString &path)
{
    if (model.count() == 0)
        return tr("There is nothing to draw.");
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return tr("%1 cannot be written: %2").arg(path, file.errorString());
    const QString suffix = QFileInfo(path).suffix().toLower();
    QString reason;
    if (suffix == QLatin1StringView("svg"))
        reason = LadderPicture::writeSvg(model, file, LadderPicture::forPrint());
    else if (suffix == QLatin1StringView("png"))
        reason = LadderPicture::writePng(model, file, LadderPicture::forPrint());
    else if (suffix == QLatin1StringView("mmd"))
        writeMermaid(model, file);
    else
        reason = tr("The file's name must end in .svg, .png or .mmd.");
    if (!reason.isEmpty())
        return reason; // what was written is dropped
    return file.commit() ? QString() : tr("%1 cannot be written: %2").arg(path, file.errorString());
}

QString PictureSaver::fileFilter()
{
    return tr("SVG (*.svg);;PNG (*.png);;Mermaid (*.mmd)");
}
