// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/selection.h"
#include "support/amounts.h"
#include "support/laddercases.h"
#include "support/registertest.h"
#include "ui/access/accessiblerows.h"
#include "ui/ladder/ladderview.h"
#include "ui/ladder/sequencepane.h"
#include "ui/wire/wirepane.h"
#include "ui/wire/wireview.h"

#include <QAccessible>
#include <QAction>
#include <QLineEdit>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

/// The rows of the ladder and of the Wire tab, as assistive technology reads them. Events need a platform that sends
/// them: the test "atspi" waits for them.
class TestAccessibleRows : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void rowsAreItems_data();
    void rowsAreItems();
    void placesAreOfThePainting_data();
    void placesAreOfThePainting();
    void currentRowHasFocus_data();
    void currentRowHasFocus();
    void focusIsOnlyInTheView();
    void actions_data();
    void actions();
    void foldsAreItems();
    void millionRows();
    void outlivedItems();

private:
    QWidget *view(const QByteArray &name) const;
    QAccessibleInterface *list(const QByteArray &name) const
    {
        return QAccessible::queryAccessibleInterface(view(name));
    }

    std::unique_ptr<LadderCase> m_case;
    std::unique_ptr<QWidget> m_window;
    SequencePane *m_sequence = nullptr;
    WirePane *m_wire = nullptr;
    QLineEdit *m_other = nullptr;
};

namespace {

void addViews()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("ladder") << QByteArray("ladder");
    QTest::newRow("wire") << QByteArray("wire");
}

QString nameOf(const QAccessibleInterface *interface)
{
    return interface ? interface->text(QAccessible::Name) : u"(none)"_s;
}

} // namespace

void TestAccessibleRows::init()
{
    m_case = std::make_unique<LadderCase>();
    m_case->recording.addSegments(SegmentScript().segments(conversation));
    m_case->addSteps(Side::Client, SegmentScript::firstUs);
    m_window = std::make_unique<QWidget>();
    m_sequence = new SequencePane(m_case->recording, m_window.get());
    m_wire = new WirePane(m_case->recording, m_window.get());
    m_other = new QLineEdit(m_window.get());
    auto *layout = new QVBoxLayout(m_window.get());
    for (QWidget *widget :
         {static_cast<QWidget *>(m_other), static_cast<QWidget *>(m_sequence), static_cast<QWidget *>(m_wire)})
        layout->addWidget(widget);
    m_wire->selectWith(*m_sequence);
    m_sequence->relativeAction()->setChecked(true);
    m_sequence->model().showConnection(1);
    m_wire->lines().showConnection(1);
    m_window->resize(700, 900);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_other->setFocus();
}

void TestAccessibleRows::cleanup()
{
    m_window.reset();
    m_case.reset();
}

QWidget *TestAccessibleRows::view(const QByteArray &name) const
{
    return name == "ladder" ? static_cast<QWidget *>(m_sequence->view()) : m_wire->view();
}

void TestAccessibleRows::rowsAreItems_data()
{
    addViews();
}

void TestAccessibleRows::rowsAreItems()
{
    QFETCH(const QByteArray, name);
    QAccessibleInterface *list = this->list(name);
    QCOMPARE(list->role(), QAccessible::List);
    QVERIFY(!nameOf(list).isEmpty());
    QStringList names;
    for (int i = 0; i < list->childCount(); ++i) {
        const QAccessibleInterface *item = list->child(i);
        QCOMPARE(item->role(), QAccessible::ListItem);
        QCOMPARE(item->parent(), list);
        QCOMPARE(list->indexOfChild(item), i);
        names.append(nameOf(item));
    }
    const QStringList segments = names.filter(u" from client to server"_s) + names.filter(u" from server to client"_s);
    QCOMPARE(segments.size(), 11);
    QVERIFY(names.contains(u"FIN, ACK from client to server, sequence 25, acknowledgement 13, step 5"_s));
    QCOMPARE(list->child(list->childCount()), nullptr);
    QCOMPARE(list->child(-1), nullptr);
    const int fin = int(names.indexOf(u"FIN, ACK from client to server, sequence 25, acknowledgement 13, step 5"_s));
    const QString details = list->child(fin)->text(QAccessible::Description);
    QVERIFY2(details.contains(name == "ladder" ? u"Client: FIN-WAIT-1"_s : u"Flags [F.], seq 25, ack 13"_s),
             qPrintable(details));
}

void TestAccessibleRows::placesAreOfThePainting_data()
{
    addViews();
}

void TestAccessibleRows::placesAreOfThePainting()
{
    QFETCH(const QByteArray, name);
    QAccessibleInterface *list = this->list(name);
    int visible = 0;
    int bottom = list->rect().top();
    for (int i = 0; i < list->childCount(); ++i) {
        const QRect rect = list->child(i)->rect();
        QCOMPARE(bool(list->child(i)->state().offscreen), rect.isEmpty());
        if (rect.isEmpty())
            continue;
        ++visible;
        QVERIFY(list->rect().contains(rect));
        QVERIFY(rect.top() >= bottom);
        bottom = rect.bottom();
        QCOMPARE(list->childAt(rect.center().x(), rect.center().y()), list->child(i));
    }
    QVERIFY(visible > 3);
    QCOMPARE(list->childAt(list->rect().left() - 20, list->rect().top() + 20), nullptr);
}

void TestAccessibleRows::currentRowHasFocus_data()
{
    addViews();
}

void TestAccessibleRows::currentRowHasFocus()
{
    QFETCH(const QByteArray, name);
    QWidget *view = this->view(name);
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Home);
    QTest::keyClick(view, Qt::Key_Down);
    QVERIFY(list(name)->child(1)->state().focused);
    QVERIFY(list(name)->child(1)->state().selected);
    QVERIFY(!list(name)->child(0)->state().selected);
    QCOMPARE(list(name)->focusChild(), list(name)->child(1));
}

/// A step that is selected elsewhere does not move the focus.
void TestAccessibleRows::focusIsOnlyInTheView()
{
    m_sequence->selection().selectStep(StepRow(1), m_other);
    QCOMPARE(list("ladder")->focusChild(), nullptr);
    QVERIFY(!list("ladder")->child(3)->state().focused);
    QVERIFY(list("ladder")->child(3)->state().selected);
}

void TestAccessibleRows::actions_data()
{
    addViews();
}

void TestAccessibleRows::actions()
{
    QFETCH(const QByteArray, name);
    const auto doAction = [this, &name](int row, const QString &action) {
        list(name)->child(row)->actionInterface()->doAction(action);
    };
    doAction(4, QAccessibleActionInterface::pressAction());
    QVERIFY(list(name)->child(4)->state().selected);
    QVERIFY(m_other->hasFocus());
    doAction(5, QAccessibleActionInterface::setFocusAction());
    QVERIFY(view(name)->hasFocus());
    QVERIFY(list(name)->child(5)->state().focused);
}

void TestAccessibleRows::foldsAreItems()
{
    LadderCase lengthy;
    WirePane pane(lengthy.recording);
    lengthy.recording.addSegments(
        SegmentScript().segments(u"c> S, s> SA, c> A"_s + u", c> PA 10, s> A"_s.repeated(60)));
    pane.lines().showFlow(0);
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(pane.view());
    int fold = 0;
    while (fold < list->childCount() &&
           list->child(fold)->text(QAccessible::Description) != u"Press Enter to show these segments."_s)
        ++fold;
    QVERIFY(fold < list->childCount());
    QVERIFY(!nameOf(list->child(fold)).isEmpty());
}

/// They cost nothing until they are asked for, and a bounded number exists.
void TestAccessibleRows::millionRows()
{
    std::vector<Segment> segments = SegmentScript().segments(u"c> S, s> SA, c> A, c> PA 10"_s);
    const Segment data = segments.back();
    for (int i = 0; i < manyRows; ++i) {
        segments.push_back(data);
        segments.back().sequence += quint32(i + 1) * 10;
    }
    LadderCase many;
    SequencePane pane(many.recording);
    many.recording.addSegments(segments);
    pane.model().showFlow(0);
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(pane.view());
    QCOMPARE(list->childCount(), 4 + manyRows);
    const auto id = [list](int row) { return QAccessible::uniqueId(list->child(row)); };
    const QAccessible::Id first = id(0);
    QCOMPARE(id(0), first);
    QVERIFY(nameOf(list->child(3 + manyRows)).startsWith(u"PSH, ACK from client to server, sequence "_s));
    for (int row = 1; row <= AccessibleRows::maxItems; ++row)
        id(row);
    QCOMPARE(QAccessible::accessibleInterface(first), nullptr);
    QVERIFY(nameOf(list->child(0)).startsWith(u"SYN from"_s));
}

/// An item that is kept for longer than its row says so.
void TestAccessibleRows::outlivedItems()
{
    QAccessibleInterface *last = list("ladder")->child(list("ladder")->childCount() - 1);
    const QAccessible::Id id = QAccessible::uniqueId(last);
    QVERIFY(last->isValid());
    m_sequence->model().showConnection(0);
    QCOMPARE(list("ladder")->childCount(), 0);
    QVERIFY(!last->isValid());
    QVERIFY(last->state().invalid);
    QCOMPARE(nameOf(last), QString());
    QVERIFY(last->rect().isEmpty());
    m_window.reset();
    QCOMPARE(QAccessible::accessibleInterface(id), nullptr);
}

REGISTER_TEST(TestAccessibleRows)
#include "tst_accessiblerows.moc"
