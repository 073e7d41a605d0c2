// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/laddermodel.h"
#include "ladder/selection.h"
#include "support/laddercases.h"
#include "support/registertest.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

/// What goes together in a window, whichever view's user has selected it.
class TestSelection : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void stepHasNoSegment();
    void segmentBringsItsStep_data();
    void segmentBringsItsStep();
    void segmentThatIsNotShown();
    void rowMayNameAnotherStep();
    void anotherConnectionKeepsTheStep();

private:
    std::unique_ptr<LadderCase> m_case;
    std::unique_ptr<LadderModel> m_model;
    std::unique_ptr<Selection> m_selection;
};

// A row of one kind is none of another kind, nor a number.
static_assert(!std::is_convertible_v<qsizetype, StepRow> && !std::is_convertible_v<StepRow, qsizetype>);
static_assert(!std::is_convertible_v<StepRow, FlowRow> && !std::is_constructible_v<FlowRow, StepRow>);
static_assert(!StepRow().isValid() && StepRow(0).isValid() && StepRow() < StepRow(0));
static_assert((StepRow(3) + 2).value() == 5 && StepRow(5) - StepRow(3) == 2);

void TestSelection::init()
{
    m_selection.reset();
    m_model.reset();
    m_case = std::make_unique<LadderCase>();
    m_model = std::make_unique<LadderModel>(m_case->recording);
    m_selection = std::make_unique<Selection>(*m_model);
    m_case->recording.addSegments(
        SegmentScript().segments(u"c> S, s> SA, c> A, c> PA 24, s> A, s> PA 12, c> A, c> FA, s> A, s> FA, c> A"_s));
    m_case->addSteps(Side::Client, SegmentScript::firstUs);
    m_model->showConnection(1);
}

void TestSelection::stepHasNoSegment()
{
    const QObject log;
    QSignalSpy changed(m_selection.get(), &Selection::changed);
    m_selection->selectSegment(FlowRow(3), &log);
    m_selection->selectStep(StepRow(2), &log);
    QCOMPARE(m_selection->step(), StepRow(2));
    QCOMPARE(m_selection->segment(), FlowRow());
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed.constLast().constFirst().value<const QObject *>(), &log);
}

void TestSelection::segmentBringsItsStep_data()
{
    QTest::addColumn<int>("segment");
    QTest::addColumn<int>("step");
    QTest::newRow("carries [1] Send") << 3 << 1;
    QTest::newRow("acknowledges [1] Send") << 4 << 1;
    QTest::newRow("carries [4] Recv") << 5 << 2;
    QTest::newRow("acknowledges the FIN of [5] Close Socket") << 8 << 3;
    QTest::newRow("the other end's FIN: no step") << 9 << -1;
}

void TestSelection::segmentBringsItsStep()
{
    QFETCH(const int, segment);
    QFETCH(const int, step);
    m_selection->selectSegment(FlowRow(segment), nullptr);
    QCOMPARE(m_selection->segment(), FlowRow(segment));
    QCOMPARE(m_selection->step(), StepRow(step));
}

void TestSelection::segmentThatIsNotShown()
{
    QSignalSpy changed(m_selection.get(), &Selection::changed);
    m_selection->selectSegment(FlowRow(11), nullptr);
    QCOMPARE(changed.size(), 0);
}

void TestSelection::rowMayNameAnotherStep()
{
    m_selection->selectRow(FlowRow(3), StepRow(0), nullptr);
    QCOMPARE(m_selection->segment(), FlowRow(3));
    QCOMPARE(m_selection->step(), StepRow(0));
}

void TestSelection::anotherConnectionKeepsTheStep()
{
    m_selection->selectSegment(FlowRow(3), nullptr);
    m_model->showFlow(-1);
    QCOMPARE(m_selection->segment(), FlowRow());
    QCOMPARE(m_selection->step(), StepRow(1));
}

REGISTER_TEST(TestSelection)
#include "tst_selection.moc"
