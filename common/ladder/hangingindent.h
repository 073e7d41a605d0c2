// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringView>

#include <vector>

/// Long lines of a monospaced text. Pure.
namespace HangingIndent {

constexpr int columns = 4; ///< what a line's second and later pieces leave free on the left

/// The pieces of a line that each fit into so many columns, at least one. A line is broken after a space, a piece that
/// has none anywhere; together they are the line.
std::vector<QStringView> pieces(QStringView line, int width);

} // namespace HangingIndent
