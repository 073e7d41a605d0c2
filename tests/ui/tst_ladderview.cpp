// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/laddermodel.h"
#include "picture/colors.h"
#include "support/amounts.h"
#include "support/laddercases.h"
#include "support/painted.h"
#include "support/registertest.h"
#include "ui/ladder/ladderview.h"

#include <QAction>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace Qt::Literals::StringLiterals;

/// The ladder with mouse and keyboard.
class TestLadderView : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void empty();
    void clickOnStep();
    void clickOnAcknowledgement();
    void stepFromOutside();
    void segmentsOfTheSelectedStepComeLater();
    void currentRowFollowsItsStep();
    void currentRowIsLeftWhereOthersCome();
    void keys();
    void followsUntilScrolledUp();
    void beginsWithTheFirstRow();
    void clipsNothingUnderItsHeader();
    void legend();
    void legendOfAShortView();
    void zoom();
    void hover();
    void otherNumbersKeepThePlace();
    void anotherConnection();
    void measuresItsFontWhenShown();
    void followsWhileItIsHidden();
    void contrast_data();
    void contrast();
    void swapEnds();
    void millionRows();

private:
    void useConversation();
    bool paintsEachRow() const;
    QPoint middleOf(LadderLabel::Kind kind, qsizetype step) const;

    std::unique_ptr<LadderCase> m_case;
    std::unique_ptr<LadderModel> m_model;
    std::unique_ptr<LadderView> m_view;
};

namespace {

QPalette dark()
{
    QPalette palette(QColor(45, 45, 48));
    palette.setColor(QPalette::Base, QColor(30, 30, 32));
    palette.setColor(QPalette::Highlight, QColor(48, 110, 190));
    return palette;
}

} // namespace

void TestLadderView::init()
{
    m_view.reset();
    m_model.reset();
    m_case = std::make_unique<LadderCase>();
    m_model = std::make_unique<LadderModel>(m_case->recording);
    m_view = std::make_unique<LadderView>(*m_model);
    m_view->resize(700, 400);
    m_view->show();
    m_view->setFocus();
}

void TestLadderView::useConversation()
{
    m_case->recording.addSegments(SegmentScript().segments(conversation));
    m_case->addSteps(Side::Client, SegmentScript::firstUs);
    m_model->showConnection(1);
    m_view->verticalScrollBar()->setValue(0);
}

QPoint TestLadderView::middleOf(LadderLabel::Kind kind, qsizetype step) const
{
    for (const LadderLabel &label : m_view->scene().labels) {
        if (label.kind == kind && label.step == StepRow(step))
            return label.rect.center().toPoint();
    }
    return {-1, -1};
}

/// Is something painted where the rows in sight are, besides the lifelines?
bool TestLadderView::paintsEachRow() const
{
    const QImage image = Painted::image(*m_view->viewport());
    return !m_view->scene().rows.empty() && std::ranges::all_of(m_view->scene().labels, [&](const LadderLabel &label) {
        const QRect place = label.rect.toAlignedRect() & image.rect();
        return place.height() < label.rect.height() || !Painted::rect(image, place).isEmpty();
    });
}

void TestLadderView::empty()
{
    QVERIFY(Painted::rect(Painted::image(*m_view->viewport())).isEmpty());
    m_view->setEmptyText(u"Segments appear here."_s);
    const QRect text = Painted::rect(Painted::image(*m_view->viewport()));
    QVERIFY(!text.isEmpty());
    QVERIFY(text.contains(m_view->viewport()->rect().center()));
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, {100, 200});
    QCOMPARE(m_view->currentRow(), LadderIndex());
    m_view->setSelectedStep(StepRow(5));
    QCOMPARE(m_view->selectedStep(), StepRow());
}

void TestLadderView::clickOnStep()
{
    useConversation();
    QSignalSpy rows(m_view.get(), &LadderView::rowSelected);
    m_view->resize(700, 900);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, middleOf(LadderLabel::Kind::Step, 1));
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0][0].value<LadderIndex>(), LadderIndex(3));
    QCOMPARE(rows[0][1].value<FlowRow>(), FlowRow(3));
    QCOMPARE(rows[0][2].value<StepRow>(), StepRow(1));
    QCOMPARE(m_view->currentRow(), LadderIndex(3));
    QCOMPARE(m_view->selectedStep(), StepRow(1));
}

void TestLadderView::clickOnAcknowledgement()
{
    useConversation();
    m_view->resize(700, 900);
    QSignalSpy rows(m_view.get(), &LadderView::rowSelected);
    for (const LadderArrow &arrow : m_view->scene().arrows) {
        if (arrow.row == LadderIndex(8)) { // acknowledges the FIN
            QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, ((arrow.tail + arrow.head) / 2).toPoint());
            break;
        }
    }
    QCOMPARE(m_view->currentRow(), LadderIndex(8));
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0][2].value<StepRow>(), StepRow(3)); // [5] Close Socket
}

void TestLadderView::stepFromOutside()
{
    useConversation();
    QSignalSpy rows(m_view.get(), &LadderView::rowSelected);
    m_view->setSelectedStep(StepRow(3));
    QCOMPARE(m_view->selectedStep(), StepRow(3));
    QCOMPARE(m_view->currentRow(), LadderIndex(7));
    const auto &shown = m_view->scene().rows;
    const auto place = std::ranges::find(shown, LadderIndex(7), &LadderRowPlace::row);
    QVERIFY(place != shown.end());
    QVERIFY(place->bottom <= m_view->viewport()->height() + 2);
    m_view->setSelectedStep({});
    QCOMPARE(m_view->currentRow(), LadderIndex());
    QCOMPARE(rows.size(), 0);
}

void TestLadderView::segmentsOfTheSelectedStepComeLater()
{
    m_case->addSteps(Side::Client, SegmentScript::firstUs);
    m_model->showConnection(1);
    m_view->setSelectedStep(StepRow(1));
    const LadderIndex before = m_view->currentRow();
    m_case->recording.addSegments(SegmentScript().segments(conversation));
    QCOMPARE(m_view->selectedStep(), StepRow(1));
    QCOMPARE(m_view->currentRow(), LadderIndex(3));
    QVERIFY(before != LadderIndex(3));
}

/// The ladder already exists, and only its rows move.
void TestLadderView::currentRowFollowsItsStep()
{
    const auto segments = SegmentScript().segments(conversation);
    m_case->recording.addSegments({segments.begin(), segments.begin() + 3});
    m_case->addSteps(Side::Client, SegmentScript::firstUs);
    m_model->showConnection(1);
    m_view->setSelectedStep(StepRow(3)); // [5] Close Socket
    QCOMPARE(m_view->currentRow(), LadderIndex(5));
    m_case->recording.addSegments({segments.begin() + 3, segments.end()});
    QCOMPARE(m_view->selectedStep(), StepRow(3));
    QCOMPARE(m_view->currentRow(), LadderIndex(7));
}

void TestLadderView::currentRowIsLeftWhereOthersCome()
{
    const auto segments = SegmentScript().segments(conversation);
    m_case->recording.addSegments({segments.begin(), segments.begin() + 9});
    m_case->addSteps(Side::Client, SegmentScript::firstUs);
    m_model->showConnection(1);
    m_view->setCurrentRow(LadderIndex(8)); // acknowledges the FIN of [5] Close Socket
    QCOMPARE(m_view->selectedStep(), StepRow(3));
    m_case->recording.addSegments({segments.begin() + 9, segments.end()});
    QCOMPARE(m_view->currentRow(), LadderIndex(8));
}

void TestLadderView::keys()
{
    useConversation();
    QSignalSpy rows(m_view.get(), &LadderView::rowSelected);
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QCOMPARE(m_view->currentRow(), LadderIndex(0));
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QCOMPARE(m_view->currentRow(), LadderIndex(0));
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(m_view.get(), Qt::Key_Down);
    QCOMPARE(m_view->currentRow(), LadderIndex(3));
    QCOMPARE(m_view->selectedStep(), StepRow(1));
    QTest::keyClick(m_view.get(), Qt::Key_PageDown);
    QVERIFY(m_view->currentRow() > LadderIndex(4));
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QCOMPARE(m_view->currentRow(), LadderIndex(10));
    QVERIFY(m_view->isFollowing());
    QTest::keyClick(m_view.get(), Qt::Key_PageUp);
    QVERIFY(m_view->currentRow() < LadderIndex(9));
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QCOMPARE(m_view->topRow(), LadderIndex(0));
    QCOMPARE(rows.last()[0].value<LadderIndex>(), LadderIndex(0));
}

void TestLadderView::followsUntilScrolledUp()
{
    const auto segments = SegmentScript().segments(conversation);
    m_case->recording.addSegments({segments.begin(), segments.begin() + 8});
    m_model->showFlow(0);
    QVERIFY(m_view->isFollowing());
    QSignalSpy following(m_view.get(), &LadderView::followingChanged);
    m_case->recording.addSegments({segments[8]});
    QCOMPARE(m_view->verticalScrollBar()->value(), m_view->verticalScrollBar()->maximum());
    QCOMPARE(m_view->scene().rows.back().row, LadderIndex(8));
    QCOMPARE(following.size(), 0);
    m_view->verticalScrollBar()->setValue(10);
    QVERIFY(!m_view->isFollowing());
    m_case->recording.addSegments({segments[9]});
    QCOMPARE(m_view->verticalScrollBar()->value(), 10);
    m_view->jumpToNewest();
    m_case->recording.addSegments({segments[10]});
    QCOMPARE(m_view->scene().rows.back().row, LadderIndex(10));
    m_view->verticalScrollBar()->setValue(10);
    QVERIFY(!m_view->isFollowing());
    m_view->resize(700, 3000); // enough room for all rows
    QVERIFY(m_view->isFollowing());
}

/// Reading a file starts at its beginning. If the user scrolls to the end, the view follows new rows.
void TestLadderView::beginsWithTheFirstRow()
{
    m_view->setFollowsNewest(false);
    const auto segments = SegmentScript().segments(conversation);
    m_model->showFlow(-1);
    m_case->recording.addSegments({segments.begin(), segments.begin() + 2});
    m_model->showFlow(0);
    m_case->recording.addSegments({segments.begin() + 2, segments.begin() + 9});
    QVERIFY(m_view->verticalScrollBar()->maximum() > 0);
    QCOMPARE(m_view->verticalScrollBar()->value(), 0);
    QVERIFY(!m_view->isFollowing());
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QVERIFY(m_view->isFollowing());
    m_case->recording.addSegments({segments.begin() + 9, segments.end()});
    QCOMPARE(m_view->scene().rows.back().row, LadderIndex(10));
    m_model->showFlow(-1);
    m_model->showFlow(0);
    QCOMPARE(m_view->verticalScrollBar()->value(), 0);
}

void TestLadderView::clipsNothingUnderItsHeader()
{
    useConversation();
    m_view->resize(700, 330);
    const double header = m_view->scene().rows.front().top;
    const auto topIsWhole = [this, header] { return m_view->scene().rows.front().top == header; };
    for (const qsizetype step : {3, 2, 1, 2, 3}) {
        m_view->setSelectedStep(StepRow(step));
        QVERIFY(topIsWhole());
        QCOMPARE(m_view->selectedStep(), StepRow(step));
    }
    m_view->jumpToNewest();
    QVERIFY(topIsWhole());
    m_view->verticalScrollBar()->setValue(0);
    for (int notches = 1; notches < 5; ++notches) {
        QWheelEvent wheel({50, 200}, m_view->mapToGlobal(QPoint(50, 200)), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view->viewport(), &wheel);
        QCOMPARE(m_view->topRow(), LadderIndex(notches)); // a notch is a row
        QVERIFY(topIsWhole());
    }
}

void TestLadderView::legend()
{
    useConversation();
    const double bottom = m_view->scene().rows.back().bottom;
    QVERIFY(!m_view->isLegendShown());
    m_view->setLegendShown(true);
    const LadderRowPlace &last = m_view->scene().rows.back();
    QVERIFY(last.bottom < bottom || last.top < m_view->viewport()->height() - 3 * m_view->scene().unit);
    const QPoint inLegend(300, m_view->viewport()->height() - 4);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, inLegend);
    QCOMPARE(m_view->currentRow(), LadderIndex());
    m_view->jumpToNewest();
    QCOMPARE(m_view->scene().rows.back().row, LadderIndex(10));
    QVERIFY(m_view->scene().rows.back().bottom <= m_view->viewport()->height() - m_view->scene().unit);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, inLegend);
    QCOMPARE(m_view->currentRow(), LadderIndex());
    m_view->setLegendShown(false);
    m_view->verticalScrollBar()->setValue(0);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, inLegend);
    QVERIFY(m_view->currentRow() >= LadderIndex(0));
}

/// Where the rows need all the room, the legend leaves it to them.
void TestLadderView::legendOfAShortView()
{
    useConversation();
    m_view->setLegendShown(true);
    m_view->resize(m_view->width(), int(12 * m_view->scene().unit));
    QVERIFY(m_view->isLegendShown());
    m_view->verticalScrollBar()->setValue(0);
    const QPoint atTheBottom(300, m_view->viewport()->height() - 4);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, atTheBottom);
    QVERIFY(m_view->currentRow() >= LadderIndex(0));
}

void TestLadderView::zoom()
{
    useConversation();
    const double before = m_view->scene().unit;
    m_view->activateWindow(); // shortcuts go to the active window
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    QTest::keyClick(m_view.get(), Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(m_view->zoom(), 1);
    QVERIFY(m_view->scene().unit > before);
    QTest::keyClick(m_view.get(), Qt::Key_Minus, Qt::ControlModifier);
    QTest::keyClick(m_view.get(), Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(m_view->zoom(), -1);
    QTest::keyClick(m_view.get(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(m_view->scene().unit, before);
    QWheelEvent wheel({50, 100}, m_view->mapToGlobal(QPoint(50, 100)), {}, {0, 120}, Qt::NoButton, Qt::ControlModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_view->viewport(), &wheel);
    QCOMPARE(m_view->zoom(), 1);
    for (int i = 0; i < 100; ++i)
        m_view->setZoom(m_view->zoom() + 1);
    QVERIFY(m_view->zoom() < 50);
    QVERIFY(paintsEachRow());
}

void TestLadderView::hover()
{
    useConversation();
    const QImage before = m_view->viewport()->grab().toImage();
    QTest::mouseMove(m_view->viewport(), {300, 200});
    QTRY_VERIFY(m_view->viewport()->grab().toImage() != before);
}

/// The user compares the two, so the view keeps showing the same rows.
void TestLadderView::otherNumbersKeepThePlace()
{
    useConversation();
    m_view->setSelectedStep(StepRow(1));
    const LadderIndex row = m_view->currentRow();
    m_view->verticalScrollBar()->setValue(2 * LadderScroll::unitsPerRow);
    m_model->setAbsolute(true);
    QCOMPARE(m_view->topRow(), LadderIndex(2));
    QCOMPARE(m_view->currentRow(), row);
    QCOMPARE(m_view->selectedStep(), StepRow(1));
    QVERIFY(!m_view->isFollowing());
    QVERIFY(std::ranges::any_of(m_view->scene().labels,
                                [](const LadderLabel &label) { return label.text == u"ACK: ack 2001"_s; }));
}

void TestLadderView::anotherConnection()
{
    useConversation();
    m_view->setSelectedStep(StepRow(3));
    m_model->showFlow(-1);
    QCOMPARE(m_view->currentRow(), LadderIndex());
    QVERIFY(m_view->scene().rows.empty());
    QVERIFY(Painted::rect(Painted::image(*m_view->viewport())).isEmpty());
}

/// Measuring a font takes long, so a hidden view does not measure it. What the view is given meanwhile takes effect
/// when it is shown.
void TestLadderView::measuresItsFontWhenShown()
{
    useConversation();
    QFont large = m_view->font();
    large.setPointSize(24);
    LadderView hidden(*m_model);
    hidden.resize(m_view->size());
    hidden.show();
    hidden.hide();
    hidden.setFont(large);
    hidden.show();
    m_view->setFont(large);
    QTRY_COMPARE(m_view->viewport()->width(), hidden.viewport()->width()); // a scroll bar appears one turn later
    for (LadderView *view : {&hidden, m_view.get()})
        view->verticalScrollBar()->setValue(0);
    const auto &labels = hidden.scene().labels;
    QVERIFY(!labels.empty());
    QCOMPARE(labels.size(), m_view->scene().labels.size());
    for (size_t i = 0; i < labels.size(); ++i)
        QCOMPARE(labels[i].rect, m_view->scene().labels[i].rect);
}

/// A hidden ladder does no layout. When it is shown, it is nevertheless at its end, or at the selected step.
void TestLadderView::followsWhileItIsHidden()
{
    LadderCase some;
    LadderModel model(some.recording);
    LadderView view(model);
    view.resize(400, 300);
    view.show();
    view.hide();
    some.add(Side::Server, StepKind::Connected, 0, 0);
    model.showConnection(1);
    const auto grow = [&some](int count) {
        for (int i = 0; i < count; ++i)
            some.add(Side::Server, StepKind::Recv, 2 * i + 2, 1000 * i, "Hi", 3 * i);
    };
    grow(100);
    QCOMPARE(view.verticalScrollBar()->maximum(), 0);
    view.show();
    QVERIFY(view.verticalScrollBar()->maximum() > 0);
    QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());

    view.hide();
    grow(100);
    view.setSelectedStep(StepRow(150));
    const int value = view.verticalScrollBar()->value();
    QVERIFY(value > 0 && value < view.verticalScrollBar()->maximum());
    view.show();
    QCOMPARE(view.verticalScrollBar()->value(), value);
    QCOMPARE(view.currentRow(), LadderIndex(150));
}

void TestLadderView::contrast_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << QPalette(Qt::white);
    QTest::newRow("the style's") << QApplication::palette();
    QTest::newRow("dark") << dark();
}

void TestLadderView::contrast()
{
    QFETCH(const QPalette, palette);
    for (const auto &[text, background] : LadderPainter(QFont(), palette).textOnBackground())
        QVERIFY2(Colors::contrast(text, background) >= 4.5, qPrintable(text.name() + u" on "_s + background.name()));
}

/// Only where the ends are a guess.
void TestLadderView::swapEnds()
{
    auto *action = m_view->findChild<QAction *>(u"swapEndsAction"_s);
    QVERIFY(action);
    QVERIFY(m_view->actions().contains(action));
    QCOMPARE(m_view->contextMenuPolicy(), Qt::ActionsContextMenu);
    QVERIFY(!action->isEnabled()); // nothing is shown
    connect(m_view.get(), &LadderView::swapEndsRequested, &m_case->recording, &Recording::swapEnds);
    SegmentScript script;
    m_case->recording.addSegments(script.segments(u"s> PA 5, c> A, s> PA 7"_s));
    m_model->showFlow(0);
    QVERIFY(action->isEnabled());
    QVERIFY(!action->toolTip().isEmpty());
    const QImage before = Painted::image(*m_view->viewport());
    action->trigger();
    QCOMPARE(m_model->address(Side::Client), u"127.0.0.1:8700"_s);
    QVERIFY(action->isEnabled());
    QVERIFY(Painted::image(*m_view->viewport()) != before);
    action->trigger();
    QCOMPARE(m_model->address(Side::Client), u"127.0.0.1:51964"_s);
    QCOMPARE(Painted::image(*m_view->viewport()), before);
    SegmentScript other(1000, 2000, 50'001);
    m_case->recording.addSegments(other.segments(u"c> S, s> SA"_s));
    m_model->showFlow(1);
    QVERIFY(!action->isEnabled());
}

/// Scrolling, painting and finding the end look only at visible rows.
void TestLadderView::millionRows()
{
    SegmentScript script;
    std::vector<Segment> segments = script.segments(u"c> S, s> SA, c> A, c> PA 100"_s);
    while (segments.size() < manyRows) {
        segments.push_back(segments.back());
        segments.back().sequence += 100;
    }
    m_case->recording.addSegments(segments);
    for (int i = 0; i < 4; ++i)
        m_case->add(Side::Client, StepKind::Send, 2 * i + 1, SegmentScript::firstUs, QByteArray(99, 'x'),
                    qint64(i) * manyRows * 20);
    m_model->showConnection(1);
    QCOMPARE(m_model->count(), manyRows);
    for (const int share : {0, 25, 50, 75, 100}) {
        m_view->verticalScrollBar()->setValue(int(qint64(m_view->verticalScrollBar()->maximum()) * share / 100));
        QVERIFY(paintsEachRow());
    }
    QCOMPARE(m_view->scene().rows.back().row, LadderIndex(manyRows - 1));
    QVERIFY(m_view->scene().rows.size() < 20);
}

REGISTER_TEST(TestLadderView)
#include "tst_ladderview.moc"
