// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/access/accessiblerows.h"
#include "ui/steps/lineselection.h"
#include "ui/tools/newestfollower.h"
#include "wirelayout.h"
#include "wirerow.h"

#include <QAbstractScrollArea>

#include <vector>

class QAction;
class WireLines;

class Selection;

/// Shows WireLines: monospaced, wrapped with a hanging indent. Makes and paints visible lines only, and follows the
/// newest line until the user scrolls up. Lines are selected as in a text, and copied as tcpdump prints them. The
/// margin marks the segments of the selected step and the acknowledgement that covers them. Owned by a WirePane,
/// which also owns the lines.
class WireView : public QAbstractScrollArea, public AccessibleRows
{
    Q_OBJECT
public:
    static constexpr qsizetype copyLimit = 100'000; ///< the most lines that Copy takes

    explicit WireView(WireLines &lines, QWidget *parent = nullptr);

    void setEmptyText(const QString &text); ///< shown while there are no lines

    void setFollowsNewest(bool follows); ///< as in NewestFollower
    bool isFollowing() const { return m_follower.isFollowing(); }
    WireLine currentLine() const { return m_current; } ///< invalid: none
    const LineSelection &selection() const { return m_selection; }
    QAction *foldAction() const { return m_fold; }

    /// For a step that was selected elsewhere: marks its segments, and goes to them unless the current line is one of
    /// them. Emits no signal.
    void setSelectedStep(StepRow step);
    void setSelectedSegment(FlowRow segment); ///< likewise
    /// Connects both ways: what the user selects here is selected there, and what is selected there is shown here.
    void follow(Selection &selection);
    void selectAll();
    void copy(); ///< the selected lines, each with a newline
    void jumpToNewest();

    QRect rowRect(WireRow row) const; ///< in the viewport; empty if it is not visible

signals:
    void segmentSelected(FlowRow segment); ///< by the user
    void saveRequested();
    void noted(const QString &sentence); ///< about the user's last command
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

private: // AccessibleRows
    qsizetype accessibleCount() const override;
    QString accessibleText(qsizetype row) const override;
    QString accessibleDetails(qsizetype row) const override;
    QRect accessibleRect(qsizetype row) const override;
    qsizetype accessibleRowAt(QPoint place) const override;
    qsizetype accessibleCurrent() const override;
    bool isAccessibleSelected(qsizetype row) const override;
    void goToAccessible(qsizetype row) override;

private:
    enum class Extend { No, Range, Toggle };

    void createActions();
    void linesReset();
    void rowsChanged();
    void updateRange();
    void updateActions();
    void copyRanges(const std::vector<LineSelection::Range> &ranges);
    void ensureVisible(WireRow row);
    void select(WireRow row, Extend extend);
    void setCurrent(WireLine line);
    void goTo(WireLine line);
    void moveTo(WireRow row, const QKeyEvent &event);
    WireRowLook lookOf(WireRow row) const;
    LineSelection::Range rangeOf(WireRow row) const;
    QChar markOf(LineSelection::Range range) const;
    WireRow topRow() const;
    WireLayout rows() const;

    WireLines &m_lines;
    QString m_emptyText;
    QAction *m_copy = nullptr;
    QAction *m_copyAll = nullptr;
    QAction *m_save = nullptr;
    QAction *m_fold = nullptr;
    LineSelection m_selection;
    WireLine m_current;
    WireLine m_anchor; ///< the other end of what Shift selects
    WireLine m_topLine{0};
    std::vector<FlowRow> m_marked; ///< of the selected step, ascending
    FlowRow m_markedAck;           ///< that acknowledges it
    NewestFollower m_follower;
};
