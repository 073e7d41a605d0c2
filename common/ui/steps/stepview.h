// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/tools/newestfollower.h"

#include <QTableView>

class StepDelegate;

/// The step log: a table that follows its tail until the user scrolls up, says what will come while it has no step, and
/// touches only the rows it shows. Owned by a LogPane.
class StepView : public QTableView
{
    Q_OBJECT
public:
    static constexpr int copyLimit = 100'000; ///< lines that Copy takes at most

    explicit StepView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    void setEmptyText(const QString &text); ///< what stands there while there is no step
    bool isFollowing() const { return m_follower.isFollowing(); }
    void setFollowsNewest(bool follows) { m_follower.setFollowsNewest(follows); } ///< as in NewestFollower

    void jumpToNewest();
    void copyLines(); ///< the selected rows, their columns separated by tabs

signals:
    void followingChanged(bool following);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void setUpColumns();
    bool hasStep() const;

    QString m_emptyText;
    StepDelegate *m_delegate;
    NewestFollower m_follower;
};
