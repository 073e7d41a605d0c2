// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

/// IP addresses as text, appended, many of them quickly. Pure.
namespace IpAddressText {

void append4(const quint8 *address, QByteArray &to); ///< four bytes: "127.0.0.1"
void append6(const quint8 *address, QByteArray &to); ///< sixteen bytes, as RFC 5952 wants them: "::1"

} // namespace IpAddressText
