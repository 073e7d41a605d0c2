// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

/// IP addresses as text, many of them quickly: QString's own ways to put an IPv4 address together take ten times as
/// long. Pure.
namespace IpAddressText {

constexpr size_t max4Characters = 15;
constexpr size_t max6Characters = 46; ///< and the NUL after them

/// Writes the four bytes of an address ("127.0.0.1") and returns the end of the text. There is room for max4Characters.
char *write4(const quint8 *address, char *to);
/// The same for the sixteen bytes of an IPv6 address ("::1", as RFC 5952 wants it) and max6Characters.
char *write6(const quint8 *address, char *to);

void append4(const quint8 *address, QByteArray &to);
void append6(const quint8 *address, QByteArray &to);

} // namespace IpAddressText
