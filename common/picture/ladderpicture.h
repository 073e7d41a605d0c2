// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFont>
#include <QPalette>

class LadderModel;
class QIODevice;

/// A whole ladder as a picture. Needs a QGuiApplication, of any platform; any one thread.
namespace LadderPicture {

/// More rows than these are too many for one picture.
constexpr qsizetype mostRows = 2000;

struct Options {
    double width = 800; ///< in pixels
    QFont font;
    QPalette palette;
    double scale = 2; ///< pixels of a PNG for each of them
    QString title;    ///< of an SVG
};

/// Black on white, in a sans-serif font: fit for print.
Options forPrint();

/// An empty text, or a sentence that says why there is no picture.
QString writeSvg(const LadderModel &model, QIODevice &out, const Options &options);
QString writePng(const LadderModel &model, QIODevice &out, const Options &options);

} // namespace LadderPicture
