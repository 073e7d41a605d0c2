// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "segment.h"

/// The addresses of a packet as tcpdump prints them. Pure.
namespace AddressLine {

enum class Ports { With, Without };

/// Appends "IP 127.0.0.1.41000 > 127.0.0.2.8700: " with what SegmentOddities has to be printed before addresses and
/// ports.
void append(const Segment &segment, Ports ports, QByteArray &to);

void appendNumber(quint32 number, QByteArray &to);

} // namespace AddressLine
