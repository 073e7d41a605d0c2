// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

class QFile;

/// Captures and sessions are told apart by how they begin.
namespace CaptureSignature {

/// A file that begins so is a capture that libpcap reads: pcap in either byte order, with times in micro- or
/// nanoseconds and in its older variants, or pcapng. Pure.
bool isAtStartOf(QByteArrayView file);
/// The same of a file that is open, which it leaves where it was.
bool isAtStartOf(QFile &file);

} // namespace CaptureSignature
