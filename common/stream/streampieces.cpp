// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "streampieces.h"

#include <algorithm>

namespace {

/// Some positions of a sender's stream.
struct Range {
    qint64 from = 0;
    qint64 to = 0;
    qint64 payloadAt = -1;
    quint8 file = 0;
};

/// Gives the ranges that are not found yet what the segment carries of them.
std::vector<Range> found(const std::vector<Range> &ranges, const FlowSegment &segment)
{
    std::vector<Range> all;
    for (const Range &range : ranges) {
        const qint64 from = std::max(range.from, segment.offset);
        const qint64 to = std::min(range.to, segment.offset + segment.capturedLength);
        if (range.payloadAt >= 0 || from >= to) {
            all.push_back(range);
            continue;
        }
        if (range.from < from)
            all.push_back({.from = range.from, .to = from});
        all.push_back({.from = from,
                       .to = to,
                       .payloadAt = segment.payloadAt + from - segment.offset,
                       .file = segment.payloadFile});
        if (to < range.to)
            all.push_back({.from = to, .to = range.to});
    }
    return all;
}

} // namespace

std::vector<StreamPiece> streamPieces(const Flow &flow, const FollowedStream &stream, qint64 from, qint64 to)
{
    std::vector<StreamPiece> pieces;
    to = std::min(to, stream.size());
    while (from < to) {
        const StreamRun &run = stream.runs()[stream.runAt(from)];
        const qint64 end = std::min(to, run.place + run.size());
        const qint64 position = run.from - run.place; // of the place 0
        std::vector<Range> ranges{{.from = from + position, .to = end + position}};
        if (!run.isMissing) {
            for (const qsizetype row : flow.rowsOf(run.sender, from + position, end + position)) {
                if (const FlowSegment &segment = flow.at(row); segment.payloadAt >= 0)
                    ranges = found(ranges, segment);
            }
        }
        for (const Range &range : ranges) {
            pieces.push_back({.sender = run.sender,
                              .place = range.from - position,
                              .size = range.to - range.from,
                              .payloadAt = range.payloadAt,
                              .file = range.file});
        }
        from = end;
    }
    return pieces;
}
