// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "client_gui/clientwindow.h"
#include "server_gui/replymenu.h"
#include "server_gui/serverwindow.h"
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/windows/capturewindow.h"

#include <QAccessible>
#include <QDialog>
#include <QPushButton>
#include <QScrollBar>
#include <QTcpServer>

#include <functional>

using namespace WindowTools;

/// What assistive technology and the keyboard need of every window: names, an order of the fields, and states as text.
class TestAccess : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void namesAndTabs_data();
    void namesAndTabs();
    void statesAreRead();
    void menusHaveMnemonics_data();
    void menusHaveMnemonics();

private:
    QWidget *open(const QByteArray &window);
    QWidget *server();
    QWidget *client();

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ServerWindow> m_server;
    std::unique_ptr<ClientWindow> m_client;
    std::unique_ptr<CaptureWindow> m_capture;
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

/// The widgets that Tab does not reach, however often it is pressed.
QStringList notReached(QWidget &window)
{
    QStringList missed;
    QSet<const QWidget *> reached;
    for (int i = 0; i < 200; ++i) {
        QTest::keyClick(&window, Qt::Key_Tab);
        reached.insert(QApplication::focusWidget());
    }
    for (const QWidget *widget : metWidgets(window)) {
        const bool isStop = widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0;
        if (isStop && !reached.contains(widget))
            missed.append(describe(*widget));
    }
    return missed;
}

} // namespace

void TestAccess::initTestCase()
{
    QAccessible::setActive(true);
}

void TestAccess::init()
{
    m_sandbox = std::make_unique<Sandbox>();
}

void TestAccess::cleanup()
{
    m_capture.reset();
    m_client.reset();
    m_server.reset();
    m_sandbox.reset();
    QAccessible::setActive(true);
}

QWidget *TestAccess::server()
{
    ServerOptions options;
    options.port = quint16(0);
    options.replyDelayMs = 0;
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("server"));
    m_server = std::make_unique<ServerWindow>(options);
    m_server->show();
    return m_server.get();
}

QWidget *TestAccess::client()
{
    ClientOptions options;
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("client"));
    m_client = std::make_unique<ClientWindow>(options);
    m_client->show();
    return m_client.get();
}

/// The window "server", "client more", "server rules", …: its program, and what is opened in it.
QWidget *TestAccess::open(const QByteArray &window)
{
    if (window == "capture") {
        m_capture = std::make_unique<CaptureWindow>(QStringLiteral(EXAMPLES "/conversation.pcap"), QString());
        m_capture->show();
        return m_capture.get();
    }
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
    for (const char *window : {"server", "server more", "server rules", "server presets", "client", "client more",
                               "client socket", "client presets", "capture"})
        QTest::newRow(window) << QByteArray(window);
}

void TestAccess::namesAndTabs()
{
    QFETCH(const QByteArray, window);
    QWidget *opened = open(window);
    opened->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), opened);
    QTRY_VERIFY(metWidgets(*opened).size() > 1); // a capture is opened in the background
    QCOMPARE(withoutName(*opened).join(u'\n'), QString());
    QCOMPARE(notReached(*opened).join(u'\n'), QString());
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
