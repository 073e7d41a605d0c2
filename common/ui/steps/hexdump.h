// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

/// Bytes as people read them in a dump. Pure.
namespace HexDump {

/// Lines of 16 bytes: "00000010  6d 20 63 6c 69 65 6e 74  2e                       |m client.|". Bytes that are not
/// printable ASCII are "." on the right.
QString text(QByteArrayView bytes);

} // namespace HexDump
