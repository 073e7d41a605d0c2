// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"

#include <limits>
#include <map>
#include <optional>
#include <set>
#include <vector>

/// The captured data of one sender: turns its sequence numbers into positions (see FlowSegment), and knows which
/// positions were captured, in which rows, and which of them the other end acknowledged. A part of a Flow, which
/// passes its rows to the functions that need them. Each row needs 4 bytes, and each retransmitted row about 50 more.
class SentStream
{
public:
    static constexpr qint64 nothing = std::numeric_limits<qint64>::min();
    static constexpr qint64 never = std::numeric_limits<qint64>::max();

    /// What carry() finds out about a segment.
    struct Carried {
        quint32 newBytes = 0;   ///< in the payload
        bool repeats = false;   ///< some of it was captured before
        bool fillsGap = false;  ///< some of it is before data that was already captured
        bool leavesGap = false; ///< something before it was not captured
    };

    void setOrigin(quint32 number); ///< a SYN shows that this is the number of position 0
    void seeNumber(quint32 number); ///< reports any number of this stream; the first one becomes position 0
    bool hasNumber() const { return m_hasZero; } ///< any number of it was seen
    bool isOriginKnown() const { return m_isOriginKnown; }
    quint32 zero() const { return m_zero; } ///< the sequence number of position 0
    qint64 position(quint32 number) const;  ///< the position with this number that is nearest to end()

    /// Adds what the newest of the rows carries.
    Carried carry(const FlowRows &rows);
    /// The newest of the rows, which the other end sent, acknowledges this stream.
    void acknowledge(const FlowRows &rows);

    qint64 begin() const { return m_isOriginKnown ? 0 : m_first; } ///< the first position seen, sent or acknowledged
    qint64 end() const { return m_end; }                           ///< the position after everything captured
    qint64 acknowledged() const { return m_acknowledged; }         ///< the furthest acknowledgement, or nothing
    qint64 bytes() const { return m_bytes; }                       ///< payload bytes, each counted once
    bool hasGap() const { return !m_gaps.empty(); }                ///< a gap after the first captured position
    qint64 gapEnd(qint64 position) const;                          ///< see Flow::gapEnd()
    std::optional<qint64> finPosition() const { return m_finPosition; }

    /// The rows that carried some of a range, in their order; maxAgain: no more than so many that carried old data.
    std::vector<qsizetype> rowsOf(const FlowRows &rows, qint64 from, qint64 to,
                                  qsizetype maxAgain = std::numeric_limits<qsizetype>::max()) const;
    qsizetype firstRowOf(const FlowRows &rows, qint64 position) const; ///< -1: none
    qsizetype ackRowOf(const FlowRows &rows, qint64 end) const;        ///< -1: none
    qint64 acknowledgedBefore(const FlowRows &rows, qsizetype row) const;
    /// The position after everything that rows before this one carried.
    qint64 endBefore(const FlowRows &rows, qsizetype row) const;
    /// Whether a row after that one carries some of the positions from ≤ p < to again, or there are too many
    /// candidates to check.
    bool isRepeated(const FlowRows &rows, qint64 from, qint64 to, qsizetype row) const;

private:
    using Again = std::set<std::pair<qint64, quint32>>; ///< start and row

    qint64 fill(qint64 from, qint64 to);
    Again::const_iterator firstAgain(qint64 from) const;

    quint32 m_zero = 0;
    bool m_hasZero = false;
    bool m_isOriginKnown = false;
    qint64 m_first = 0; ///< nothing before it was captured
    qint64 m_end = 0;
    qint64 m_acknowledged = nothing;
    qint64 m_bytes = 0;
    std::optional<qint64> m_finPosition;
    std::map<qint64, qint64> m_gaps; ///< from, to: not captured, although later data was
    std::vector<quint32> m_forward;  ///< rows that carried data beyond all earlier rows: their ends ascend
    Again m_again;                   ///< rows that carried other data: it does not extend beyond all earlier rows
    qint64 m_longestAgain = 0;       ///< the largest number of positions that one of them carries
    std::vector<quint32> m_ackRows;  ///< rows of the other end that acknowledged more than all earlier rows
};
