// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

/// IP addresses as text, many of them quickly: QString's own ways to put an IPv4 address together take ten times as
/// long. Pure.
namespace IpAddressText {

/// The longest IPv4 address.
constexpr qsizetype max4Characters = 15;

/// Writes the four bytes of an address ("127.0.0.1") and returns the end of the text. There is room for max4Characters.
char *write4(const quint8 *address, char *to);

void append4(const quint8 *address, QByteArray &to); ///< four bytes: "127.0.0.1"
void append6(const quint8 *address, QByteArray &to); ///< sixteen bytes, as RFC 5952 wants them: "::1"

} // namespace IpAddressText
