// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QLatin1StringView>

class QFile;

/// Captures and sessions are told apart by how they begin.
namespace CaptureSignature {

constexpr qsizetype signatureBytes = 4;

/// How a file is compressed.
struct Packing {
    QLatin1StringView name; ///< "gzip"; empty: it is not compressed, or in an unknown way
    bool isReadable = false;
};
Packing packingOf(QByteArrayView start); ///< pure

/// A file that begins so is a capture: pcap in either byte order, with times in micro- or
/// nanoseconds and in its older variants, or pcapng. Pure.
bool isAtStartOf(QByteArrayView file);
/// The same of a file that is open, which it leaves where it was. A compressed file counts as a capture.
bool isAtStartOf(QFile &file);

} // namespace CaptureSignature
