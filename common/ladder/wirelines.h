// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "recording.h"

#include <set>

/// The Wire tab's text: one flow of a Recording under its headings, as --dump-wire prints it. A line is one of that
/// text; lines are never inserted before others, so that their numbers stay. A row is what is shown: a line, or in
/// their place the many lines in the middle of a long phase, folded. Nothing is kept for either: texts are made when
/// asked for, and adding costs the same however much is there. Owned by a pane, on the recording's thread.
class WireLines : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype mostUnfolded = 50; ///< segments of a phase that are all shown
    static constexpr qsizetype keptAtEnds = 10;   ///< segments at either end of a longer one

    enum class Kind { Heading, Segment, Fold };
    struct Row {
        Kind kind = Kind::Segment;
        qsizetype firstLine = 0;
        qsizetype lines = 1; ///< of a fold: how many
    };

    explicit WireLines(const Recording &recording, QObject *parent = nullptr);

    void showConnection(int connection); ///< its flow, once that is known; less than 0: an attempt's; 0: nothing
    void showFlow(int flow);             ///< -1: nothing
    int flow() const { return m_flow; }
    void setRelative(bool relative); ///< numbers as tcpdump prints them without -S
    bool isRelative() const { return m_relative; }

    qsizetype count() const;        ///< of rows
    Row rowAt(qsizetype row) const; ///< 0 ≤ row < count()
    QString textOfRow(qsizetype row) const;
    qsizetype rowOfLine(qsizetype line) const; ///< 0 ≤ line < lineCount(); the fold that it is in

    qsizetype lineCount() const { return m_segments + qsizetype(m_headings.size()); }
    QString textOfLine(qsizetype line) const;
    qsizetype segmentOfLine(qsizetype line) const;    ///< the flow's row; -1: a heading
    qsizetype lineOfSegment(qsizetype segment) const; ///< 0 ≤ segment < the flow's count

    bool isFolding() const { return m_folding; }
    void setFolding(bool folding); ///< true: what was unfolded folds again
    void unfold(qsizetype line);   ///< if it is in a fold: the whole phase

    const Recording &recording() const { return m_recording; }

signals:
    void reset();                    ///< another flow
    void changed(qsizetype fromRow); ///< rows from this one on are new or not as before

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

    std::vector<Phase> phases() const; ///< a handful
    void update();
    void take();

    const Recording &m_recording;
    int m_connection = 0;
    int m_flow = -1;
    bool m_relative = false;
    bool m_folding = true;
    qsizetype m_segments = 0;        ///< of the flow, as of the last change that was told
    std::vector<Heading> m_headings; ///< likewise
    std::set<size_t> m_unfolded;     ///< headings whose phases do not fold
};
