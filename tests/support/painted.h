// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QImage>
#include <QWidget>

/// What a widget shows, looked at pixel by pixel.
namespace Painted {

/// The smallest rectangle that has all pixels in another colour than the background, which is that of the last pixel. Empty if
/// nothing is painted.
inline QRect rect(const QImage &image, QRect within)
{
    within &= image.rect();
    const QRgb background = image.pixel(image.width() - 1, image.height() - 1);
    QRect painted;
    for (int y = within.top(); y <= within.bottom(); ++y) {
        for (int x = within.left(); x <= within.right(); ++x) {
            if (image.pixel(x, y) != background)
                painted |= QRect(x, y, 1, 1);
        }
    }
    return painted;
}

inline QRect rect(const QImage &image)
{
    return rect(image, image.rect());
}

inline QImage image(QWidget &widget)
{
    return widget.grab().toImage();
}

} // namespace Painted
