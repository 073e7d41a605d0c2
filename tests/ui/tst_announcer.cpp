// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/access/announcer.h"
#include "ui/status/statusline.h"

#include <QAccessible>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace WindowTools;

/// What is announced, and how often.
class TestAnnouncer : public QObject
{
    Q_OBJECT

private slots:
    void isANotification();
    void stepsWithTheirText();
    void manySteps();
    void eventsAreNot();
    void noticesOfTheStatusLine();
    void countdownOnce();

private:
    static Step step(int number);
};

Step TestAnnouncer::step(int number)
{
    Step step;
    step.kind = StepKind::Send;
    step.number = number;
    step.payload = "Hi";
    step.size = 2;
    return step;
}

void TestAnnouncer::isANotification()
{
    QWidget window;
    auto *announcer = new Announcer(&window);
    const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(announcer);
    QCOMPARE(interface->role(), QAccessible::Notification);
}

void TestAnnouncer::stepsWithTheirText()
{
    Announcer announcer(nullptr);
    announcer.announceStep(step(1));
    announcer.announceStep(step(5));
    QTRY_COMPARE(announcer.accessibleName(), u"[1] Send: Hi, [5] Send: Hi"_s);
}

/// A flood is a number, and the texts of its steps are not made.
void TestAnnouncer::manySteps()
{
    Announcer announcer(nullptr);
    for (int i = 0; i < 12'345; ++i)
        announcer.announceStep(step(4 * i + 1));
    QTRY_COMPARE(announcer.accessibleName(), u"12,345 new steps"_s);
    announcer.setIntervalMs(1);
    announcer.announceStep(step(9));
    QTRY_COMPARE(announcer.accessibleName(), u"[9] Send: Hi"_s);
}

void TestAnnouncer::eventsAreNot()
{
    Announcer announcer(nullptr);
    Step event;
    event.kind = StepKind::Listening;
    announcer.announceStep(event);
    announcer.announceStep(step(1));
    QTRY_COMPARE(announcer.accessibleName(), u"[1] Send: Hi"_s);
}

void TestAnnouncer::noticesOfTheStatusLine()
{
    StatusLine line;
    static_cast<QWidget &>(line).show();
    line.announcer().setIntervalMs(1);
    line.setActivity(u"Listening"_s);
    QTRY_COMPARE(line.announcer().accessibleName(), u"Listening"_s);
    line.show({.key = u"held"_s, .kind = Notice::Kind::Holding, .text = u"Held."_s});
    QTRY_COMPARE(line.announcer().accessibleName(), u"Held."_s);
    // Behind another one it is announced, too.
    line.show({.key = u"past"_s, .text = u"Happened."_s});
    QTRY_COMPARE(line.announcer().accessibleName(), u"Happened."_s);
    line.remove(u"past"_s);
    line.setActivity(u"Not listening"_s);
    line.remove(u"held"_s);
    QTRY_COMPARE(line.announcer().accessibleName(), u"Not listening"_s);
}

/// Its text changes all the time.
void TestAnnouncer::countdownOnce()
{
    StatusLine line;
    static_cast<QWidget &>(line).show();
    line.announcer().setIntervalMs(1);
    ConnectionStatus status;
    status.repliesDue = 1;
    status.replyDueUs = StepTime::now().monotonicUs + 60'000'000;
    line.setPending(status);
    QTRY_VERIFY(line.announcer().accessibleName().startsWith(u"Reply due in "_s));
    status.replyDueUs = StepTime::now().monotonicUs + 50'000'000;
    line.setPending(status);
    line.announcer().announceStep(step(1));
    QTRY_COMPARE(line.announcer().accessibleName(), u"[1] Send: Hi"_s);
}

REGISTER_TEST(TestAnnouncer)
#include "tst_announcer.moc"
