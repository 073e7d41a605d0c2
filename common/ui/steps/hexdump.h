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

} // namespace HexDump
