// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladder/ladderscroll.h"
#include "picture/ladderpainter.h"
#include "ui/access/accessiblerows.h"
#include "ui/tools/newestfollower.h"

#include <QAbstractScrollArea>

#include <optional>

class LadderModel;
class QAction;
class QMenu;
class Selection;

/// Shows a LadderModel between a fixed header and a fixed legend: scrolls by rows, lays out and paints visible rows
/// only, and follows the newest row until the user scrolls up. The selected step's segments are highlighted, and the
/// acknowledgement that covers them. Owned by a pane, which also owns the model.
class LadderView : public QAbstractScrollArea, public AccessibleRows
{
    Q_OBJECT
public:
    explicit LadderView(LadderModel &model, QWidget *parent = nullptr);

    void setEmptyText(const QString &text); ///< shown while there are no rows
    void addActionsTo(QMenu *menu);         ///< of the View menu

    void setFollowsNewest(bool follows); ///< as in NewestFollower
    void setLegendShown(bool shown);
    bool isLegendShown() const { return m_isLegendShown; }
    bool isFollowing() const { return m_follower.isFollowing(); }
    LadderModel &model() const { return m_model; }
    LadderIndex currentRow() const { return m_marks.current; } ///< invalid: none
    StepRow selectedStep() const { return m_marks.step; }      ///< invalid: none
    LadderIndex topRow() const;
    int zoom() const { return m_zoom; } ///< 0: the size of other text
    void setZoom(int zoom);

    /// Connects both ways: what the user selects here is selected there, and what is selected there is shown here.
    void follow(Selection &selection);
    /// Selects a step without a signal. If it is invalid or not in this ladder, nothing is selected.
    void setSelectedStep(StepRow step);
    void setCurrentRow(LadderIndex row); ///< and the step that goes with it, as if the user had selected it
    void jumpToNewest();

    /// What is visible now, in viewport coordinates.
    const LadderScene &scene() const;

signals:
    /// By the user. The segment is one of the model's flow; it and the step are invalid if the row has none.
    void rowSelected(LadderIndex row, FlowRow segment, StepRow step);
    void currentRowChanged();
    void followingChanged(bool following);
    void swapEndsRequested(int flow); ///< of the model's flow

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
    void createActions();
    void updateSwapEnds();
    void setUpLayout();
    void modelReset();
    void rowsChanged(LadderIndex fromRow);
    void updateRange();
    void fitRange();
    void ensureVisible(LadderIndex row);
    void select(LadderIndex row, StepRow step);
    void selectAndTell(LadderIndex row, StepRow step);
    void markStep(StepRow step);
    void setHovered(LadderIndex row);
    void forgetScene();
    double legendTop() const;         ///< in pixels; the bottom if there is no legend
    bool isAmongRows(double y) const; ///< neither in the header nor in the legend
    LadderScroll scroll() const;
    LadderColumns::Content content() const;
    QFont zoomedFont() const;

    LadderModel &m_model;
    TextMetrics m_metrics;
    std::optional<QFont> m_measuredFont; ///< of m_metrics; none until the view is shown: measuring takes milliseconds
    std::optional<LadderLayout> m_layout;
    std::optional<LadderPainter> m_painter;
    std::optional<LadderScene> m_legend;
    LadderMarks m_marks;
    FlowRow m_currentSegment; ///< of the current row: other rows may move it
    QString m_emptyText;
    QList<QAction *> m_viewActions; ///< without those of the packets
    QAction *m_swapEnds = nullptr;
    std::pair<int, int> m_shown{0, -1}; ///< the connection and its flow
    int m_zoom = 0;
    int m_turned = 0; ///< by the wheel, less than a notch
    bool m_isLegendShown = false;
    NewestFollower m_follower;
    bool m_rangeIsOld = false; ///< of the scroll bar, while the ladder is hidden
    mutable std::optional<LadderScene> m_scene;
};
