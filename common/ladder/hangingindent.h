// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringView>

#include <vector>

/// Breaks long lines of a monospaced text. Pure.
namespace HangingIndent {

constexpr int columns = 4; ///< the indent of the second and later pieces

/// Breaks a line into pieces that fit into this many columns; at least one piece. Breaks after a space, or anywhere
/// in a piece without a space. Joined, the pieces are the line.
std::vector<QStringView> pieces(QStringView line, int width);

} // namespace HangingIndent
