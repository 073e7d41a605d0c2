// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "windowtools.h"

#include <QApplication>
#include <QMenu>
#include <QPointer>
#include <QTimer>
#include <QWindow>

#include <algorithm>

/// A keyboard: what it does goes to whatever has the focus.
namespace Keys {

/// The window that was activated last.
inline QPointer<QWidget> current;

inline void activate(QWidget &window)
{
    current = &window;
    window.activateWindow();
    QTRY_COMPARE(QGuiApplication::focusWindow(), window.windowHandle());
    QTRY_COMPARE(QApplication::activeWindow(), &window);
}

/// Whether a menu has the focus although it has closed: it closed before the window system gave it the focus.
inline bool closedMenuHasFocus()
{
    const QWindow *focused = QGuiApplication::focusWindow();
    const auto widgets = QApplication::topLevelWidgets();
    return focused && std::any_of(widgets.begin(), widgets.end(), [focused](const QWidget *widget) {
               return qobject_cast<const QMenu *>(widget) && widget->windowHandle() == focused && !widget->isVisible();
           });
}

/// As a window manager does when a menu has closed. Offscreen there is none.
inline void giveFocusBack()
{
    if ((!QGuiApplication::focusWindow() || closedMenuHasFocus()) && current)
        activate(*current);
}

inline void press(QKeyCombination keys)
{
    giveFocusBack();
    QTest::keyClick(QGuiApplication::focusWindow(), keys.key(), keys.keyboardModifiers());
}

inline void write(const QString &text)
{
    for (const QChar character : text)
        QTest::keyClick(QGuiApplication::focusWindow(), character.toLatin1());
}

/// Replaces the text of what has the focus.
inline void enter(const QString &text)
{
    press(Qt::CTRL | Qt::Key_A);
    write(text);
}

/// Waits until this window has what is typed. It may have been opened a moment ago.
inline void waitFor(const QWidget &window)
{
    QTRY_COMPARE(QApplication::activeWindow(), &window);
}

/// Presses Tab until this part has the focus.
inline void tabTo(const QWidget &window, const char *name)
{
    const auto *wanted = WindowTools::part<QWidget>(window, name);
    for (int i = 0; i < 100 && QApplication::focusWidget() != wanted; ++i)
        press(Qt::Key_Tab);
    giveFocusBack();
    QCOMPARE(QApplication::focusWidget(), wanted);
}

/// Opens a tab of the window: the tabs are one stop, and the arrows choose.
inline void openTab(const QWidget &window, const QString &title)
{
    tabTo(window, "paneTabs");
    const auto *tabs = WindowTools::part<QTabBar>(window, "paneTabs");
    for (int i = 0; i < tabs->count(); ++i)
        press(Qt::Key_Left);
    for (int i = 0; i < tabs->count() && tabs->tabText(tabs->currentIndex()) != title; ++i)
        press(Qt::Key_Right);
    QCOMPARE(tabs->tabText(tabs->currentIndex()), title);
}

/// Presses a key that opens a menu, and chooses items by their keys. (A button's menu has an event loop of its own.)
inline void choose(QKeyCombination opens, QList<Qt::Key> keys)
{
    constexpr int patientTurns = 200; // then nothing was chosen
    int turns = 0;
    QTimer timer;
    timer.callOnTimeout(&timer, [&] {
        if (!QApplication::activePopupWidget())
            return;
        if (!keys.isEmpty())
            press(keys.takeFirst());
        else if (++turns > patientTurns)
            press(Qt::Key_Escape);
    });
    timer.start(5);
    press(opens);
    QTRY_VERIFY(keys.isEmpty() && !QApplication::activePopupWidget());
    QVERIFY(turns <= patientTurns);
}

/// Starts the server, and sends a message from the client.
inline void connectAndSend(QWidget &server, QWidget &client)
{
    activate(server);
    press(Qt::ALT | Qt::Key_T); // Start Server
    QTRY_VERIFY(!WindowTools::listeningOn(server).isEmpty());
    activate(client);
    press(Qt::ALT | Qt::Key_P);
    enter(WindowTools::listeningOn(server).section(u':', -1));
    press(Qt::ALT | Qt::Key_N); // Connect and Send
    QTRY_COMPARE(WindowTools::steps(client).size(), 2);
    WindowTools::waitForButton(client, "closeButton");
}

} // namespace Keys
