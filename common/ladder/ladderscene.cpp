// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderscene.h"

#include <algorithm>
#include <cmath>

LadderScene::Hit LadderScene::hitTest(QPointF point) const
{
    for (const LadderLabel &label : labels) {
        if (label.rect.contains(point))
            return {label.row, label.step, &label};
    }
    Hit hit;
    double nearest = unit / 2;
    for (const LadderArrow &arrow : arrows) {
        const QPointF along = arrow.head - arrow.tail;
        const QPointF to = point - arrow.tail;
        const double length = std::hypot(along.x(), along.y());
        const double across = std::abs(along.x() * to.y() - along.y() * to.x()) / length;
        const double at = QPointF::dotProduct(along, to) / length;
        if (at >= 0 && at <= length && across < nearest) {
            nearest = across;
            hit.row = arrow.row;
        }
    }
    if (hit.row.isValid())
        return hit;
    const auto place = std::find_if(rows.cbegin(), rows.cend(), [&point](const LadderRowPlace &row) {
        return point.y() >= row.top && point.y() < row.bottom;
    });
    if (place != rows.cend())
        hit.row = place->row;
    return hit;
}
