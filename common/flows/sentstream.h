// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"

#include <limits>
#include <map>
#include <optional>
#include <set>
#include <vector>

/// What one end has sent, as captured: turns its sequence numbers into positions (see FlowSegment), knows which
/// positions were captured, in which rows, and which the other end acknowledged. A part of a Flow, whose rows it is
/// given where it looks at them. A row costs it 4 bytes, a retransmitted one about 50 more.
class SentStream
{
public:
    static constexpr qint64 nothing = std::numeric_limits<qint64>::min();

    /// What carry() found out about a segment.
    struct Carried {
        quint32 newBytes = 0;   ///< of the payload
        bool repeats = false;   ///< something of it was captured before
        bool fillsGap = false;  ///< something of it stands before what was captured
        bool leavesGap = false; ///< something before it was not captured
    };

    void setOrigin(quint32 number); ///< SYN says that this is the number of position 0
    void seeNumber(quint32 number); ///< any number of this stream; position 0 if it is the first
    bool isOriginKnown() const { return m_originKnown; }
    quint32 zero() const { return m_zero; } ///< the sequence number of position 0
    qint64 position(quint32 number) const;  ///< the one with this number that is nearest to end()

    /// Takes in what the newest of the rows carries.
    Carried carry(const FlowRows &rows);
    /// The newest of the rows, of the other end, acknowledges this stream.
    void acknowledge(const FlowRows &rows);

    qint64 end() const { return m_end; }                   ///< behind the last position that was captured
    qint64 acknowledged() const { return m_acknowledged; } ///< the furthest acknowledgement; nothing: none
    qint64 bytes() const { return m_bytes; }               ///< of payload, each counted once
    bool hasGap() const { return !m_gaps.empty(); }        ///< after the first position captured
    std::optional<qint64> finPosition() const { return m_finPosition; }

    std::vector<qsizetype> rowsOf(const FlowRows &rows, qint64 from, qint64 to) const;
    qsizetype firstRowOf(const FlowRows &rows, qint64 position) const; ///< -1: none
    qsizetype ackRowOf(const FlowRows &rows, qint64 end) const;        ///< -1: none
    qint64 acknowledgedBefore(const FlowRows &rows, qsizetype row) const;
    /// A row behind that one carries some of the positions from ≤ p < to again; or so many do that it is not worth
    /// looking.
    bool isRepeated(const FlowRows &rows, qint64 from, qint64 to, qsizetype row) const;

private:
    using Again = std::set<std::pair<qint64, quint32>>; ///< start and row

    qint64 fill(qint64 from, qint64 to);
    Again::const_iterator firstAgain(qint64 from) const;

    quint32 m_zero = 0;
    bool m_hasZero = false;
    bool m_originKnown = false;
    qint64 m_first = 0; ///< what stands before it was not captured
    qint64 m_end = 0;
    qint64 m_acknowledged = nothing;
    qint64 m_bytes = 0;
    std::optional<qint64> m_finPosition;
    std::map<qint64, qint64> m_gaps; ///< from, to: not captured, though something behind it was
    std::vector<quint32> m_forward;  ///< rows that carried something behind all before them: their ends ascend
    Again m_again;                   ///< rows that carried something that does not stand behind all before them
    qint64 m_longestAgain = 0;       ///< the most positions that one of them carries
    std::vector<quint32> m_ackRows;  ///< rows of the other end that acknowledged more than all before them
};
