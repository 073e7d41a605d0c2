// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <span>

/// Formats the value of a Multipath TCP option (RFC 8684) as tcpdump 4.99 prints it. Pure.
namespace MptcpText {

/// Appends the text of value, which follows the option's length. flags are those of the segment. Returns false if the
/// option is malformed; what was appended so far remains.
bool append(std::span<const quint8> value, quint16 flags, QByteArray &to);

} // namespace MptcpText
