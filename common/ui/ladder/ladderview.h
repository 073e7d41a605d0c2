// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladder/ladderscroll.h"
#include "picture/ladderpainter.h"
#include "ui/tools/newestfollower.h"

#include <QAbstractScrollArea>

#include <optional>

class LadderModel;
class QMenu;

/// A LadderModel to look at, between a header and a legend that stay: scrolls by rows, lays out and paints those in
/// sight only, follows the newest until one scrolls up. The selected row and the selected step go together: a step
/// brings out its segments and the acknowledgement that covers them. Owned by a pane, which owns the model too.
class LadderView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit LadderView(LadderModel &model, QWidget *parent = nullptr);

    void setEmptyText(const QString &text); ///< what stands there while there are no rows
    void addActionsTo(QMenu *menu);         ///< what a View menu offers

    void setFollowsNewest(bool follows); ///< as in NewestFollower
    void setLegendShown(bool shown);
    bool isLegendShown() const { return m_isLegendShown; }
    bool isFollowing() const { return m_follower.isFollowing(); }
    qsizetype currentRow() const { return m_marks.current; } ///< -1: none
    qsizetype selectedStep() const { return m_marks.step; }  ///< -1: none
    qsizetype topRow() const;
    int zoom() const { return m_zoom; } ///< 0: as large as other text
    void setZoom(int zoom);

    /// Selects a step from outside: no signal tells of it. -1, or a step that is not here: nothing is selected.
    void setSelectedStep(qsizetype step);
    void setCurrentRow(qsizetype row); ///< and the step that goes with it
    void jumpToNewest();

    /// What is seen now; coordinates of the viewport.
    const LadderScene &scene() const;

signals:
    void rowSelected(qsizetype row);
    void stepSelected(qsizetype step);       ///< its index in the Recording
    void segmentSelected(qsizetype segment); ///< the row of the model's flow
    void followingChanged(bool following);

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void createActions();
    void setUpLayout();
    void modelReset();
    void rowsChanged(qsizetype fromRow);
    void updateRange();
    void fitRange();
    void ensureVisible(qsizetype row);
    void select(qsizetype row, qsizetype step, bool tell);
    void markStep(qsizetype step);
    qsizetype stepThatGoesWith(qsizetype row) const;
    void setHovered(qsizetype row);
    void forgetScene();
    double legendTop() const;         ///< in pixels; the bottom where there is none
    bool isAmongRows(double y) const; ///< neither in the header nor in the legend
    LadderScroll scroll() const;
    LadderColumns::Content content() const;
    QFont zoomedFont() const;

    LadderModel &m_model;
    TextMetrics m_metrics;
    std::optional<QFont>
        m_measuredFont; ///< whose metrics they are: none before it is shown, since measuring takes milliseconds
    std::optional<LadderLayout> m_layout;
    std::optional<LadderPainter> m_painter;
    std::optional<LadderScene> m_legend;
    LadderMarks m_marks;
    QString m_emptyText;
    std::pair<int, int> m_shown{0, -1}; ///< the connection and its flow
    int m_zoom = 0;
    int m_turned = 0; ///< of the wheel, what is not yet a notch
    bool m_isLegendShown = false;
    NewestFollower m_follower;
    bool m_rangeIsOld = false; ///< of the scroll bar: the ladder is not seen
    mutable std::optional<LadderScene> m_scene;
};
