// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/sessionfile.h"
#include "steps/stepfinder.h"
#include "support/registertest.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

using Direction = StepFinder::Direction;

class TestStepFinder : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void finds_data();
    void finds();
    void removedFile();
    void cancelled();

private:
    void fill(int rows, const QList<int> &needles);

    QTemporaryDir m_folder;
    std::unique_ptr<SessionFile> m_file;
};

void TestStepFinder::init()
{
    m_file = std::make_unique<SessionFile>();
    QVERIFY(m_file->create(m_folder.filePath(u"session.jsonl"_s)));
}

void TestStepFinder::fill(int rows, const QList<int> &needles)
{
    for (int row = 0; row < rows; ++row) {
        Step step;
        step.kind = StepKind::Send;
        step.number = 1;
        step.connection = 1;
        step.payload = needles.contains(row) ? "needle" : "hay";
        step.size = step.payload.size();
        step.bytes = step.size + 1;
        m_file->append(step);
    }
}

void TestStepFinder::finds_data()
{
    QTest::addColumn<QList<int>>("needles");
    QTest::addColumn<int>("from");
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<int>("expected"); ///< -1: nothing
    QTest::addColumn<bool>("isWrapped");
    const auto row = [](const char *name, const QList<int> &needles, int from, Direction direction, int expected,
                        bool isWrapped = false) {
        QTest::newRow(name) << needles << from << direction << expected << isWrapped;
    };
    using enum StepFinder::Direction;
    row("next", {10, 20, 30}, 10, Forward, 20);
    row("previous", {10, 20, 30}, 20, Backward, 10);
    row("next, far away", {10, 19'000}, 10, Forward, 19'000);
    row("previous, far away", {10, 19'000}, 19'000, Backward, 10);
    row("next, around the end", {10, 20}, 20, Forward, 10, true);
    row("previous, around the beginning", {10, 20}, 10, Backward, 20, true);
    row("the only one is the current one, forward", {10}, 10, Forward, 10, true);
    row("the only one is the current one, backward", {10}, 10, Backward, 10, true);
    row("no current row, forward", {0, 10}, -1, Forward, 0);
    row("no current row, backward", {10, 19'999}, -1, Backward, 19'999);
    row("not in the range", {3, 19'999}, 10, Forward, 19'999);
    row("nothing forward", {}, 10, Forward, -1);
    row("nothing backward", {}, 10, Backward, -1);
    row("just beside a chunk's end", {4'106, 4'107}, 10, Forward, 4'106);
    row("just beside a chunk's beginning", {15'904, 15'903}, 20'000, Backward, 15'904);
}

/// Also of rows that are not on disk yet.
void TestStepFinder::finds()
{
    QFETCH(const QList<int>, needles);
    QFETCH(const int, from);
    QFETCH(const Direction, direction);
    QFETCH(const int, expected);
    fill(20'000, needles);
    for (const bool isOnDisk : {false, true}) {
        if (isOnDisk)
            m_file->flush();
        StepFinder finder(*m_file);
        QSignalSpy found(&finder, &StepFinder::found);
        QSignalSpy notFound(&finder, &StepFinder::notFound);
        finder.find({.sought = TextPattern::ofText(u"needle"_s)}, {0, m_file->count()}, from, direction);
        QVERIFY(finder.isRunning());
        QTRY_COMPARE(found.size() + notFound.size(), 1);
        QVERIFY(!finder.isRunning());
        QCOMPARE(found.isEmpty() ? -1 : found[0][0].toInt(), expected);
        if (!found.isEmpty())
            QTEST(found[0][1].toBool(), "isWrapped");
    }
}

/// No other thread can read it, but the program still can.
void TestStepFinder::removedFile()
{
    fill(10'000, {9'000});
    m_file->flush();
    QVERIFY(QFile::remove(m_file->path()));
    StepFinder finder(*m_file);
    QSignalSpy found(&finder, &StepFinder::found);
    QSignalSpy progressed(&finder, &StepFinder::progressed);
    finder.find({.sought = TextPattern::ofText(u"needle"_s)}, {0, m_file->count()}, 0, Direction::Forward);
    QTRY_COMPARE(found.size(), 1);
    QCOMPARE(found[0][0].toInt(), 9'000);
    QCOMPARE(progressed.size(), 2);
}

void TestStepFinder::cancelled()
{
    fill(20'000, {5, 19'000});
    m_file->flush();
    StepFinder finder(*m_file);
    QSignalSpy found(&finder, &StepFinder::found);
    const StepFilter filter{.sought = TextPattern::ofText(u"needle"_s)};
    finder.find(filter, {0, m_file->count()}, 5, Direction::Forward);
    finder.cancel();
    QVERIFY(!finder.isRunning());
    finder.find(filter, {0, 100}, 6, Direction::Backward);
    QTRY_VERIFY(!finder.isRunning());
    QCOMPARE(found.size(), 1);
    QCOMPARE(found[0][0].toInt(), 5);
}

REGISTER_TEST(TestStepFinder)
#include "tst_stepfinder.moc"
