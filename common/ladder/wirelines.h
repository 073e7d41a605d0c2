// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "wiresource.h"

#include <set>

struct WireLineTag; // lupdate does not understand them inside the angle brackets
struct WireRowTag;

/// A line of the Wire tab's text.
using WireLine = RowNumber<WireLineTag>;
/// A row that the tab shows: a line, or a fold.
using WireRow = RowNumber<WireRowTag>;

/// The text of the Wire tab: one flow of a Recording under its headings, as --dump-wire prints it, but in one line for
/// each segment. A line is a line of that text; lines are only appended, so their numbers do not change. A row is what
/// the tab shows: a line, or a fold in place of the lines in the middle of a long phase. Neither is stored: texts are
/// made on request, and the cost of adding does not grow. Owned by a pane, on the recording's thread.
class WireLines : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype maxUnfolded = 50; ///< segments of a phase that does not fold
    static constexpr qsizetype keptAtEnds = 10;  ///< segments shown at either end of a longer phase

    enum class Kind { Heading, Segment, Fold };
    struct Row {
        Kind kind = Kind::Segment;
        WireLine firstLine;
        qsizetype lines = 1; ///< of a fold: the lines in it
    };

    explicit WireLines(const Recording &recording, QObject *parent = nullptr);

    void showConnection(int connection); ///< its flow, once known; negative: an attempt; 0: nothing
    void showFlow(int flow);             ///< -1: nothing
    int flow() const { return m_flow; }
    void setRelative(bool relative); ///< numbers as tcpdump prints them without -S
    bool isRelative() const { return m_relative; }
    void setSeenAt(Side end); ///< of an emulated link; the client's, to begin with
    Side seenAt() const { return m_seenAt; }
    bool print(const TcpdumpPages::Write &write) const; ///< the page, as WireSource; nothing if there is no flow

    qsizetype count() const;     ///< of rows
    Row rowAt(WireRow at) const; ///< 0 ≤ at < count()
    QString textOfRow(WireRow row) const;
    WireRow rowOfLine(WireLine at) const; ///< 0 ≤ at < lineCount(); the fold that it is in

    qsizetype lineCount() const { return m_segments + qsizetype(m_headings.size()); }
    QString textOfLine(WireLine line) const;
    FlowRow segmentOfLine(WireLine at) const; ///< invalid: a heading
    /// 0 ≤ segment < the flow's count. Invalid: this end has not seen it, or there is no flow.
    WireLine lineOfSegment(FlowRow segment) const;

    bool isFolding() const { return m_folding; }
    void setFolding(bool folding); ///< true: unfolded phases fold again
    void unfold(WireLine line);    ///< the whole phase, if the line is in a fold

    const Recording &recording() const { return m_recording; }

signals:
    void reset();                  ///< another flow
    void changed(WireRow fromRow); ///< rows from this one on are new or have changed

private:
    /// A heading and the segments under it.
    struct Phase {
        size_t heading = 0;
        qsizetype begin = 0; ///< the segments' rows in the flow
        qsizetype end = 0;
        bool isFolded = false;
        qsizetype firstRow = 0; ///< here; of the heading

        qsizetype rows() const { return 1 + (isFolded ? 2 * keptAtEnds + 1 : end - begin); }
        qsizetype foldRow() const { return firstRow + 1 + keptAtEnds; }
        qsizetype firstLine() const { return begin + qsizetype(heading); } ///< of the heading
    };

    WireSource source() const { return {m_recording, m_flow, m_seenAt}; } ///< m_flow ≥ 0
    std::vector<Phase> phases() const;                                    ///< a handful
    qsizetype indexOfLine(WireLine at) const; ///< among those that are not headings; -1: it is a heading
    WireLine lineOfIndex(qsizetype index) const;
    void update();
    void take();

    const Recording &m_recording;
    int m_connection = 0;
    int m_flow = -1;
    bool m_relative = false;
    bool m_folding = true;
    Side m_seenAt = Side::Client;
    qsizetype m_segments = 0;        ///< lines without headings, at the last changed()
    std::vector<Heading> m_headings; ///< likewise
    std::set<size_t> m_unfolded;     ///< headings whose phases do not fold
};
