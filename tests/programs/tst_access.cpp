// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "export/filelook.h"
#include "server_gui/replymenu.h"
#include "steps/sessionfile.h"
#include "support/openwindows.h"
#include "support/registertest.h"
#include "ui/status/connectioncombo.h"
#include "ui/windows/capturewindow.h"
#include "ui/windows/sessionwindow.h"

#include <QAccessible>
#include <QDialog>
#include <QPushButton>
#include <QScrollBar>
#include <QTcpServer>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;
using namespace WindowTools;

/// What assistive technology and the keyboard need of every window: names, an order of the fields, and states as text.
class TestAccess : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void namesAndTabs_data();
    void namesAndTabs();
    void backwards_data();
    void backwards();
    void statesAreRead();
    void menusHaveMnemonics_data();
    void menusHaveMnemonics();

private:
    QWidget *open(const QByteArray &window);
    QWidget *server();
    QWidget *client();
    QWidget *clientWithDialog(const char *action, const char *dialog);
    QWidget *session();

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ServerWindow> m_server;
    std::unique_ptr<ClientWindow> m_client;
    std::unique_ptr<CaptureWindow> m_capture;
    std::unique_ptr<SessionWindow> m_session;
    QTcpServer m_peer;
};

REGISTER_TEST(TestAccess)

namespace {

QString accessibleName(QWidget &widget)
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&widget);
    return interface ? interface->text(QAccessible::Name) : QString();
}

QString describe(const QWidget &widget)
{
    return QStringLiteral("%1 “%2”").arg(QLatin1StringView(widget.metaObject()->className()), widget.objectName());
}

/// Widgets that the keyboard or assistive technology meets, but parts of Qt's own that belong to another widget.
QList<QWidget *> metWidgets(const QWidget &window)
{
    QList<QWidget *> met;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        const bool isPart = widget->focusProxy() || qobject_cast<QScrollBar *>(widget) ||
                            widget->objectName().startsWith(QStringLiteral("qt_")) || widget->window() != &window;
        if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible() && !isPart)
            met.append(widget);
    }
    return met;
}

QStringList withoutName(const QWidget &window)
{
    QStringList nameless;
    for (QWidget *widget : metWidgets(window)) {
        if (accessibleName(*widget).isEmpty())
            nameless.append(describe(*widget));
    }
    return nameless;
}

/// What can have the focus and has no name, below an object; also what is not shown now, such as the list of a combo
/// box. A cell of a table may be empty.
void addNameless(QAccessibleInterface *interface, QStringList &nameless)
{
    if (interface->state().focusable && interface->text(QAccessible::Name).isEmpty() &&
        interface->role() != QAccessible::Cell)
        nameless.append(interface->object() ? QLatin1StringView(interface->object()->metaObject()->className()) + u' ' +
                                                  interface->object()->objectName()
                                            : u"an item"_s);
    for (int i = 0; i < interface->childCount(); ++i) {
        if (QAccessibleInterface *child = interface->child(i))
            addNameless(child, nameless);
    }
}

/// Captures and sessions are read in the background; then their connections can be chosen.
bool isRead(const QWidget &window)
{
    const bool isOfFile = qobject_cast<const FileWindow *>(&window);
    const auto *combo = window.findChild<ConnectionCombo *>();
    return metWidgets(window).size() > 1 && (!isOfFile || (combo && combo->isEnabled()));
}

/// The widgets that have the focus while a key is pressed again and again, until the first one has it again.
QList<QWidget *> focusOrder(QWidget &window, Qt::Key key)
{
    QList<QWidget *> order;
    for (int i = 0; i < 200; ++i) {
        QTest::keyClick(window.windowHandle(), key);
        if (!order.isEmpty() && QApplication::focusWidget() == order.constFirst())
            return order;
        order.append(QApplication::focusWidget());
    }
    return order;
}

/// The widgets that Tab does not reach, however often it is pressed.
QStringList notReached(QWidget &window)
{
    QStringList missed;
    const QList<QWidget *> reached = focusOrder(window, Qt::Key_Tab);
    for (const QWidget *widget : metWidgets(window)) {
        const bool isStop = widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0;
        if (isStop && !reached.contains(widget))
            missed.append(describe(*widget));
    }
    return missed;
}

} // namespace

void TestAccess::init()
{
    m_sandbox = std::make_unique<Sandbox>();
}

void TestAccess::cleanup()
{
    m_session.reset();
    m_capture.reset();
    m_client.reset();
    m_server.reset();
    m_peer.close();
    m_sandbox.reset();
}

QWidget *TestAccess::server()
{
    m_server = OpenWindows::server(*m_sandbox);
    return m_server.get();
}

QWidget *TestAccess::client()
{
    m_client = OpenWindows::client(*m_sandbox);
    return m_client.get();
}

/// A dialog of a connected client.
QWidget *TestAccess::clientWithDialog(const char *action, const char *dialog)
{
    if (!m_peer.listen(QHostAddress::LocalHost))
        qFatal("no port");
    QWidget *window = client();
    type(*window, "portEdit", QString::number(m_peer.serverPort()));
    click(*window, "sendButton");
    auto *opener = part<QAction>(*window, action);
    if (!QTest::qWaitFor([opener] { return opener->isEnabled(); }))
        qFatal("not connected");
    opener->trigger();
    return part<QWidget>(*window, dialog);
}

QWidget *TestAccess::session()
{
    const QString path = m_sandbox->sessionPath(QStringLiteral("saved"));
    SessionFile file;
    if (!file.create(path))
        qFatal("no session");
    Step step = Step::event(Side::Client, StepKind::Connected, {});
    step.connection = 1;
    file.append(step);
    file.flush();
    m_session = std::make_unique<SessionWindow>(FileLook::at(path));
    m_session->show();
    return m_session.get();
}

/// The window "server", "client more", "server rules", …: its program, and what is opened in it.
QWidget *TestAccess::open(const QByteArray &window)
{
    if (window == "capture") {
        m_capture = std::make_unique<CaptureWindow>(QStringLiteral(EXAMPLES "/conversation.pcap"), QString());
        m_capture->show();
        return m_capture.get();
    }
    if (window == "session")
        return session();
    if (window == "client repeat")
        return clientWithDialog("repeatAction", "repeatDialog");
    if (window == "client bytes")
        return clientWithDialog("sendBytesAction", "bytesDialog");
    QWidget *main = window.startsWith("server") ? server() : client();
    const QByteArray opened = window.mid(7);
    if (opened.isEmpty())
        return main;
    if (opened == "more") {
        click(*main, "moreButton");
        return main;
    }
    if (opened == "rules") {
        part<QAction>(*main, "editRules")->trigger();
        click(*part<QWidget>(*main, "rulesWindow"), "addEntry");
        return part<QWidget>(*main, "rulesWindow");
    }
    if (opened == "presets") {
        auto *menu = part<QMenu>(*main, "presetMenu");
        emit menu->aboutToShow();
        menu->actions().constLast()->trigger();
        click(*part<QWidget>(*main, "presetsWindow"), "addEntry");
        return part<QWidget>(*main, "presetsWindow");
    }
    if (opened == "socket") {
        click(*main, "moreButton");
        click(*main, "socketButton");
        return part<QWidget>(*main, "socketDialog");
    }
    part<QAction>(*main, opened.constData())->trigger(); // a tab
    return main;
}

void TestAccess::namesAndTabs_data()
{
    QTest::addColumn<QByteArray>("window");
    for (const char *window :
         {"server", "server more", "server rules", "server presets", "client", "client more", "client socket",
          "client presets", "client repeat", "client bytes", "capture", "session"})
        QTest::newRow(window) << QByteArray(window);
}

void TestAccess::namesAndTabs()
{
    QFETCH(const QByteArray, window);
    QWidget *opened = open(window);
    opened->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), opened);
    QTRY_VERIFY(isRead(*opened));
    QAccessible::setActive(true); // assistive technology comes
    QCOMPARE(withoutName(*opened).join(u'\n'), QString());
    QStringList nameless;
    addNameless(QAccessible::queryAccessibleInterface(opened), nameless);
    QCOMPARE(nameless.join(u'\n'), QString());
    QCOMPARE(notReached(*opened).join(u'\n'), QString());
}

void TestAccess::backwards_data()
{
    namesAndTabs_data();
}

/// Shift+Tab goes the same way back.
void TestAccess::backwards()
{
    QFETCH(const QByteArray, window);
    QWidget *opened = open(window);
    opened->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), opened);
    QTRY_VERIFY(isRead(*opened));
    const QList<QWidget *> forth = focusOrder(*opened, Qt::Key_Tab);
    QList<QWidget *> back = focusOrder(*opened, Qt::Key_Backtab);
    std::ranges::reverse(back);
    std::rotate(back.begin(), std::find(back.begin(), back.end(), forth.constFirst()), back.end());
    QCOMPARE(back, forth);
}

/// A state is part of the name of what shows it.
void TestAccess::statesAreRead()
{
    QTcpServer peer;
    QVERIFY(peer.listen(QHostAddress::LocalHost));
    client();
    type(*m_client, "portEdit", QString::number(peer.serverPort()));
    click(*m_client, "sendButton");
    const auto read = [this] {
        QStringList names;
        for (QWidget *widget : m_client->findChildren<QWidget *>()) {
            if (widget->isVisible())
                names.append(accessibleName(*widget));
        }
        return names.join(u'\n');
    };
    QTRY_VERIFY2(read().contains(QStringLiteral("This end: ESTABLISHED")), qPrintable(read()));
    QTRY_VERIFY2(read().contains(QStringLiteral("Waiting for a reply…")), qPrintable(read()));
}

void TestAccess::menusHaveMnemonics_data()
{
    QTest::addColumn<QByteArray>("window");
    QTest::newRow("server") << QByteArray("server");
    QTest::newRow("client") << QByteArray("client");
}

/// Each entry of a menu has one, but those whose texts are the user's.
void TestAccess::menusHaveMnemonics()
{
    QFETCH(const QByteArray, window);
    QWidget *opened = open(window);
    QStringList wrong;
    for (const QMenu *menu : opened->findChildren<QMenu *>()) {
        QStringList used;
        for (const QAction *action : menu->actions()) {
            if (action->isSeparator() || action->text().isEmpty() || menu->objectName() == u"presetMenu")
                continue;
            const QKeySequence key = QKeySequence::mnemonic(action->text());
            if (key.isEmpty() || used.contains(key.toString()))
                wrong.append(QStringLiteral("%1: %2").arg(menu->title(), action->text()));
            used.append(key.toString());
        }
    }
    QCOMPARE(wrong.join(u'\n'), QString());
}

#include "tst_access.moc"
