// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "icons.h"

#include <QPainter>
#include <QPainterPath>

namespace {

constexpr int size = 16;
constexpr int scale = 3; ///< the highest device pixel ratio that stays sharp

void paint(QPainter &painter, Icons::Shape shape, const QColor &color)
{
    switch (shape) {
    case Icons::Shape::None:
        break;
    case Icons::Shape::Start:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPolygon(QPolygonF({{4, 2.5}, {13, 8}, {4, 13.5}}));
        break;
    case Icons::Shape::Stop:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRect(QRectF(3.5, 3.5, 9, 9));
        break;
    case Icons::Shape::Send:
        painter.setPen(QPen(color, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawLine(QPointF(2.5, 8), QPointF(13, 8));
        painter.drawPolyline(QPolygonF({{8.5, 3.5}, {13, 8}, {8.5, 12.5}}));
        break;
    case Icons::Shape::Close:
        painter.setPen(QPen(color, 1.8, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(4, 4), QPointF(12, 12));
        painter.drawLine(QPointF(12, 4), QPointF(4, 12));
        break;
    }
}

} // namespace

QIcon Icons::make(Shape shape, const QColor &color)
{
    QPixmap pixmap(size * scale, size * scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    paint(painter, shape, color);
    painter.end();
    return QIcon(pixmap);
}
