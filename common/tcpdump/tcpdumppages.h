// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flows/flowtable.h"
#include "tcpdumpline.h"

#include <functional>
#include <map>

/// The flows of a capture as pages of tcpdump's lines, which are made when asked for. Keeps what the lines need and the flows leave out: 12
/// bytes a segment and its options (usually 12 more), where a Segment has 128; only the rare ones with oddities are kept as they
/// are. Adding is amortised constant. Owned by what shows a capture; does not own the table; same thread.
class TcpdumpPages
{
public:
    explicit TcpdumpPages(const FlowTable &flows);

    /// Another capture begins, as by a tcpdump that is started again: relative numbers begin anew, also of connections that go on.
    void beginCapture() { m_numbers = {}; }
    /// A segment that the table has taken, and where to. Every one, in the order of the capture.
    void append(const Segment &segment, const FlowTable::Place &place);
    /// Appends the line of a segment, as `tcpdump -S -n` prints it (isRelative: as `tcpdump -n` does), without a newline.
    void appendLine(int flow, qsizetype row, bool isRelative, QByteArray &to) const;

    /// Hands out the page of a flow, headings and lines, each with a newline, in pieces of some 64 KiB. False: write said so, and was not
    /// called again.
    using Write = std::function<bool(const QByteArray &piece)>;
    bool print(int flow, bool isRelative, const Write &write) const;

private:
    /// Of a segment.
    struct Rest {
        quint32 options = 0; ///< where they begin in Page::options
        quint16 urgent = 0;
        quint8 optionBytes = 0;
        quint8 headerBytes = 0;
        quint8 capturedBytes = 0;
        bool isOdd = false; ///< all of it is in m_odd
    };
    /// What is subtracted from this row on.
    struct Origin {
        quint32 row = 0;
        SequenceOrigin numbers;
    };
    /// Of a flow.
    struct Page {
        std::vector<Rest> rests; ///< by row
        std::vector<quint8> options;
        std::array<std::vector<Origin>, 2> origins; ///< by sender, rows ascending
    };

    Segment segmentAt(int flow, qsizetype row) const;
    SequenceOrigin originAt(int flow, qsizetype row) const;

    const FlowTable &m_flows;
    std::deque<Page> m_pages; ///< by flow
    RelativeNumbers m_numbers;
    std::map<std::pair<int, qsizetype>, Segment> m_odd; ///< by flow and row
};
