// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderpicture.h"

#include "base/exportprogress.h"
#include "fontmetrics.h"
#include "ladderpainter.h"
#include "pngwriter.h"

#include <QPainter>
#include <QSvgGenerator>

#include <algorithm>
#include <limits>

namespace {

constexpr int stripPixels = 1024; ///< height of a strip

void setUp(QSvgGenerator &svg)
{
    svg.setResolution(96);
}

/// Returns the items that are visible between two heights. Rows are painted slightly beyond their bounds.
LadderScene between(const LadderScene &scene, double top, double bottom)
{
    const double around = 2 * scene.unit;
    const auto isSeen = [&](double from, double to) { return to >= top - around && from <= bottom + around; };
    LadderScene part;
    part.width = scene.width;
    part.bottom = scene.bottom;
    part.unit = scene.unit;
    const auto take = [](const auto &from, auto &to, auto isPart) {
        std::copy_if(from.begin(), from.end(), std::back_inserter(to), isPart);
    };
    take(scene.bands, part.bands, [&](const LadderBand &band) { return isSeen(band.top, band.bottom); });
    take(scene.rules, part.rules, [&](const LadderRule &rule) { return isSeen(rule.y, rule.y); });
    take(scene.arrows, part.arrows, [&](const LadderArrow &arrow) { return isSeen(arrow.tail.y(), arrow.head.y()); });
    take(scene.labels, part.labels,
         [&](const LadderLabel &label) { return isSeen(label.rect.top(), label.rect.bottom()); });
    return part;
}

} // namespace

LadderPicture::Options LadderPicture::forPrint()
{
    Options options;
    options.font.setFamilies({QStringLiteral("Helvetica"), QStringLiteral("Arial"), QStringLiteral("sans-serif")});
    options.font.setPixelSize(13);
    options.palette = QPalette(Qt::white);
    options.palette.setColor(QPalette::Base, Qt::white);
    options.palette.setColor(QPalette::Text, Qt::black);
    options.palette.setColor(QPalette::Highlight, QColor(90, 90, 90));
    return options;
}

LadderPages LadderPicture::svgPages(const LadderModel &model, const Options &options)
{
    QSvgGenerator svg;
    setUp(svg);
    return {model,
            textMetricsOf(options.font, &svg),
            options.width,
            {.rows = maxSvgRows, .height = std::numeric_limits<double>::max()}};
}

LadderPages LadderPicture::pngPages(const LadderModel &model, const Options &options)
{
    return {model,
            textMetricsOf(options.font, nullptr),
            options.width,
            {.rows = model.count(), .height = maxPngPixels / options.scale}};
}

bool LadderPicture::writeSvg(const LadderPage &page, QIODevice &out, const Options &options)
{
    QSvgGenerator svg;
    setUp(svg);
    svg.setOutputDevice(&out);
    svg.setTitle(options.title);
    svg.setSize(page.size());
    svg.setViewBox(QRect({}, page.size()));
    QPainter painter;
    if (!painter.begin(&svg))
        return false;
    const LadderPainter ladder(options.font, options.palette);
    painter.fillRect(QRect({}, page.size()), ladder.background());
    ladder.paint(painter, page.header);
    ladder.paint(painter, page.rows);
    return painter.end();
}

bool LadderPicture::writePng(const LadderPage &page, QIODevice &out, const Options &options,
                             const ExportProgress &progress)
{
    const QSize size = page.size() * options.scale;
    const LadderPainter ladder(options.font, options.palette);
    PngWriter png(out, size);
    for (int top = 0; top < size.height(); top += stripPixels) {
        QImage strip(size.width(), std::min(stripPixels, size.height() - top), QImage::Format_RGB32);
        strip.setDevicePixelRatio(options.scale);
        strip.fill(ladder.background());
        QPainter painter(&strip);
        painter.translate(0, -top / options.scale);
        const double from = top / options.scale;
        const double to = (top + strip.height()) / options.scale;
        if (from < page.header.bottom)
            ladder.paint(painter, page.header);
        ladder.paint(painter, between(page.rows, from, to));
        painter.end();
        if (progress.isCancelled() || !png.write(strip))
            return false;
    }
    return png.finish();
}
