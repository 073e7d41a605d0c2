// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "segment.h"

#include <string>

/// The addresses of a packet as tcpdump prints them. Pure. Lines are composed in a std::string: appending their many
/// pieces to a QByteArray takes three times as long.
namespace AddressLine {

enum class Ports { With, Without };

/// Appends "IP 127.0.0.1.41000 > 127.0.0.2.8700: " with what SegmentOddities has to be printed before addresses and
/// ports.
void append(const Segment &segment, Ports ports, std::string &to);

void appendNumber(quint32 number, std::string &to, int base = 10); ///< base: 10 or 16

} // namespace AddressLine
