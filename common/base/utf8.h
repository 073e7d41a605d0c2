// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

/// Decodes bytes that may be UTF-8, one character at a time. Pure functions; any thread.
namespace Utf8 {

struct Character {
    char32_t code = 0;
    qsizetype length = 1; ///< in bytes
    bool isValid = false; ///< false: a single byte that belongs to no character
};

/// Returns the character that begins at bytes[from], 0 ≤ from < bytes.size(). Overlong forms and surrogates are
/// invalid.
Character at(QByteArrayView bytes, qsizetype from);

/// Returns bytes without an incomplete character at the end.
QByteArrayView whole(QByteArrayView bytes);

/// Whether a character must not reach a screen unescaped: controls (C0, DEL, C1), line and paragraph separators, bidi
/// controls, and other invisible characters that change the text (format characters, fillers, variation selectors,
/// tags, noncharacters).
bool isHidden(char32_t code);

} // namespace Utf8
