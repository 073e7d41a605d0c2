// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flows/flow.h"
#include "flows/flowrow.h"

#include <array>
#include <map>
#include <optional>
#include <vector>

/// Bytes that follow each other in the stream of one sender.
struct StreamRun {
    Side sender = Side::Client;
    bool isMissing = false; ///< not in the capture, although the other end acknowledged them, or the capture has ended
    qint64 from = 0;        ///< positions in the sender's stream, as in FlowSegment
    qint64 to = 0;
    qint64 place = 0; ///< the number of bytes in all earlier runs
    FlowRow row;      ///< the segment with which the receiver could read the first byte; of missing bytes, the one
                      ///< that shows that they are missing

    qint64 size() const { return to - from; }
    bool operator==(const StreamRun &) const = default;
};

/// The bytes of a connection in the order in which the two receivers could read them: each stream in its order, each
/// byte once, and the streams in turns as the conversation had them. Holds no bytes. Owned by the class that shows
/// them; any one thread. Needs 56 bytes for each turn.
class FollowedStream
{
public:
    /// only: the stream of one sender; nothing: both.
    explicit FollowedStream(std::optional<Side> only = {})
        : m_only(only)
    {
    }

    /// Takes the rows that are new since the last call. Always call it with the same flow. Returns whether earlier
    /// runs changed: bytes that seemed to be missing were captured later, or in a later copy of their segment.
    bool update(const Flow &flow);

    const std::vector<StreamRun> &runs() const { return m_runs; }
    qint64 size() const { return m_runs.empty() ? 0 : m_runs.back().place + m_runs.back().size(); }
    qint64 missing() const { return m_missing; } ///< bytes of size()
    size_t runAt(qint64 place) const; ///< the index of the run with the byte at this place, 0 ≤ place < size()

private:
    /// The payload of a segment.
    struct Payload {
        qint64 capturedTo = 0; ///< the position after what the capture has of it
        qint64 to = 0;         ///< the position after all of it
    };
    /// What one sender's receiver has read.
    struct End {
        std::optional<qint64> read;           ///< everything before this position is in a run
        std::map<qint64, Payload> outOfOrder; ///< by position: bytes before it are not read yet
    };

    bool takeRows(const Flow &flow);
    bool take(const Flow &flow, FlowRow row);
    bool arrive(const Flow &flow, const FlowSegment &segment, FlowRow row);
    void acknowledge(const Flow &flow, Side sender, qint64 acknowledged, FlowRow row);
    void skipGaps(const Flow &flow, Side sender, qint64 limit, FlowRow row);
    void readOn(Side sender, qint64 to, FlowRow row, bool isMissing);
    void readPayload(const Flow &flow, Side sender, const Payload &payload, FlowRow row);
    void readOutOfOrder(const Flow &flow, Side sender, FlowRow row);
    bool lacks(Side sender, qint64 from, qint64 to) const;

    std::optional<Side> m_only;
    std::array<End, 2> m_ends; ///< by sender
    std::vector<StreamRun> m_runs;
    qsizetype m_taken = 0; ///< rows
    qint64 m_missing = 0;
};
