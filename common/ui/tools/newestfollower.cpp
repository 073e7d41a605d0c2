// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "newestfollower.h"

#include <QScopedValueRollback>
#include <QScrollBar>

NewestFollower::NewestFollower(QScrollBar *bar, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
{
    connect(bar, &QScrollBar::valueChanged, this, &NewestFollower::scrolled);
}

void NewestFollower::setFollowing(bool following)
{
    if (std::exchange(m_isFollowing, following) != following)
        emit followingChanged(following);
}

void NewestFollower::setFollowsNewest(bool follows)
{
    m_followsNewest = follows;
    setFollowing(follows);
}

void NewestFollower::restart()
{
    setFollowing(m_followsNewest);
    const QScopedValueRollback moving(m_isMoving, true);
    m_bar->setValue(0);
}

void NewestFollower::setRange(int maximum, int pageStep, int value)
{
    {
        const QScopedValueRollback moving(m_isMoving, true);
        m_bar->setRange(0, maximum);
        m_bar->setPageStep(pageStep);
        m_bar->setValue(m_isFollowing ? maximum : value);
    }
    setFollowing(m_isFollowing || (m_followsNewest && m_bar->value() >= maximum));
}

void NewestFollower::keepAtEnd()
{
    if (m_isFollowing)
        m_bar->setValue(m_bar->maximum());
}

void NewestFollower::jumpToNewest()
{
    m_bar->setValue(m_bar->maximum());
    setFollowing(true);
}

void NewestFollower::scrolled()
{
    if (!m_isMoving)
        setFollowing(m_bar->value() >= m_bar->maximum());
}

#include "moc_newestfollower.cpp"
