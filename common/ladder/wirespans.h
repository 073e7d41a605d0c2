// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <vector>

/// A part of a tcpdump line, and how prominent it is.
struct WireSpan {
    enum class Look { Plain, Flags, Quiet }; ///< Quiet: the window and the options

    QStringView text;
    Look look = Look::Plain;
};

/// The parts of a line, in order. Joined, they are the line. Pure.
std::vector<WireSpan> wireSpans(QStringView line);
