// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "streamfiles.h"

#include <optional>

/// Finds bytes in a FollowedStream, which is read chunk by chunk. A match lies within one part: it does not extend over
/// missing bytes, or over bytes of the other end. Pure.
namespace StreamSearch {

/// The bytes that a user searches for: "hex:0d 0a" for bytes in hexadecimal, otherwise the text as UTF-8. Nothing if
/// the hexadecimal digits are wrong; empty for an empty text.
std::optional<QByteArray> parse(const QString &text);

/// The place of the first match in the parts, or of the last one if isBackward.
std::optional<qint64> find(const std::vector<StreamPart> &parts, const QByteArray &bytes, bool isBackward);

} // namespace StreamSearch
