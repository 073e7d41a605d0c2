// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QImage>

#include <memory>

class QIODevice;

/// Writes a PNG from top to bottom in strips, with only one strip in memory. QImageWriter would need the whole
/// picture. Any one thread.
class PngWriter
{
public:
    /// size is in pixels, and at most 2³¹ - 1 in each direction.
    PngWriter(QIODevice &out, const QSize &size);
    ~PngWriter();
    Q_DISABLE_COPY_MOVE(PngWriter)

    /// Writes the next rows of pixels: an image of the same width in Format_RGB32. This and finish() return false if
    /// the device accepted less.
    bool write(const QImage &strip);
    bool finish(); ///< after the last row

private:
    struct Writing;

    const std::unique_ptr<Writing> m_writing;
};
