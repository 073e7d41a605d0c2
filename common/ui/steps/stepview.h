// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/tools/newestfollower.h"

#include <QTableView>

class StepDelegate;

/// The step log: a table that follows its end until the user scrolls up. It shows a hint while it has no step, and
/// touches only the visible rows. Owned by a LogPane.
class StepView : public QTableView
{
    Q_OBJECT
public:
    static constexpr int copyLimit = 100'000; ///< the maximum number of lines that Copy takes

    explicit StepView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    void setEmptyText(const QString &text); ///< shown while there is no step
    bool isFollowing() const { return m_follower.isFollowing(); }
    void setFollowsNewest(bool follows) { m_follower.setFollowsNewest(follows); } ///< as in NewestFollower

    void jumpToNewest();

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
