// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/steps/lineselection.h"
#include "ui/tools/newestfollower.h"
#include "wirelayout.h"
#include "wirerow.h"

#include <QAbstractScrollArea>

#include <vector>

class QAction;
class WireLines;

/// WireLines to look at: monospaced, wrapped with a hanging indent; makes and paints the lines in sight only, and
/// follows the newest until one scrolls up. Lines are selected as in a text, and copied as tcpdump prints them. In
/// the margin stand the segments of the selected step and the acknowledgement that covers them. Owned by a WirePane,
/// which owns the lines too.
class WireView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    static constexpr qsizetype copyLimit = 100'000; ///< lines that Copy takes at most

    explicit WireView(WireLines &lines, QWidget *parent = nullptr);

    void setEmptyText(const QString &text); ///< what stands there while there are no lines

    void setFollowsNewest(bool follows); ///< as in NewestFollower
    bool isFollowing() const { return m_follower.isFollowing(); }
    qsizetype currentLine() const { return m_current; } ///< -1: none
    const LineSelection &selection() const { return m_selection; }
    QAction *foldAction() const { return m_fold; }

    /// The step that was selected elsewhere: marks its segments, and goes to them unless it is there. No signal tells
    /// of it. -1: none.
    void setSelectedStep(qsizetype step);
    void setSelectedSegment(qsizetype segment); ///< likewise; of the flow
    void selectAll();
    void copy(); ///< the selected lines, each with a newline
    void jumpToNewest();

    QRect rowRect(qsizetype row) const; ///< in the viewport; empty where it is not in sight

signals:
    void segmentSelected(qsizetype segment); ///< by the user; the flow's row
    void saveRequested();
    void noted(const QString &sentence); ///< what the user should know of what he asked for
    void followingChanged(bool following);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    enum class Extend { No, Range, Toggle };

    void createActions();
    void linesReset();
    void rowsChanged();
    void updateRange();
    void updateActions();
    void copyRanges(const std::vector<LineSelection::Range> &ranges);
    void ensureVisible(qsizetype row);
    void select(qsizetype row, Extend extend);
    void setCurrent(qsizetype line);
    void goTo(qsizetype line);
    void moveTo(qsizetype row, const QKeyEvent &event);
    WireRowLook lookOf(qsizetype row) const;
    LineSelection::Range rangeOf(qsizetype row) const;
    QChar markOf(LineSelection::Range range) const;
    qsizetype topRow() const;
    WireLayout rows() const;

    WireLines &m_lines;
    QString m_emptyText;
    QAction *m_copy = nullptr;
    QAction *m_copyAll = nullptr;
    QAction *m_save = nullptr;
    QAction *m_fold = nullptr;
    LineSelection m_selection;
    qsizetype m_current = -1; ///< a line
    qsizetype m_anchor = -1;  ///< a line: the other end of what Shift selects
    qsizetype m_topLine = 0;
    std::vector<qsizetype> m_marked; ///< segments of the selected step, ascending
    qsizetype m_markedAck = -1;      ///< the segment that acknowledges it
    NewestFollower m_follower;
};
