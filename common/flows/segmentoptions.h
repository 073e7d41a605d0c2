// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/segment.h"

/// The TCP options from which a flow infers something. A plain value.
struct SegmentOptions {
    bool allowsSack = false;
    int windowScale = -1; ///< RFC 7323, section 2: the shift count; -1: no such option
    bool hasTimestamp = false;
    quint32 timestamp = 0;
    quint32 echo = 0;
    std::array<std::array<quint32, 2>, 4> blocks{}; ///< of SACK: left and right edges
    int blockCount = 0;

    static SegmentOptions of(const Segment &segment);
    /// Adds a number to the edges of the SACK blocks of a segment (RFC 2018), if it has any.
    static void addToSack(Segment &segment, quint32 number);
};
