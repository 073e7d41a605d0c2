// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/keys.h"
#include "support/openwindows.h"
#include "support/registertest.h"
#include "ui/ladder/ladderview.h"
#include "ui/stream/streamview.h"
#include "ui/tools/uitools.h"
#include "ui/wire/wireview.h"

#include <QApplication>
#include <QTextEdit>

using namespace Qt::StringLiterals;
using namespace Keys;
using namespace WindowTools;

/// A conversation, and everything in the windows, without a mouse: keys go to whatever has the focus.
class TestKeyboard : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void conversation();
    void halfClose();
    void reset();
    void filtersAndFinds();
    void views();
    void menus_data();
    void menus();

private:
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ServerWindow> m_server;
    std::unique_ptr<ClientWindow> m_client;
};

REGISTER_TEST(TestKeyboard)

void TestKeyboard::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_server = OpenWindows::server(*m_sandbox);
    m_client = OpenWindows::client(*m_sandbox);
}

void TestKeyboard::cleanup()
{
    m_client.reset();
    m_server.reset();
    m_sandbox.reset();
}

void TestKeyboard::conversation()
{
    connectAndSend(*m_server, *m_client);
    press(Qt::ALT | Qt::Key_G);
    enter(u"Again"_s);
    press(Qt::Key_Return);
    QTRY_VERIFY(steps(*m_client).filter(u"Send: Again"_s).size() == 1);
    QTRY_COMPARE(steps(*m_client).size(), 4);
    press(Qt::ALT | Qt::Key_L); // Close Connection
    QTRY_VERIFY(steps(*m_client).constLast().contains(u"Close Socket"_s));
    QTRY_VERIFY(steps(*m_server).constLast().contains(u"Close Socket"_s));
}

void TestKeyboard::halfClose()
{
    connectAndSend(*m_server, *m_client);
    press(Qt::CTRL | Qt::SHIFT | Qt::Key_F);
    QTRY_COMPARE(lines(*m_server, u"FIN"_s).isEmpty(), false);
}

void TestKeyboard::reset()
{
    connectAndSend(*m_server, *m_client);
    press(Qt::CTRL | Qt::SHIFT | Qt::Key_R);
    QTRY_VERIFY(steps(*m_client).constLast().contains(u"Reset"_s));
}

void TestKeyboard::filtersAndFinds()
{
    connectAndSend(*m_server, *m_client);
    const auto rows = [this] { return lines(*m_client).size(); };
    const auto all = rows();
    press(Qt::CTRL | Qt::Key_F);
    enter(u"Hi, client"_s);
    QTRY_COMPARE(rows(), 1);
    press(Qt::CTRL | Qt::SHIFT | Qt::Key_L); // Show all rows
    QTRY_COMPARE(rows(), all);
    press(Qt::Key_F3);
    enter(u"Recv"_s);
    press(Qt::Key_Return);
    const auto *log = part<QTableView>(*m_client, "stepView");
    QTRY_VERIFY(log->currentIndex().siblingAtColumn(StepModel::TextColumn).data().toString().contains(u"Recv"_s));
    press(Qt::Key_Escape);
    press(Qt::CTRL | Qt::SHIFT | Qt::Key_V); // Show Events
    QTRY_COMPARE(rows(), 2);
}

/// Each view is a tab, and its rows are reached with the arrows.
void TestKeyboard::views()
{
    connectAndSend(*m_server, *m_client);
    tabTo(*m_client, "stepView");
    press(Qt::Key_End);
    press(Qt::CTRL | Qt::Key_D);
    QTRY_VERIFY(part<QTextEdit>(*m_client, "detailsFacts")->toPlainText().contains(u"[4] Recv"_s));
    openTab(*m_client, u"Sequence"_s);
    if (QTest::currentTestFailed())
        return;
    tabTo(*m_client, "ladderView");
    press(Qt::Key_Home);
    QCOMPARE(part<LadderView>(*m_client, "ladderView")->currentRow(), LadderIndex(0));
    openTab(*m_client, u"Wire"_s);
    tabTo(*m_client, "wireView");
    openTab(*m_client, u"Steps"_s);
    QVERIFY(part<QTableView>(*m_client, "stepView")->isVisible());
    m_client->resize(UiTools::wideWindow + 100, 700);
    QTRY_VERIFY(part<QTabBar>(*m_client, "viewTabs")->isVisible());
    tabTo(*m_client, "viewTabs");
    for (int i = 0; i < 3; ++i)
        press(Qt::Key_Right);
    QTRY_VERIFY(part<StreamView>(*m_client, "streamView")->isVisible());
    tabTo(*m_client, "streamView");
}

void TestKeyboard::menus_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("Session") << int(Qt::Key_S);
    QTest::newRow("View") << int(Qt::Key_V);
    QTest::newRow("Help") << int(Qt::Key_H);
}

/// Each menu opens with its letter, has a current entry after Down, and closes with Esc.
void TestKeyboard::menus()
{
    QFETCH(const int, key);
    activate(*m_client);
    press(Qt::ALT | Qt::Key(key));
    QTRY_VERIFY(QApplication::activePopupWidget());
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    press(Qt::Key_Down);
    QVERIFY(menu->activeAction());
    press(Qt::Key_Escape);
    QTRY_VERIFY(!QApplication::activePopupWidget());
}

#include "tst_keyboard.moc"
