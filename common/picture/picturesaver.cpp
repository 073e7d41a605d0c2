// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "picturesaver.h"

#include "base/savedfile.h"
#include "ladder/laddermermaid.h"
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "ladderpicture.h"

#include <QFileInfo>

#include <functional>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

/// The outcome for a file that was not written.
ExportOutcome failure(const SavedFile &file, const ExportProgress &progress)
{
    if (file.hasFailed())
        return {.error = file.sentence()};
    if (progress.isCancelled())
        return {.isCancelled = true};
    return {.error = PictureSaver::tr("%1 cannot be drawn: not enough memory.").arg(file.path())};
}

ExportOutcome saveMermaid(const LadderModel &model, const QString &path, ExportProgress &progress)
{
    SavedFile file(path);
    bool goesOn = file.begin();
    if (goesOn)
        file.write(LadderMermaid::header({model.address(Side::Client), model.address(Side::Server)}).toUtf8());
    if (goesOn)
        file.write(LadderMermaid::legend(model.legend()).toUtf8());
    for (qsizetype row = 0; row < model.count() && goesOn; ++row) {
        file.write(LadderMermaid::lines(model, LadderIndex(row)).toUtf8());
        progress.set(row, model.count());
        goesOn = !file.hasFailed() && !progress.isCancelled();
    }
    return goesOn && file.finish() && file.publish() ? ExportOutcome() : failure(file, progress);
}

/// Returns, for example, "x-2.png".
QString pagePath(const QString &path, size_t number)
{
    const qsizetype dot = path.lastIndexOf(u'.');
    return u"%1-%2%3"_s.arg(path.left(dot)).arg(number).arg(path.sliced(dot));
}

using WritePage = std::function<bool(const LadderPage &page, QIODevice &out)>;

ExportOutcome savePages(LadderPages &pages, const QString &path, const WritePage &write, ExportProgress &progress)
{
    std::vector<std::unique_ptr<SavedFile>> files;
    while (!pages.atEnd()) {
        const LadderPage page = pages.next(progress);
        const bool isOnly = files.empty() && pages.atEnd();
        const QString name = isOnly ? path : pagePath(path, files.size() + 1);
        if (!isOnly && QFileInfo::exists(name))
            return {.error = PictureSaver::tr(
                                 "The ladder needs several pictures, but %1 already exists. Remove it, or choose "
                                 "another name.")
                                 .arg(name)};
        SavedFile &file = *files.emplace_back(std::make_unique<SavedFile>(name));
        const bool isWritten = file.begin() && write(page, file);
        if (!file.finish() || !isWritten || progress.isCancelled())
            return failure(file, progress);
    }
    for (size_t i = 0; i < files.size(); ++i) {
        if (files[i]->publish())
            continue;
        for (size_t before = 0; before < i; ++before)
            QFile::remove(files[before]->path());
        return failure(*files[i], progress);
    }
    if (files.size() == 1)
        return {};
    return {.note =
                PictureSaver::tr("The ladder is too long for one picture. It was exported as %1 pictures: %2 to %3.")
                    .arg(files.size())
                    .arg(files.front()->path(), QFileInfo(files.back()->path()).fileName())};
}

} // namespace

ExportOutcome PictureSaver::save(const LadderModel &model, const QString &path, ExportProgress &progress)
{
    if (model.count() == 0)
        return {.error = tr("There is nothing to draw.")};
    const QString suffix = QFileInfo(path).suffix().toLower();
    const LadderPicture::Options options = LadderPicture::forPrint();
    if (suffix == "svg"_L1) {
        LadderPages pages = LadderPicture::svgPages(model, options);
        const auto write = [&](const LadderPage &page, QIODevice &out) {
            return LadderPicture::writeSvg(page, out, options);
        };
        return savePages(pages, path, write, progress);
    }
    if (suffix == "png"_L1) {
        LadderPages pages = LadderPicture::pngPages(model, options);
        const auto write = [&](const LadderPage &page, QIODevice &out) {
            return LadderPicture::writePng(page, out, options, progress);
        };
        return savePages(pages, path, write, progress);
    }
    if (suffix == "mmd"_L1)
        return saveMermaid(model, path, progress);
    return {.error = tr("The file name must end in .svg, .png or .mmd.")};
}

QString PictureSaver::fileFilter()
{
    return tr("SVG (*.svg);;PNG (*.png);;Mermaid (*.mmd)");
}
