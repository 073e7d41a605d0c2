// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "eventloop/timerlist.h"
#include "support/registertest.h"

#include <QTest>

using namespace std::chrono_literals;

/// Times count from the clock's beginning; begin is not a round one.
class TestTimerList : public QObject
{
    Q_OBJECT

private slots:
    void firstTime_data();
    void firstTime();
    void repeats_data();
    void repeats();
    void missedTurnsAreNotMadeUpFor();
    void inTheOrderTheyAreDue();
    void eachOnceATurn();
    void startedDuringATurn();
    void notInItsOwnEvent();
    void removed();
    void removedDuringItsEvent();
    void listed();
    void timeLeft();
    void hugeInterval();

private:
    QList<int> turn(TimerList &list, TimerList::Time now);
    QObject m_object;
};

namespace {

constexpr TimerList::Time begin = 1'234'567'891us;

} // namespace

/// The timers of a turn, in order.
QList<int> TestTimerList::turn(TimerList &list, TimerList::Time now)
{
    QList<int> ids;
    const TimerList::Turn turn = list.turn(now);
    while (const auto due = list.takeDue(turn)) {
        ids.append(due->id);
        list.delivered(due->id);
    }
    return ids;
}

void TestTimerList::firstTime_data()
{
    QTest::addColumn<Qt::TimerType>("type");
    QTest::addColumn<qint64>("interval");
    QTest::addColumn<qint64>("dueUs");
    const auto row = [](const char *name, Qt::TimerType type, qint64 interval, qint64 dueUs) {
        QTest::newRow(name) << type << interval << dueUs;
    };
    row("precise", Qt::PreciseTimer, 7, 1'234'574'891);
    row("precise, at once", Qt::PreciseTimer, 0, 1'234'567'891);
    row("precise, negative", Qt::PreciseTimer, -5, 1'234'567'891);
    row("coarse, at once", Qt::CoarseTimer, 0, 1'234'567'891);
    row("coarse, 10 ms: the nearest even one", Qt::CoarseTimer, 10, 1'234'578'000);
    row("coarse, 40 ms: an even one", Qt::CoarseTimer, 40, 1'234'608'000);
    row("coarse, 200 ms: a multiple of 25", Qt::CoarseTimer, 200, 1'234'775'000);
    row("coarse, 500 ms: a multiple of 50", Qt::CoarseTimer, 500, 1'235'050'000);
    row("coarse, 1 s: a multiple of 100", Qt::CoarseTimer, 1000, 1'235'600'000);
    row("coarse, 10 s: a whole second", Qt::CoarseTimer, 10'000, 1'245'000'000);
    row("coarse, an hour: a whole second", Qt::CoarseTimer, 3'600'000, 4'835'000'000);
    row("very coarse, at once", Qt::VeryCoarseTimer, 0, 1'234'567'891);
    row("very coarse, 1 s", Qt::VeryCoarseTimer, 1000, 1'236'000'000);
    row("very coarse, 10 ms: a second", Qt::VeryCoarseTimer, 10, 1'236'000'000);
    row("very coarse, 2400 ms: two", Qt::VeryCoarseTimer, 2400, 1'237'000'000);
}

void TestTimerList::firstTime()
{
    QFETCH(const Qt::TimerType, type);
    QFETCH(const qint64, interval);
    QFETCH(const qint64, dueUs);
    TimerList list;
    list.add(1, interval, type, &m_object, begin);
    QVERIFY(list.nextDue().has_value());
    QCOMPARE(qint64(*list.nextDue() / 1us), dueUs);
    QCOMPARE(turn(list, *list.nextDue() - 1ns), QList<int>());
    QCOMPARE(turn(list, *list.nextDue()), QList<int>{1});
}

void TestTimerList::repeats_data()
{
    QTest::addColumn<Qt::TimerType>("type");
    QTest::addColumn<qint64>("interval");
    QTest::addColumn<qint64>("offByMs");
    QTest::newRow("precise") << Qt::PreciseTimer << qint64(333) << qint64(0);
    QTest::newRow("coarse") << Qt::CoarseTimer << qint64(333) << qint64(17);
    QTest::newRow("coarse, near a round one") << Qt::CoarseTimer << qint64(1040) << qint64(52);
    QTest::newRow("very coarse") << Qt::VeryCoarseTimer << qint64(3000) << qint64(500);
}

/// Each time is off by no more than its type allows, and errors do not add up.
void TestTimerList::repeats()
{
    QFETCH(const Qt::TimerType, type);
    QFETCH(const qint64, interval);
    QFETCH(const qint64, offByMs);
    TimerList list;
    list.add(1, interval, type, &m_object, begin);
    for (int i = 1; i <= 1000; ++i) {
        const auto due = *list.nextDue();
        const auto off = std::chrono::abs(due - (begin + i * std::chrono::milliseconds(interval)));
        QVERIFY2(off <= std::chrono::milliseconds(offByMs), qPrintable(QString::number(off.count())));
        QCOMPARE(turn(list, due), QList<int>{1});
    }
}

void TestTimerList::missedTurnsAreNotMadeUpFor()
{
    TimerList list;
    list.add(1, 100, Qt::PreciseTimer, &m_object, begin);
    QCOMPARE(turn(list, begin + 1050ms), QList<int>{1});
    QCOMPARE(*list.nextDue(), begin + 1150ms);
    QCOMPARE(turn(list, begin + 1160ms), QList<int>{1}); // a little late
    QCOMPARE(*list.nextDue(), begin + 1250ms);
}

void TestTimerList::inTheOrderTheyAreDue()
{
    TimerList list;
    list.add(1, 30, Qt::PreciseTimer, &m_object, begin);
    list.add(2, 10, Qt::PreciseTimer, &m_object, begin);
    list.add(3, 20, Qt::PreciseTimer, &m_object, begin);
    list.add(4, 10, Qt::PreciseTimer, &m_object, begin);
    QCOMPARE(*list.nextDue(), begin + 10ms);
    QCOMPARE(turn(list, begin + 25ms), (QList<int>{2, 4, 3}));
    QCOMPARE(*list.nextDue(), begin + 30ms);
}

void TestTimerList::eachOnceATurn()
{
    TimerList list;
    for (int id = 1; id <= 3; ++id)
        list.add(id, 0, Qt::PreciseTimer, &m_object, begin);
    list.add(4, 10, Qt::PreciseTimer, &m_object, begin);
    QCOMPARE(turn(list, begin), (QList<int>{1, 2, 3}));
    QCOMPARE(*list.nextDue(), begin);
    QCOMPARE(turn(list, begin + 50ms), (QList<int>{1, 2, 3, 4}));
}

void TestTimerList::startedDuringATurn()
{
    TimerList list;
    list.add(1, 0, Qt::PreciseTimer, &m_object, begin);
    list.add(2, 0, Qt::PreciseTimer, &m_object, begin);
    const TimerList::Turn first = list.turn(begin);
    QCOMPARE(list.takeDue(first)->id, 1);
    list.add(3, 0, Qt::PreciseTimer, &m_object, begin);
    list.delivered(1);
    QCOMPARE(list.takeDue(first)->id, 2);
    list.delivered(2);
    QVERIFY(!list.takeDue(first));
    QCOMPARE(turn(list, begin), (QList<int>{1, 3, 2}));
}

void TestTimerList::notInItsOwnEvent()
{
    TimerList list;
    list.add(1, 0, Qt::PreciseTimer, &m_object, begin);
    list.add(2, 10, Qt::PreciseTimer, &m_object, begin);
    const TimerList::Turn first = list.turn(begin);
    QCOMPARE(list.takeDue(first)->id, 1);
    QCOMPARE(*list.nextDue(), begin + 10ms); // a nested loop may wait for it
    QCOMPARE(turn(list, begin + 10ms), QList<int>{2});
    list.delivered(1);
    QCOMPARE(*list.nextDue(), begin);
    QCOMPARE(turn(list, begin + 10ms), QList<int>{1});
}

void TestTimerList::removed()
{
    TimerList list;
    QObject other;
    list.add(1, 0, Qt::PreciseTimer, &m_object, begin);
    list.add(2, 0, Qt::PreciseTimer, &other, begin);
    list.add(3, 0, Qt::PreciseTimer, &m_object, begin);
    list.add(4, 0, Qt::PreciseTimer, &m_object, begin);
    QVERIFY(list.remove(3));
    QVERIFY(!list.remove(3));
    QVERIFY(list.removeAll(&m_object));
    QVERIFY(!list.removeAll(&m_object));
    QVERIFY(!list.timeLeft(1, begin));
    QCOMPARE(turn(list, begin), QList<int>{2});
    QVERIFY(list.remove(2));
    QVERIFY(!list.nextDue());
}

void TestTimerList::removedDuringItsEvent()
{
    TimerList list;
    list.add(1, 0, Qt::PreciseTimer, &m_object, begin);
    const TimerList::Turn first = list.turn(begin);
    QCOMPARE(list.takeDue(first)->id, 1);
    QVERIFY(list.remove(1));
    list.delivered(1);
    QVERIFY(!list.takeDue(first));
    QVERIFY(!list.nextDue());
}

void TestTimerList::listed()
{
    TimerList list;
    QObject other;
    list.add(1, 1300, Qt::VeryCoarseTimer, &m_object, begin);
    list.add(2, 10, Qt::CoarseTimer, &other, begin);
    list.add(3, 20, Qt::CoarseTimer, &m_object, begin);
    const auto timers = list.of(&m_object);
    QCOMPARE(timers.size(), 2);
    QCOMPARE(timers[0].timerId, 3);
    QCOMPARE(timers[0].interval, 20);
    QCOMPARE(timers[0].timerType, Qt::CoarseTimer);
    QCOMPARE(timers[1].timerId, 1);
    QCOMPARE(timers[1].interval, 1300);
    QCOMPARE(timers[1].timerType, Qt::VeryCoarseTimer);
}

void TestTimerList::timeLeft()
{
    TimerList list;
    list.add(1, 10, Qt::PreciseTimer, &m_object, begin);
    QCOMPARE(list.timeLeft(1, begin + 4ms), 6ms);
    QCOMPARE(list.timeLeft(1, begin + 40ms), 0ms);
    QVERIFY(!list.timeLeft(2, begin));
}

void TestTimerList::hugeInterval()
{
    TimerList list;
    for (const auto type : {Qt::PreciseTimer, Qt::CoarseTimer, Qt::VeryCoarseTimer})
        list.add(int(type) + 1, std::numeric_limits<qint64>::max(), type, &m_object, begin);
    QVERIFY(*list.nextDue() > begin + std::chrono::years(10));
}

REGISTER_TEST(TestTimerList)
#include "tst_timerlist.moc"
