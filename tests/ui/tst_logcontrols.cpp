// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/recording.h"
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/status/connectionmodel.h"
#include "ui/status/peerprograms.h"
#include "ui/steps/logpane.h"
#include "ui/steps/stepview.h"
#include "ui/stream/streampane.h"
#include "ui/stream/streamview.h"
#include "ui/tools/uitools.h"
#include "ui/windows/conversationpane.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenuBar>
#include <QSignalSpy>

using namespace WindowTools;

/// What a person does with the log: filtering, finding, copying, clearing, by keys and by the menus.
class TestLogControls : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void nothingMoreInAFreshPane();
    void onlyThisConnection();
    void kinds_data();
    void kinds();
    void eventsOnlyNeedsEvents();
    void expressions();
    void tooComplex();
    void clearAndShowAll();
    void findsAndGoesAround();
    void keysWorkBesideTheLog();
    void keysOfTheBytesAreTheirOwn();
    void findOpensFirst();
    void escapeEndsTheSearchThenTheBar();
    void findsOnlyWhatIsShown();
    void copies_data();
    void copies();
    void copyTellsItsLimit();
    void times();
    void menusHaveUniqueMnemonics();
    void peersPrograms();

private:
    void add(StepKind kind, int connection, const QByteArray &payload = {});
    void trigger(const char *name) { part<QAction>(*m_pane, name)->trigger(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    QAction *action(const QString &text) const;
    QString words() const { return labelText(*m_pane, "filterWords"); }
    int row() const { return m_pane->log()->view()->currentIndex().row(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SessionFile> m_file;
    std::unique_ptr<ConversationPane> m_pane;
    std::unique_ptr<QMenu> m_menu;
};

void TestLogControls::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = std::make_unique<SessionFile>();
    QVERIFY(m_file->create(m_folder->filePath(QStringLiteral("log.jsonl"))));
    m_pane = std::make_unique<ConversationPane>(*m_file);
    m_menu = std::make_unique<QMenu>();
    m_pane->addActionsTo(m_menu.get());
    auto *bar = new QMenuBar(m_pane.get()); // a window's keys work from everywhere through it
    bar->addMenu(m_menu.get());
    m_pane->resize(600, 400);
    m_pane->show();
    m_pane->activateWindow();
    add(StepKind::Connected, 1);
    add(StepKind::Send, 1, "hello");
    add(StepKind::Connected, 2);
    add(StepKind::Recv, 2, "hello");
    add(StepKind::Recv, 1, "world");
    QTRY_COMPARE(lines(*m_pane).size(), 5);
}

void TestLogControls::cleanup()
{
    m_menu.reset();
    m_pane.reset();
    m_file.reset();
}

void TestLogControls::add(StepKind kind, int connection, const QByteArray &payload)
{
    Step step;
    step.time = {1'795'000'000'000'000 + m_file->count() * 1'000'000, 0};
    step.kind = kind;
    step.connection = connection;
    step.number = step.isEvent() ? 0 : kind == StepKind::Send ? 1 : 2;
    step.payload = payload;
    step.size = payload.size();
    step.bytes = step.isMessage() ? payload.size() + 1 : -1;
    m_file->append(step);
}

/// A key in the log.
void TestLogControls::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QWidget *focus = QApplication::focusWidget();
    QTest::keyClick(focus ? focus : m_pane->log()->view(), key, modifiers);
}

QAction *TestLogControls::action(const QString &text) const
{
    for (QAction *action : m_pane->findChildren<QAction *>()) {
        if (action->text() == text)
            return action;
    }
    qFatal("no such action");
}

void TestLogControls::nothingMoreInAFreshPane()
{
    for (const char *name : {"filterWords", "showAll", "findEdit", "findNext", "stopSearch"})
        QVERIFY2(!part<QWidget>(*m_pane, name)->isVisible(), name);
    QCOMPARE(part<QWidget>(*m_pane, "filterEdit")->findChildren<QAbstractButton *>().size(), 0);
}

void TestLogControls::onlyThisConnection()
{
    QVERIFY(!part<QAction>(*m_pane, "onlyThisConnection")->isEnabled());
    m_pane->log()->view()->setFocus();
    m_pane->log()->view()->selectRow(2);
    press(Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(lines(*m_pane).size(), 2);
    QCOMPARE(words(), QStringLiteral("Only #2"));
    QVERIFY(part<QAction>(*m_pane, "allConnections")->isEnabled());
    add(StepKind::Recv, 1, "not this");
    add(StepKind::Recv, 2, "this");
    QTRY_COMPARE(lines(*m_pane).size(), 3);
    type(*m_pane, "filterEdit", QStringLiteral("this"));
    QTRY_COMPARE(lines(*m_pane), QStringList{QStringLiteral("[2] Recv: this")});
    QCOMPARE(words(), QStringLiteral("Only #2 · “this”"));
    trigger("allConnections");
    QTRY_COMPARE(lines(*m_pane).size(), 2);
    QCOMPARE(words(), QString());
    QVERIFY(!part<QAction>(*m_pane, "allConnections")->isEnabled());
}

void TestLogControls::kinds_data()
{
    QTest::addColumn<QString>("item");
    QTest::addColumn<int>("rows");
    QTest::addColumn<QString>("words");
    QTest::newRow("messages") << QStringLiteral("&Messages") << 3 << QStringLiteral("Only messages");
    QTest::newRow("sent") << QStringLiteral("&Sent Messages") << 1 << QStringLiteral("Only sent");
    QTest::newRow("received") << QStringLiteral("&Received Messages") << 2 << QStringLiteral("Only received");
    QTest::newRow("events") << QStringLiteral("Events Onl&y") << 2 << QStringLiteral("Only events");
}

void TestLogControls::kinds()
{
    QFETCH(const QString, item);
    QFETCH(const int, rows);
    action(item)->trigger();
    QTRY_COMPARE(lines(*m_pane).size(), rows);
    QTEST(words(), "words");
    QVERIFY(action(item)->isChecked());
    click(*m_pane, "showAll");
    QTRY_COMPARE(lines(*m_pane).size(), 5);
    QCOMPARE(words(), QString());
    QVERIFY(!action(item)->isChecked());
}

void TestLogControls::eventsOnlyNeedsEvents()
{
    auto *events = part<QAbstractButton>(*m_pane, "eventsSwitch");
    events->click();
    QTRY_COMPARE(lines(*m_pane).size(), 3);
    action(QStringLiteral("Events Onl&y"))->trigger();
    QTRY_COMPARE(lines(*m_pane).size(), 2);
    QVERIFY(events->isChecked());
    events->click();
    QTRY_COMPARE(lines(*m_pane).size(), 3);
    QCOMPARE(words(), QString());
}

void TestLogControls::expressions()
{
    press(Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
    type(*m_pane, "filterEdit", QStringLiteral("recv: (h|w)"));
    QTRY_COMPARE(lines(*m_pane).size(), 2);
    QCOMPARE(words(), QStringLiteral("Only expression recv: (h|w)"));
    QTest::keyClicks(part<QWidget>(*m_pane, "filterEdit"), QStringLiteral("("));
    QVERIFY2(words().startsWith(QStringLiteral("Mistake at character 13: missing closing parenthesis.")),
             qPrintable(words()));
    QCOMPARE(lines(*m_pane).size(), 2);
    QCOMPARE(part<QWidget>(*m_pane, "filterEdit")->accessibleDescription(), words());
    QTest::keyClick(part<QWidget>(*m_pane, "filterEdit"), Qt::Key_Backspace);
    QVERIFY(words().startsWith(QStringLiteral("Only")));
    trigger("useExpressions");
    QTRY_COMPARE(lines(*m_pane).size(), 0);
    QCOMPARE(words(), QString());
}

void TestLogControls::tooComplex()
{
    add(StepKind::Send, 1, QByteArray(3'000, 'a') + '!');
    trigger("useExpressions");
    type(*m_pane, "filterEdit", QStringLiteral("(a|aa|b)+(a|aa|c)+$"));
    QTRY_VERIFY2(words().contains(QStringLiteral("too complex")), qPrintable(words()));
}

void TestLogControls::clearAndShowAll()
{
    press(Qt::Key_L, Qt::ControlModifier);
    QCOMPARE(lines(*m_pane).size(), 0);
    QCOMPARE(words(), QStringLiteral("5 earlier rows are hidden."));
    add(StepKind::Send, 1, "new");
    QTRY_COMPARE(lines(*m_pane), QStringList{QStringLiteral("[1] Send: new")});
    QCOMPARE(m_file->count(), 6);
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(lines(*m_pane).size(), 6);
    QCOMPARE(words(), QString());
}

/// The log may be behind another tab.
void TestLogControls::keysWorkBesideTheLog()
{
    auto *other = new QLineEdit;
    m_pane->addView(other, QStringLiteral("Other"), {});
    for (const auto &[key, modifiers, field] :
         {std::tuple(Qt::Key_F3, Qt::KeyboardModifiers(), "findEdit"),
          {Qt::Key_G, Qt::KeyboardModifiers(Qt::ControlModifier), "findEdit"},
          {Qt::Key_F, Qt::KeyboardModifiers(Qt::ControlModifier), "filterEdit"}}) {
        m_pane->showView(other);
        other->setFocus();
        QVERIFY(!m_pane->log()->isVisible());
        press(key, modifiers);
        const auto *focused = part<QWidget>(*m_pane, field);
        QVERIFY2(focused->hasFocus() && focused->isVisible(), field);
    }
}

/// They are those of the log, too.
void TestLogControls::keysOfTheBytesAreTheirOwn()
{
    const Recording recording([](qsizetype) { return Step(); });
    auto *bytes = new StreamPane(recording, [] { return QStringList(); });
    m_pane->addView(bytes, QStringLiteral("Bytes"), {});
    for (const auto &[key, modifiers] :
         {std::pair(Qt::Key_F, Qt::KeyboardModifiers(Qt::ControlModifier)), {Qt::Key_F3, Qt::KeyboardModifiers()}}) {
        m_pane->showView(bytes);
        bytes->view()->setFocus();
        press(key, modifiers);
        QVERIFY(bytes->isVisible());
        QVERIFY(part<QWidget>(*m_pane, "streamSearch")->hasFocus());
    }
    delete bytes;
}

void TestLogControls::findsAndGoesAround()
{
    m_pane->log()->view()->setFocus();
    m_pane->log()->view()->selectRow(0);
    press(Qt::Key_F3);
    QVERIFY(part<QWidget>(*m_pane, "findEdit")->hasFocus());
    QTest::keyClicks(part<QWidget>(*m_pane, "findEdit"), QStringLiteral("HELLO"));
    press(Qt::Key_Return);
    QTRY_COMPARE(row(), 1);
    QCOMPARE(lines(*m_pane).size(), 5);
    QCOMPARE(labelText(*m_pane, "findNote"), QString());
    press(Qt::Key_G, Qt::ControlModifier);
    QTRY_COMPARE(row(), 3);
    press(Qt::Key_F3);
    QTRY_COMPARE(row(), 1);
    QCOMPARE(labelText(*m_pane, "findNote"), QStringLiteral("Went on at the beginning."));
    press(Qt::Key_F3, Qt::ShiftModifier);
    QTRY_COMPARE(row(), 3);
    QCOMPARE(labelText(*m_pane, "findNote"), QStringLiteral("Went on at the end."));
    click(*m_pane, "findPrevious");
    QTRY_COMPARE(row(), 1);
    type(*m_pane, "findEdit", QStringLiteral("nowhere"));
    press(Qt::Key_Return, Qt::ShiftModifier);
    QTRY_COMPARE(labelText(*m_pane, "findNote"), QStringLiteral("Not found."));
    QCOMPARE(row(), 1);
}

void TestLogControls::findOpensFirst()
{
    action(QStringLiteral("Find &Previous"))->trigger();
    QVERIFY(part<QWidget>(*m_pane, "findEdit")->isVisible());
    trigger("useExpressions");
    QTest::keyClicks(part<QWidget>(*m_pane, "findEdit"), QStringLiteral("o(r"));
    press(Qt::Key_Return);
    QCOMPARE(labelText(*m_pane, "findNote"), QStringLiteral("Mistake at character 4: missing closing parenthesis."));
    type(*m_pane, "findEdit", QStringLiteral("o.l"));
    press(Qt::Key_Return);
    QTRY_COMPARE(row(), 4);
}

void TestLogControls::escapeEndsTheSearchThenTheBar()
{
    for (int i = 0; i < 50'000; ++i)
        add(StepKind::Send, 1, "hay");
    QTRY_COMPARE(lines(*m_pane, QStringLiteral("world")).size(), 1);
    QTRY_COMPARE(m_pane->log()->view()->model()->rowCount(), 50'005);
    m_pane->log()->view()->setFocus();
    press(Qt::Key_F3);
    auto *edit = part<QWidget>(*m_pane, "findEdit");
    QTest::keyClicks(edit, QStringLiteral("nowhere"));
    QTest::keyClick(edit, Qt::Key_Return);
    QTest::keyClick(edit, Qt::Key_Escape);
    QCOMPARE(labelText(*m_pane, "findNote"), QStringLiteral("The search was stopped."));
    QVERIFY(edit->isVisible());
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_VERIFY(labelText(*m_pane, "findNote").endsWith(QStringLiteral("searched. Esc stops.")));
    QTRY_COMPARE(labelText(*m_pane, "findNote"), QStringLiteral("Not found."));
    QTest::keyClick(edit, Qt::Key_Escape);
    QVERIFY(!edit->isVisible());
    QVERIFY(m_pane->log()->view()->hasFocus());
}

void TestLogControls::findsOnlyWhatIsShown()
{
    m_pane->log()->view()->selectRow(3);
    trigger("onlyThisConnection");
    QTRY_COMPARE(lines(*m_pane).size(), 2);
    press(Qt::Key_F3);
    action(QStringLiteral("&Find Next"))->trigger();
    QTest::keyClicks(part<QWidget>(*m_pane, "findEdit"), QStringLiteral("hello"));
    press(Qt::Key_Return);
    QTRY_COMPARE(row(), 1);
    type(*m_pane, "findEdit", QStringLiteral("world"));
    press(Qt::Key_Return);
    QTRY_COMPARE(labelText(*m_pane, "findNote"), QStringLiteral("Not found."));
}

void TestLogControls::copies_data()
{
    QTest::addColumn<QByteArray>("action");
    QTest::addColumn<QString>("copied");
    QTest::newRow("rows") << QByteArray("copyRows") << QString();
    QTest::newRow("lines") << QByteArray("copyLines") << QStringLiteral("[1] Send: hello\n[2] Recv: hello\n");
    QTest::newRow("hex") << QByteArray("copyHex") << QStringLiteral("68 65 6c 6c 6f\n\n68 65 6c 6c 6f\n");
    QTest::newRow("C array") << QByteArray("copyArray")
                             << QStringLiteral("/* #1 [1] Send: 5 bytes */\n"
                                               "static const unsigned char message_1[] = {\n"
                                               "    0x68, 0x65, 0x6c, 0x6c, 0x6f,\n};\n\n"
                                               "/* #2 [2] Recv: 5 bytes */\n"
                                               "static const unsigned char message_2[] = {\n"
                                               "    0x68, 0x65, 0x6c, 0x6c, 0x6f,\n};\n");
}

void TestLogControls::copies()
{
    QFETCH(const QByteArray, action);
    QFETCH(const QString, copied);
    auto *view = m_pane->log()->view();
    view->selectionModel()->select({view->model()->index(1, 0), view->model()->index(3, 0)},
                                   QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    trigger(action.constData());
    const QString text = QApplication::clipboard()->text();
    if (action == "copyRows") {
        QVERIFY(part<QAction>(*m_pane, "copyRows")->shortcuts().contains(QKeySequence(Qt::CTRL | Qt::Key_C)));
        QCOMPARE(text.count(u'\n'), 3);
        QVERIFY(text.section(u'\n', 0, 0).endsWith(QStringLiteral("\t#1\t[1] Send: hello\t6 B")));
    } else {
        QCOMPARE(text, copied);
    }
    QCOMPARE(words(), QString());
    view->selectRow(0);
    trigger(action.constData());
    QCOMPARE(words().startsWith(QStringLiteral("Nothing was copied")), action != "copyRows");
}

void TestLogControls::copyTellsItsLimit()
{
    for (int i = 0; i < StepView::copyLimit; ++i)
        add(StepKind::Send, 1, "x");
    auto *view = m_pane->log()->view();
    QTRY_COMPARE(view->model()->rowCount(), StepView::copyLimit + 5);
    view->setFocus();
    view->selectAll();
    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(words(), QStringLiteral("Copied the first 100,000 of 100,005 rows."));
    QCOMPARE(QApplication::clipboard()->text().count(u'\n'), StepView::copyLimit - 2); // two were events
    type(*m_pane, "filterEdit", QStringLiteral("x"));
    QCOMPARE(words(), QString());
}

void TestLogControls::times()
{
    const auto time = [this](int row) {
        return m_pane->log()->view()->model()->index(row, StepModel::TimeColumn).data().toString();
    };
    QVERIFY(part<QAction>(*m_pane, "clock")->isChecked());
    trigger("since-previous");
    QCOMPARE(time(4), QStringLiteral("+1.000000"));
    trigger("since-connection");
    QCOMPARE(time(4), QStringLiteral("+4.000000"));
    QSettings settings(m_folder->filePath(QStringLiteral("settings")), QSettings::IniFormat);
    m_pane->save(settings);
    trigger("clock");
    QCOMPARE(time(4).size(), 12);
    m_pane->restore(settings);
    QCOMPARE(time(4), QStringLiteral("+4.000000"));
    QVERIFY(part<QAction>(*m_pane, "since-connection")->isChecked());
    auto *view = m_pane->log()->view();
    QVERIFY(view->fontMetrics().horizontalAdvance(QStringLiteral("+9999.000000")) <
            view->columnWidth(StepModel::TimeColumn));
}

void TestLogControls::menusHaveUniqueMnemonics()
{
    QCOMPARE(mnemonicClashes(*m_pane).join(u'\n'), QString());
}

/// A program chooses its name itself.
void TestLogControls::peersPrograms()
{
    QCOMPARE(PeerPrograms::text("nc", 4711), QStringLiteral("nc, process 4711"));
    QCOMPARE(PeerPrograms::text("a\x1b[31m\n", 1), QStringLiteral("a\\x1b[31m\\n, process 1"));
    ConnectionModel model;
    ConnectionStatus status;
    status.id = 1;
    status.local = QStringLiteral("127.0.0.1:8700");
    status.peer = QStringLiteral("127.0.0.1:51234");
    model.update({{1, status}});
    const auto toolTip = [&model] { return model.index(0).data(Qt::ToolTipRole).toString(); };
    QCOMPARE(toolTip(), QStringLiteral("This end 127.0.0.1:8700, the peer 127.0.0.1:51234"));
    model.setProgram(1, PeerPrograms::text("<b>nc", 4711));
    QCOMPARE(toolTip(), QStringLiteral("<p>This end 127.0.0.1:8700, the peer 127.0.0.1:51234 · "
                                       "&lt;b&gt;nc, process 4711</p>"));
    QCOMPARE(model.programOf(2), QString());
}

REGISTER_TEST(TestLogControls)
#include "tst_logcontrols.moc"
