// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

/// Bytes that may be UTF-8, one character at a time. Pure functions; any thread.
namespace Utf8 {

struct Character {
    char32_t code = 0;
    qsizetype length = 1; ///< in bytes
    bool valid = false;   ///< false: one byte that belongs to no character
};

/// The character that begins at bytes[from], 0 ≤ from < bytes.size(). Overlong forms and surrogates are not valid.
Character at(QByteArrayView bytes, qsizetype from);

/// bytes without a character at the end that has been cut.
QByteArrayView whole(QByteArrayView bytes);

/// What must not reach a screen as it is: controls (C0, DEL, C1), line and paragraph separators, bidi controls, and
/// whatever else is not seen but changes what is (format characters, fillers, variation selectors, tags,
/// noncharacters).
bool isHidden(char32_t code);

} // namespace Utf8
