// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sessionmenu.h"

#include <QMainWindow>

class StatusLine;

/// What all windows that show a file have in common: their menus and notices. A window of its own, which WindowOpener
/// makes; deletes itself when it is closed.
class FileWindow : public QMainWindow
{
    Q_OBJECT
public:
    static void closeAll(); ///< all of this program
    SessionMenu &sessionMenu() { return *m_menu; }
    /// "#1 127.0.0.1:51964 → 127.0.0.1:8700"; with the addresses that are known.
    static QString connectionName(int number, const QString &client, const QString &server);

    bool isOpen() const { return m_error.isEmpty(); } ///< false: the window shows errorString()
    QString errorString() const { return m_error; }

protected:
    FileWindow(const QString &title, QWidget *parent);

    /// The last part of construction. content: what the window shows.
    void setUp(std::function<SessionMenu::Source()> source, QWidget *content);
    void setError(const QString &sentence);
    QMenu *viewMenu() const { return m_view; }
    StatusLine &notices() { return *m_notices; }

private:
    SessionMenu *m_menu = nullptr; ///< made by setUp()
    QMenu *m_view;
    StatusLine *m_notices;
    QString m_error;
};
