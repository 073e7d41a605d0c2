// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "client_gui/clientwindow.h"
#include "client_gui/repeatdialog.h"
#include "client_gui/socketdialog.h"
#include "server_gui/rulelist.h"
#include "server_gui/ruleswindow.h"
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/forms/messageedit.h"
#include "ui/forms/watchform.h"
#include "ui/guide/guide.h"
#include "ui/guide/guidewindow.h"
#include "ui/link/linkrulesdialog.h"
#include "ui/presets/presetswindow.h"
#include "ui/status/statusline.h"
#include "ui/windows/capturewindow.h"
#include "ui/wire/capturepanel.h"

#include <QApplication>
#include <QInputDialog>
#include <QMenu>
#include <QTextBrowser>

#include <algorithm>
#include <functional>

using namespace WindowTools;

/// F1 shows the page of the guide about the part of a window that has the focus.
class TestHelpKey : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void partsOfAWindow_data();
    void partsOfAWindow();
    void windowsOfTheirOwn_data();
    void windowsOfTheirOwn();
    void besideAModalDialog_data();
    void besideAModalDialog();
    void partsWithoutFocus();
    void menuOpensTheIndex();

private:
    QString page() const;

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ClientWindow> m_client;
};

REGISTER_TEST(TestHelpKey)

void TestHelpKey::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    ClientOptions options;
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("client"));
    m_client = std::make_unique<ClientWindow>(options);
    m_client->resize(1200, 700); // steps, details and one of the views are visible
    m_client->show();
    QVERIFY(QTest::qWaitForWindowActive(m_client.get()));
}

void TestHelpKey::cleanup()
{
    m_client.reset();
    m_sandbox.reset();
}

/// "sessions.md#details", of the guide.
QString TestHelpKey::page() const
{
    const auto *guide = m_client->findChild<GuideWindow *>();
    if (!guide || !guide->isVisible())
        return {};
    const QUrl source = part<QTextBrowser>(*guide, "guidePage")->source();
    return source.fileName() + (source.hasFragment() ? u'#' + source.fragment() : QString());
}

void TestHelpKey::partsOfAWindow_data()
{
    QTest::addColumn<QString>("part");
    QTest::addColumn<int>("view"); ///< the tab of the views
    QTest::addColumn<QString>("page");
    QTest::newRow("log") << "stepView" << 0 << "sessions.md";
    QTest::newRow("filter of the log") << "filterEdit" << 0 << "sessions.md";
    QTest::newRow("details") << "detailsFacts" << 0 << "sessions.md#details";
    QTest::newRow("ladder") << "ladderView" << 0 << "captures.md#sequence";
    QTest::newRow("wire") << "wireView" << 1 << "captures.md#wire";
    QTest::newRow("stream") << "streamView" << 2 << "captures.md#stream";
    QTest::newRow("form") << "hostEdit" << 0 << "first-conversation.md";
    QTest::newRow("message") << "messageEdit" << 0 << "messages.md";
}

void TestHelpKey::partsOfAWindow()
{
    QFETCH(QString, part);
    QFETCH(int, view);
    WindowTools::part<QTabBar>(*m_client, "viewTabs")->setCurrentIndex(view);
    auto *widget = m_client->findChild<QWidget *>(part);
    QVERIFY(widget);
    widget->setFocus();
    QVERIFY(widget->hasFocus());
    QTest::keyClick(widget, Qt::Key_F1);
    QTEST(page(), "page");
}

void TestHelpKey::windowsOfTheirOwn_data()
{
    using Make = std::function<QWidget *(QWidget *)>;
    QTest::addColumn<Make>("make");
    QTest::addColumn<QString>("page");
    static RuleList rules;
    QTest::newRow("rules") << Make([](QWidget *parent) { return new RulesWindow(&rules, parent); }) << "replies.md";
    QTest::newRow("presets") << Make([](QWidget *parent) { return new PresetsWindow(parent); })
                             << "messages.md#presets";
    QTest::newRow("watch a port") << Make([](QWidget *parent) { return new WatchForm(parent); })
                                  << "captures.md#watch-a-port";
    QTest::newRow("link rules") << Make([](QWidget *parent) { return new LinkRulesDialog({}, parent); })
                                << "lab.md#the-network-between-the-two-ends";
    QTest::newRow("repeat") << Make([](QWidget *parent) { return new RepeatDialog({}, parent); })
                            << "messages.md#other-ways-to-send";
    QTest::newRow("socket options") << Make([](QWidget *parent) {
        return new SocketDialog(QAbstractSocket::AnyIPProtocol, {}, parent);
    }) << "first-conversation.md#more-settings";
}

void TestHelpKey::windowsOfTheirOwn()
{
    QFETCH(std::function<QWidget *(QWidget *)>, make);
    QWidget *window = make(m_client.get());
    window->show();
    window->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), window);
    QTest::keyClick(window, Qt::Key_F1);
    QTEST(page(), "page");
}

void TestHelpKey::besideAModalDialog_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("page");
    QTest::newRow("send bytes") << "Send &Bytes…"
                                << "messages.md#other-ways-to-send";
    QTest::newRow("save as preset") << "&Save as Preset…"
                                    << "messages.md#presets";
}

/// The dialog blocks the main window, but not the guide.
void TestHelpKey::besideAModalDialog()
{
    QFETCH(const QString, action);
    emit part<QMenu>(*m_client, "presetMenu")->aboutToShow(); // it is filled then
    const QList<QAction *> actions = m_client->findChildren<QAction *>();
    const auto found = std::ranges::find(actions, action, &QAction::text);
    QVERIFY(found != actions.end());
    (*found)->setEnabled(true); // bytes can be sent on an open connection only
    (*found)->trigger();
    QTRY_VERIFY(qobject_cast<QInputDialog *>(QApplication::activeWindow()));
    const QWidget *dialog = QApplication::activeWindow();
    QVERIFY(dialog->isModal());
    QTest::keyClick(dialog->windowHandle(), Qt::Key_F1);
    QFETCH(const QString, page);
    QTRY_COMPARE(this->page(), page);
    QWidget *guide = m_client->findChild<GuideWindow *>();
    QTRY_COMPARE(QApplication::activeWindow(), guide);
    QTest::keyClick(guide->windowHandle(), Qt::Key_Home, Qt::AltModifier);
    QTRY_COMPARE(this->page(), QStringLiteral("index.md"));
    QTest::keyClick(guide->windowHandle(), Qt::Key_Escape);
    QVERIFY(!guide->isVisible() && dialog->isVisible());
}

/// What a test cannot give the focus here.
void TestHelpKey::partsWithoutFocus()
{
    QCOMPARE(Guide::pageAbout(m_client->findChild<StatusLine *>()), QStringLiteral("troubleshooting"));
    const CapturePanel panel;
    QCOMPARE(Guide::pageAbout(&panel), QStringLiteral("capturing"));
    const CaptureWindow capture(QStringLiteral(EXAMPLES "/conversation.pcap"), QStringLiteral("a capture"));
    QCOMPARE(Guide::pageAbout(&capture), QStringLiteral("captures"));
    const MessageEdit reply(nullptr);
    QCOMPARE(Guide::pageAbout(&reply), QStringLiteral("messages"));
    QCOMPARE(Guide::pageAbout(nullptr), QStringLiteral("index"));
}

void TestHelpKey::menuOpensTheIndex()
{
    part<QAction>(*m_client, "guideAction")->trigger();
    QCOMPARE(page(), QStringLiteral("index.md"));
}

#include "tst_helpkey.moc"
