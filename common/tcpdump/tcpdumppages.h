// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flows/flowtable.h"
#include "tcpdumpline.h"

#include <functional>
#include <map>

/// Presents the flows of a capture as pages of tcpdump's lines, and formats lines on demand. Keeps only what the
/// lines need and the flows omit: 12 bytes per segment plus its options (usually 12 more), where a Segment has 128.
/// Only the rare segments with oddities are kept whole. Adding takes amortised constant time. Owned by the class that
/// shows a capture; does not own the table; lives on the same thread.
class TcpdumpPages
{
public:
    explicit TcpdumpPages(const FlowTable &flows);

    /// Begins another capture, as if tcpdump was started again: relative numbers start anew, even for connections
    /// that continue.
    void beginCapture() { m_numbers = {}; }
    /// Adds a segment that the table has taken, with its place. Call this for every segment, in the order of the
    /// capture.
    void append(const Segment &segment, const FlowTable::Place &place);
    void swapEnds(int flow); ///< FlowTable::swapEnds() has swapped them
    /// Appends the line of a segment without a newline, as `tcpdump -S -n` prints it (with isRelative, as `tcpdump
    /// -n` does).
    void appendLine(int flow, qsizetype row, bool isRelative, std::string &to) const;

    /// A segment as it was passed to append(), except for its tunnel, the place of its payload and, without ACK, the
    /// acknowledgement number.
    Segment segmentAt(int flow, qsizetype row) const;

    static constexpr size_t pieceBytes = 65'536;
    /// Passes the page of a flow to write in pieces of about that size: headings and lines, each with a newline. When
    /// write returns false, it is not called again, and print() returns false.
    using Write = std::function<bool(QByteArrayView piece)>;
    bool print(int flow, bool isRelative, const Write &write) const;

private:
    /// What the flows omit about a segment.
    struct Rest {
        quint32 options = 0; ///< where they begin in Page::options
        quint16 urgent = 0;
        quint8 optionBytes = 0;
        quint8 headerBytes = 0;
        quint8 capturedBytes = 0;
        bool isOdd = false; ///< all of it is in m_odd
    };
    /// The origin that applies from this row on.
    struct Origin {
        quint32 row = 0;
        SequenceOrigin numbers;
    };
    /// The page of one flow.
    struct Page {
        std::vector<Rest> rests; ///< by row
        std::vector<quint8> options;
        std::array<std::vector<Origin>, 2> origins; ///< by sender, rows ascending
    };

    SequenceOrigin originAt(int flow, qsizetype row) const;

    const FlowTable &m_flows;
    std::deque<Page> m_pages; ///< by flow
    RelativeNumbers m_numbers;
    std::map<std::pair<int, qsizetype>, Segment> m_odd; ///< by flow and row
};
