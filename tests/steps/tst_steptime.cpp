// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/stepmodel.h"
#include "support/registertest.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// The times in the log: the texts, and where each mode counts from.
class TestStepTime : public QObject
{
    Q_OBJECT

private slots:
    void differences_data();
    void differences();
    void words();
    void modes_data();
    void modes();
    void beginnings_data();
    void beginnings();
};

namespace {

constexpr qint64 wall = 1'795'000'000'000'000;

Step timedStep(StepKind kind, int connection, qint64 us)
{
    Step step;
    step.time = {wall + us, 5'000'000 + us};
    step.kind = kind;
    step.number = kind == StepKind::Send ? 1 : 0;
    step.connection = connection;
    if (step.isMessage())
        step.bytes = 1;
    return step;
}

} // namespace

void TestStepTime::differences_data()
{
    QTest::addColumn<StepTime>("from");
    QTest::addColumn<StepTime>("to");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, StepTime from, StepTime to, const QString &expected) {
        QTest::newRow(name) << from << to << expected;
    };
    row("none", {wall, 7}, {wall, 7}, u"+0.000000"_s);
    row("a microsecond", {wall, 7}, {wall, 8}, u"+0.000001"_s);
    row("more than a second", {wall, 7}, {wall, 1'000'759}, u"+1.000752"_s);
    row("the wall clock was set back", {wall, 7}, {wall - 9'000'000, 8}, u"+0.000001"_s);
    row("no monotonic clock", {wall, 0}, {wall + 2'500'000, 0}, u"+2.500000"_s);
    row("only one has a monotonic clock", {wall, 0}, {wall + 2'500'000, 77}, u"+2.500000"_s);
    row("back in time", {wall, 1'000'010}, {wall, 10}, u"−1.000000"_s);
    row("long", {wall, 7}, {wall, 7 + 9'999'999'999}, u"+9999.999999"_s);
    row("longer", {wall, 7}, {wall, 7 + 10'000'000'999}, u"+10000.000"_s);
    row("a line that is no step", {}, {wall, 7}, {});
    row("after a line that is no step", {wall, 7}, {}, {});
}

void TestStepTime::differences()
{
    QFETCH(const StepTime, from);
    QFETCH(const StepTime, to);
    QTEST(StepTimeText::difference(from, to), "expected");
}

void TestStepTime::words()
{
    for (const TimeMode mode : {TimeMode::Clock, TimeMode::SinceConnection, TimeMode::SincePrevious})
        QCOMPARE(StepTimeText::fromWord(QString(StepTimeText::word(mode))), mode);
    QCOMPARE(StepTimeText::fromWord(u"tea"), TimeMode::Clock);
}

void TestStepTime::modes_data()
{
    QTest::addColumn<TimeMode>("mode");
    QTest::addColumn<int>("connection"); ///< shown; 0: all
    QTest::addColumn<QStringList>("times");
    QTest::newRow("since the connection began")
        << TimeMode::SinceConnection << 0
        << QStringList{{}, u"+0.000000"_s, u"+1.000000"_s, u"+0.000000"_s, u"+3.000000"_s};
    QTest::newRow("since the row before")
        << TimeMode::SincePrevious << 0
        << QStringList{{}, u"+1.000000"_s, u"+1.000000"_s, u"+1.000000"_s, u"+1.000000"_s};
    QTest::newRow("since the row before, of those that are shown")
        << TimeMode::SincePrevious << 1 << QStringList{{}, u"+1.000000"_s, u"+2.000000"_s};
    QTest::newRow("since the connection began, of one")
        << TimeMode::SinceConnection << 1 << QStringList{u"+0.000000"_s, u"+1.000000"_s, u"+3.000000"_s};
}

void TestStepTime::modes()
{
    QFETCH(const TimeMode, mode);
    QFETCH(const int, connection);
    QTemporaryDir folder;
    SessionFile file;
    QVERIFY(file.create(folder.filePath(u"s.jsonl"_s)));
    file.append(timedStep(StepKind::Listening, 0, 1'000'000));
    file.append(timedStep(StepKind::Connected, 1, 2'000'000));
    file.append(timedStep(StepKind::Send, 1, 3'000'000));
    file.append(timedStep(StepKind::Connected, 2, 4'000'000));
    file.append(timedStep(StepKind::Send, 1, 5'000'000));
    StepModel model(file);
    QSignalSpy changed(&model, &StepModel::dataChanged);
    QSignalSpy header(&model, &StepModel::headerDataChanged);
    const QString title = model.headerData(0, Qt::Horizontal).toString();
    model.setTimeMode(mode);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(header.size(), 1);
    QVERIFY(model.headerData(0, Qt::Horizontal).toString() != title);
    QVERIFY(model.headerData(0, Qt::Horizontal, Qt::ToolTipRole).toString().startsWith(u"Seconds since"));
    model.setFilter({.connection = connection});
    QTRY_VERIFY(!model.isSearching());
    QStringList times;
    for (int row = 0; row < model.rowCount(); ++row)
        times.append(model.index(row, 0).data().toString());
    QTEST(times, "times");
}

void TestStepTime::beginnings_data()
{
    QTest::addColumn<bool>("isOpened");
    QTest::newRow("of a file that is written") << false;
    QTest::newRow("of a file that was opened") << true;
}

/// 1,000 connections that overlap: the beginning of each is found, wherever it stands.
void TestStepTime::beginnings()
{
    QFETCH(const bool, isOpened);
    constexpr int connections = 1000;
    QTemporaryDir folder;
    auto file = std::make_unique<SessionFile>();
    const QString path = folder.filePath(u"s.jsonl"_s);
    QVERIFY(file->create(path));
    std::vector<qsizetype> begins{-1};
    for (int connection = 1; connection <= connections; ++connection) {
        begins.push_back(file->count());
        file->append(timedStep(StepKind::Connected, connection, connection));
        for (int old = connection; old > 0 && old > connection - 3; --old)
            file->append(timedStep(StepKind::Send, old, connection));
    }
    if (isOpened) {
        file.reset();
        file = std::make_unique<SessionFile>();
        QVERIFY(file->open(path));
        QTRY_VERIFY(file->isComplete());
    }
    for (int connection = 1; connection <= connections; ++connection)
        QCOMPARE(file->firstRowOf(connection), begins[size_t(connection)]);
    QCOMPARE(file->firstRowOf(0), -1);
    QCOMPARE(file->firstRowOf(connections + 1), -1);
}

REGISTER_TEST(TestStepTime)
#include "tst_steptime.moc"
