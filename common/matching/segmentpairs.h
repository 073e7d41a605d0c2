// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <array>
#include <vector>

/// A captured segment, as far as it is compared with those in the other capture. It carries the positions
/// from ≤ p < to, SYN and FIN included; they are the same in both captures.
struct ComparedSegment {
    qint64 from = 0;
    qint64 to = 0;
    qint64 timeUs = 0;    ///< on the clock of its own capture
    quint64 identity = 0; ///< of a segment that carries nothing: the same in both captures
    quint64 mark = 0;     ///< tells its copies apart: acknowledgement number and timestamps
};

/// A segment, or a part of it, in one or both captures.
struct SegmentPart {
    std::array<qint64, 2> rows{-1, -1}; ///< by capture: an index of the compared segments; -1: that capture lacks it
    qint64 from = 0;
    qint64 to = 0;
    bool isExtra = false; ///< the other capture has fewer copies of it, and each of those belongs to another one
};

/// How much later the second capture has a segment than the first one, each on its own clock.
struct ClockDifference {
    qint64 firstUs = 0; ///< the time in the first capture
    qint64 us = 0;
};

/// Finds which segments of one sender are in both captures of a connection, by what they carry, not by packets: an
/// offloading network device merges segments (TSO, GRO) or splits them, at any border. The borders of both captures
/// are those of segments on the wire, so the parts are the ranges between the borders. A segment that carries nothing
/// (a pure ACK, a RST) has an identity instead.
///
/// Copies are told apart by their marks, unless the marks of most other segments differ between the captures, too
/// (something in between changes them). Copies with the same mark keep their order, and as many as possible have a
/// partner; among these ways the one counts whose differences of time are most like those of the nearest segments
/// without copies. O(n log n): of a segment with more borders inside than maxBorders, the rest is one part, and more
/// than maxCopies copies of the same bytes are only matched by their order.
class SegmentPairs
{
public:
    static constexpr int maxBorders = 64;
    static constexpr size_t maxCopies = 64;

    /// By capture; each in the order of its capture.
    explicit SegmentPairs(const std::array<std::vector<ComparedSegment>, 2> &segments);

    const std::vector<SegmentPart> &parts() const { return m_parts; } ///< in no particular order
    /// Of the segments that begin at the same position as their only possible partner, in the order of the first
    /// capture.
    const std::vector<ClockDifference> &differences() const { return m_differences; }

private:
    /// A range between two borders, in one segment.
    struct Piece {
        quint64 key = 0; ///< equal: may be the same
        quint32 segment = 0;
        quint8 capture = 0;
        bool isExtra = false;
        qint64 from = 0;
        qint64 to = 0;
        qint64 partner = -1; ///< a segment of the other capture
    };
    using Copies = std::array<std::vector<quint32>, 2>; ///< by capture: pieces

    void cut();
    void cut(size_t capture, quint32 segment, const std::vector<qint64> &borders);
    bool areMarksOfUse() const;
    void pair(bool isFirstRound);
    void pairCopies(Copies &copies, bool isFirstRound);
    void pairInOrder(const Copies &copies);
    void join(quint32 first, quint32 second);
    qint64 expectedUs(qint64 firstUs, qint64 otherwise) const;
    void collect();
    const ComparedSegment &segmentOf(const Piece &piece) const { return m_segments[piece.capture][piece.segment]; }
    quint64 markOf(quint32 piece) const { return m_hasMarks ? segmentOf(m_pieces[piece]).mark : 0; }

    const std::array<std::vector<ComparedSegment>, 2> &m_segments;
    std::vector<Piece> m_pieces;
    std::vector<quint32> m_byKey; ///< pieces, by key, capture and place
    bool m_hasMarks = true;
    std::vector<SegmentPart> m_parts;
    std::vector<ClockDifference> m_differences;
};
