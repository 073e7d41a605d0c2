// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "stream/streamreader.h"
#include "ui/access/accessiblerows.h"
#include "ui/tools/newestfollower.h"

#include <QAbstractScrollArea>

class QAction;

/// Shows the rows of a followed stream as text or as a hex dump, with an arrow where a sender's turn begins. Rows of
/// the server have a tinted background. Touches only the rows that it shows. Rows are selected and copied as in a text.
/// Owned by a StreamPane, which also owns the reader.
class StreamView : public QAbstractScrollArea, public AccessibleRows
{
    Q_OBJECT
public:
    static constexpr qsizetype copyLimit = 100'000; ///< the maximum number of rows that Copy takes

    explicit StreamView(StreamReader &reader, QWidget *parent = nullptr);

    void setEmptyText(const QString &text); ///< shown while there are no rows
    void setFollowsNewest(bool follows);    ///< as in NewestFollower

    /// Highlights bytes and scrolls to them; they become the current row. size 0: highlights nothing.
    void showMatch(qint64 place, qint64 size);
    qint64 currentPlace(); ///< the match or the beginning of the current row; -1: nothing is selected
    StreamRow currentRow() const { return m_current; }
    QString rowText(StreamRow row) const; ///< as it is painted, without the arrow

    void copy(); ///< the selected rows, each with a newline
    void selectAll();

signals:
    void segmentSelected(FlowRow segment); ///< by the user: where the turn of the current row begins
    void saveRequested();
    void noted(const QString &sentence); ///< about the user's last command

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
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
    void createActions();
    void rowsReset();
    void rowsChanged();
    void updateRange();
    void select(StreamRow row, bool extend);
    void ensureVisible(StreamRow row);
    void paintRow(QPainter &painter, const QRect &rect, StreamRow row);
    StreamRow rowAt(int y) const; ///< invalid: there is none
    StreamRow topRow() const;
    int rowsShown() const;

    StreamReader &m_reader;
    QString m_emptyText;
    QAction *m_copy = nullptr;
    StreamRow m_current;
    StreamRow m_anchor; ///< the other end of the selection
    StreamRow m_top{0};
    qint64 m_match = 0; ///< place
    qint64 m_matchSize = 0;
    int m_widest = 0; ///< pixels of the rows shown so far
    NewestFollower m_follower;
};
