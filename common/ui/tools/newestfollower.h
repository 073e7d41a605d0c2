// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QScrollBar;

/// Keeps a view at its end while rows are added, until the user scrolls away from there; continues when the user
/// comes back. Part of the view whose vertical scroll bar it moves.
class NewestFollower : public QObject
{
    Q_OBJECT
public:
    explicit NewestFollower(QScrollBar *bar, QObject *parent);

    bool isFollowing() const { return m_isFollowing; }
    void setFollowing(bool following); ///< false: the rows stay where they are until the user scrolls to the end

    /// Whether the rows are live. False: starts at the first row, and follows only once the user has scrolled to the
    /// end.
    void setFollowsNewest(bool follows);
    void restart(); ///< for other rows, from their first

    /// The view has rows up to this value now: stays at the end while following, else goes to value.
    void setRange(int maximum, int pageStep, int value);
    void keepAtEnd(); ///< the same for a view that sets its range itself
    void jumpToNewest();

    bool isMoving() const { return m_isMoving; } ///< the scroll bar moves, but the user has not moved it

signals:
    void followingChanged(bool following);

private:
    void scrolled();

    QScrollBar *m_bar;
    bool m_followsNewest = true;
    bool m_isFollowing = true;
    bool m_isMoving = false;
};
