// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "pngwriter.h"

#include <QIODevice>

#include <csetjmp>
#include <png.h>

namespace {

constexpr int fastest = 1; ///< most rows are white: other levels and filters save neither space nor time

void writeBytes(png_structp png, png_bytep bytes, png_size_t size)
{
    auto *out = static_cast<QIODevice *>(png_get_io_ptr(png));
    if (out->write(reinterpret_cast<const char *>(bytes), qint64(size)) != qint64(size))
        png_error(png, "the device took less");
}

void flushBytes(png_structp) { }

void ignoreWarning(png_structp, png_const_charp) { }

/// The error handler of libpng must not return.
void jumpBack(png_structp png, png_const_charp)
{
    png_longjmp(png, 1);
}

} // namespace

struct PngWriter::Writing {
    png_structp png = nullptr;
    png_infop info = nullptr;
    bool isSound = false;

    /// Returns false on failure. step must not use anything with a destructor, because libpng jumps over it.
    template<typename Step>
    bool run(Step step)
    {
        if (setjmp(png_jmpbuf(png)) != 0) // NOLINT(cert-err52-cpp): libpng has no other way
            return isSound = false;
        step();
        return isSound;
    }
};

PngWriter::PngWriter(QIODevice &out, const QSize &size)
    : m_writing(std::make_unique<Writing>())
{
    Writing &w = *m_writing;
    w.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, jumpBack, ignoreWarning);
    w.info = w.png ? png_create_info_struct(w.png) : nullptr;
    w.isSound = w.info != nullptr;
    if (!w.isSound)
        return;
    w.run([&] {
        png_set_write_fn(w.png, &out, writeBytes, flushBytes);
        png_set_user_limits(w.png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
        png_set_compression_level(w.png, fastest);
        png_set_filter(w.png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
        png_set_IHDR(w.png, w.info, png_uint_32(size.width()), png_uint_32(size.height()), 8, PNG_COLOR_TYPE_RGB,
                     PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
        png_write_info(w.png, w.info);
        // A pixel of Format_RGB32 is a number whose bytes are in the byte order of this machine.
        if constexpr (Q_BYTE_ORDER == Q_LITTLE_ENDIAN) {
            png_set_bgr(w.png);
            png_set_filler(w.png, 0, PNG_FILLER_AFTER);
        } else {
            png_set_filler(w.png, 0, PNG_FILLER_BEFORE);
        }
    });
}

PngWriter::~PngWriter()
{
    png_destroy_write_struct(&m_writing->png, &m_writing->info);
}

bool PngWriter::write(const QImage &strip)
{
    Writing &w = *m_writing;
    return w.isSound && w.run([&] {
        for (int row = 0; row < strip.height(); ++row)
            png_write_row(w.png, strip.constScanLine(row));
    });
}

bool PngWriter::finish()
{
    Writing &w = *m_writing;
    return w.isSound && w.run([&] { png_write_end(w.png, w.info); });
}
