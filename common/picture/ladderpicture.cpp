// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderpicture.h"

#include "fontmetrics.h"
#include "ladder/ladderlayout.h"
#include "ladder/ladderlegend.h"
#include "ladder/laddermodel.h"
#include "ladderpainter.h"

#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>

#include <cmath>
#include <limits>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(LadderPicture)
};

struct Scenes {
    LadderScene header;
    LadderScene rows;
    QSize size() const { return {int(std::ceil(rows.width)), int(std::ceil(rows.bottom + rows.unit))}; }
};

QString whyNot(const LadderModel &model)
{
    if (model.count() == 0)
        return Text::tr("There is nothing to draw.");
    if (model.count() > LadderPicture::mostRows)
        return Text::tr("%1 rows are too many for one picture: it takes at most %2.")
            .arg(model.count())
            .arg(LadderPicture::mostRows);
    return {};
}

Scenes layOut(const LadderModel &model, const LadderPicture::Options &options, const QPaintDevice *device)
{
    const LadderLayout::Source source{
        .count = model.count(),
        .row = [&model](qsizetype row) { return model.at(row); },
        .addresses = {model.address(Side::Client), model.address(Side::Server)},
        .content = {.hasSteps = model.recording().stepCount() > 0, .hasSegments = model.flow() != nullptr}};
    const TextMetrics metrics = textMetricsOf(options.font, device);
    const LadderLayout layout(source, metrics, options.width);
    // A whole ladder shows the states where they begin; its header needs none.
    const double top = layout.headerHeight() - metrics.lineHeight;
    Scenes scenes{layout.header({}), layout.scene(0, top, std::numeric_limits<double>::max())};
    addLadderLegend(scenes.rows, metrics);
    return scenes;
}

void paint(QPainter &painter, const Scenes &scenes, const LadderPicture::Options &options)
{
    const LadderPainter ladder(options.font, options.palette);
    painter.fillRect(QRect({}, scenes.size()), ladder.background());
    ladder.paint(painter, scenes.header);
    ladder.paint(painter, scenes.rows);
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

QString LadderPicture::writeSvg(const LadderModel &model, QIODevice &out, const Options &options)
{
    if (const QString reason = whyNot(model); !reason.isEmpty())
        return reason;
    QSvgGenerator svg;
    svg.setOutputDevice(&out);
    svg.setResolution(96);
    svg.setTitle(options.title);
    const Scenes scenes = layOut(model, options, &svg);
    svg.setSize(scenes.size());
    svg.setViewBox(QRect({}, scenes.size()));
    QPainter painter;
    if (!painter.begin(&svg))
        return Text::tr("The picture cannot be written.");
    paint(painter, scenes, options);
    return painter.end() ? QString() : Text::tr("The picture cannot be written.");
}

QString LadderPicture::writePng(const LadderModel &model, QIODevice &out, const Options &options)
{
    if (const QString reason = whyNot(model); !reason.isEmpty())
        return reason;
    const Scenes scenes = layOut(model, options, nullptr);
    QImage image(scenes.size() * options.scale, QImage::Format_RGB32);
    if (image.isNull())
        return Text::tr("The picture is too large for the memory.");
    image.setDevicePixelRatio(options.scale);
    QPainter painter(&image);
    paint(painter, scenes, options);
    painter.end();
    return image.save(&out, "PNG") ? QString() : Text::tr("The picture cannot be written.");
}
