// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "followedstream.h"

#include <vector>

/// Where bytes of a FollowedStream are in the capture files. A plain value; crosses threads.
struct StreamPiece {
    Side sender = Side::Client;
    qint64 place = 0; ///< of the first byte, in the FollowedStream
    qint64 size = 0;
    qint64 payloadAt = -1; ///< in the file, of the first byte; -1: no file has these bytes
    quint8 file = 0;       ///< as Segment::payloadFile

    bool operator==(const StreamPiece &) const = default;
};

/// The pieces of the places from ≤ p < to, in order and without gaps. If several segments carried a byte, the first
/// one counts. Pure; takes time in proportion to the segments in the range.
std::vector<StreamPiece> streamPieces(const Flow &flow, const FollowedStream &stream, qint64 from, qint64 to);
