// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QImage>

#include <memory>

class QIODevice;

/// Writes a PNG from top to bottom, in strips: only one of them is in memory. QImageWriter would need the whole picture. Any one
/// thread.
class PngWriter
{
public:
    /// size: in pixels, of at most 2³¹ - 1 either way.
    PngWriter(QIODevice &out, const QSize &size);
    ~PngWriter();
    Q_DISABLE_COPY_MOVE(PngWriter)

    /// The next rows of pixels: an image of the same width, in Format_RGB32. False, here and below: the device took less.
    bool write(const QImage &strip);
    bool finish(); ///< after the last row

private:
    struct Writing;

    const std::unique_ptr<Writing> m_writing;
};
