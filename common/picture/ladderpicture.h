// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderpages.h"

#include <QFont>
#include <QPalette>

class QIODevice;

/// Pages of a ladder as pictures. Needs a QGuiApplication, of any platform; any one thread.
namespace LadderPicture {

struct Options {
    double width = 800; ///< in pixels
    QFont font;
    QPalette palette;
    double scale = 2; ///< pixels of a PNG for each of them
    QString title;    ///< of an SVG
};

/// Black on white, in a sans-serif font: fit for print.
Options forPrint();

/// A PNG is no higher than what programs show: those of Qt read 128 MiB of pixels unless they say otherwise, others stop at 32,767
/// rows. An SVG, which a viewer holds as a tree, has no more rows than keep it usable.
constexpr int mostPngPixels = 20'000;
constexpr qsizetype mostSvgRows = 2000;

LadderPages svgPages(const LadderModel &model, const Options &options);
LadderPages pngPages(const LadderModel &model, const Options &options);

/// False: the device took less, or the progress was cancelled.
bool writeSvg(const LadderPage &page, QIODevice &out, const Options &options);
bool writePng(const LadderPage &page, QIODevice &out, const Options &options, const ExportProgress &progress);

} // namespace LadderPicture
