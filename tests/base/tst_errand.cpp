// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "base/errand.h"
#include "support/registertest.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <memory>

/// Work that returns, and work that does not.
class TestErrand : public QObject
{
    Q_OBJECT

private slots:
    void answersHere();
    void isGivenUp_data();
    void isGivenUp();
    void waits();
};

namespace {

/// Work that blocks until it is released.
struct Held {
    std::shared_ptr<QSemaphore> isBegun = std::make_shared<QSemaphore>();
    std::shared_ptr<QSemaphore> mayEnd = std::make_shared<QSemaphore>();

    Errand::Answer operator()() const
    {
        isBegun->release();
        mayEnd->acquire();
        return [] { QFAIL("nobody wants to know"); };
    }
};

} // namespace

void TestErrand::answersHere()
{
    Errand errand;
    QThread *there = nullptr;
    QThread *here = nullptr;
    errand.send([&]() -> Errand::Answer {
        there = QThread::currentThread();
        return [&] { here = QThread::currentThread(); };
    });
    QVERIFY(errand.isOut());
    QTRY_VERIFY(here);
    QCOMPARE(here, QThread::currentThread());
    QVERIFY(there != here);
    QVERIFY(!errand.isOut());
    QTRY_VERIFY(!Errand::isAnyOut());
}

void TestErrand::isGivenUp_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("by a word") << "word";
    QTest::newRow("for another one") << "other";
    QTest::newRow("by its end") << "end";
}

void TestErrand::isGivenUp()
{
    QFETCH(const QString, how);
    const Held held;
    bool isAnswered = false;
    auto errand = std::make_unique<Errand>();
    errand->send(held);
    held.isBegun->acquire();
    if (how == "word")
        errand->giveUp();
    else if (how == "other")
        errand->send([&]() -> Errand::Answer { return [&] { isAnswered = true; }; });
    else
        errand.reset();
    QTRY_COMPARE(isAnswered, how == "other");
    QVERIFY(!errand || !errand->isOut());
    QVERIFY(Errand::isAnyOut());
    held.mayEnd->release();
    QTRY_VERIFY(!Errand::isAnyOut());
    QCoreApplication::sendPostedEvents(); // no answer may arrive
}

void TestErrand::waits()
{
    const Held held;
    Errand errand;
    QVERIFY(errand.wait(0));
    errand.send(held);
    held.isBegun->acquire();
    QVERIFY(!errand.wait(1));
    held.mayEnd->release();
    QVERIFY(errand.wait(-1));
    errand.giveUp();
}

REGISTER_TEST(TestErrand)
#include "tst_errand.moc"
