// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

/// Formats bytes as a hex dump. Pure.
namespace HexDump {

/// Returns lines of 16 bytes: "00000010  6d 20 63 6c 69 65 6e 74  2e                       |m client.|". On the
/// right, "." replaces bytes that are not printable ASCII.
QString text(QByteArrayView bytes);

/// One such line, of at most 16 bytes. offset: of the first byte; it has more digits if it needs them.
QString line(qint64 offset, QByteArrayView bytes);
/// The column of the line with this offset in which the byte with this index begins, 0 ≤ index < 16.
qsizetype column(qint64 offset, qsizetype index);

} // namespace HexDump
