// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <span>

/// The value of a Multipath TCP option (RFC 8684) as tcpdump 4.99 prints it. Pure.
namespace MptcpText {

/// Appends text for value, what follows the option's length. flags: the segment's. False: the option is bad, and what was appended stays.
bool append(std::span<const quint8> value, quint16 flags, QByteArray &to);

} // namespace MptcpText
