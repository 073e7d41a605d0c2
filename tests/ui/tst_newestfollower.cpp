// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/registertest.h"
#include "ui/tools/newestfollower.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

/// NewestFollower stays at the end of a scroll bar until the user scrolls away.
class TestNewestFollower : public QObject
{
    Q_OBJECT
private slots:
    void staysAtTheEnd();
    void stopsWhenTheUserScrollsAway();
    void startsAtTheBeginning();
    void restarts();
};

REGISTER_TEST(TestNewestFollower)

void TestNewestFollower::staysAtTheEnd()
{
    QScrollBar bar;
    NewestFollower follower(&bar, nullptr);
    QSignalSpy changed(&follower, &NewestFollower::followingChanged);
    for (const int maximum : {10, 20, 15}) {
        follower.setRange(maximum, 5, 0);
        QCOMPARE(bar.value(), maximum);
        QCOMPARE(bar.pageStep(), 5);
    }
    bar.setMaximum(30);
    follower.keepAtEnd();
    QCOMPARE(bar.value(), 30);
    QVERIFY(follower.isFollowing());
    QCOMPARE(changed.size(), 0);
}

void TestNewestFollower::stopsWhenTheUserScrollsAway()
{
    QScrollBar bar;
    NewestFollower follower(&bar, nullptr);
    QSignalSpy changed(&follower, &NewestFollower::followingChanged);
    follower.setRange(10, 5, 0);
    bar.setValue(4);
    QVERIFY(!follower.isFollowing());
    follower.setRange(20, 5, bar.value());
    QCOMPARE(bar.value(), 4);
    follower.keepAtEnd();
    QCOMPARE(bar.value(), 4);
    bar.setValue(20);
    QVERIFY(follower.isFollowing());
    bar.setValue(3);
    follower.jumpToNewest();
    QCOMPARE(bar.value(), 20);
    QVERIFY(follower.isFollowing());
    QCOMPARE(changed.size(), 4);
}

void TestNewestFollower::startsAtTheBeginning()
{
    QScrollBar bar;
    NewestFollower follower(&bar, nullptr);
    follower.setFollowsNewest(false);
    follower.setRange(0, 5, 0); // everything is visible: that is not the user's doing
    QVERIFY(!follower.isFollowing());
    follower.setRange(10, 5, 0);
    QCOMPARE(bar.value(), 0);
    bar.setValue(10);
    follower.setRange(12, 5, bar.value());
    QCOMPARE(bar.value(), 12);
}

void TestNewestFollower::restarts()
{
    QScrollBar bar;
    NewestFollower follower(&bar, nullptr);
    follower.setRange(10, 5, 0);
    bar.setValue(4);
    follower.restart();
    QCOMPARE(bar.value(), 0);
    QVERIFY(follower.isFollowing());
    follower.setFollowsNewest(false);
    bar.setValue(10);
    QVERIFY(follower.isFollowing());
    follower.restart();
    QVERIFY(!follower.isFollowing());
}

#include "tst_newestfollower.moc"
