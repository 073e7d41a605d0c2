// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderpages.h"

#include <QFont>
#include <QPalette>

class QIODevice;

/// Writes pages of a ladder as pictures. Needs a QGuiApplication, of any platform; any one thread.
namespace LadderPicture {

struct Options {
    double width = 800; ///< in pixels
    QFont font;
    QPalette palette;
    double scale = 2; ///< PNG pixels for each of these pixels
    QString title;    ///< the title of an SVG
};

/// Black on white in a sans-serif font, suitable for printing.
Options forPrint();

/// A PNG is limited to the height that other programs can show: Qt's read 128 MiB of pixels by default, others stop
/// at 32,767 rows. An SVG is limited in rows because viewers keep it as a tree, and must stay usable.
constexpr int maxPngPixels = 20'000;
constexpr qsizetype maxSvgRows = 2000;

LadderPages svgPages(const LadderModel &model, const Options &options);
LadderPages pngPages(const LadderModel &model, const Options &options);

/// Returns false if the device accepted less, or if the export was cancelled.
bool writeSvg(const LadderPage &page, QIODevice &out, const Options &options);
bool writePng(const LadderPage &page, QIODevice &out, const Options &options, const ExportProgress &progress);

} // namespace LadderPicture
