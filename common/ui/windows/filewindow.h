// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sessionmenu.h"

#include <QMainWindow>

#include <memory>

class StatusLine;
struct FileLook;

/// The frame of a window that shows a file: its menus, its notices, and its end. Stands for itself; whoever opens it sets
/// WA_DeleteOnClose.
class FileWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// A window for what was found. look: not of Nothing.
    static std::unique_ptr<FileWindow> of(const FileLook &look);
    static void closeAll(); ///< those of this program
    /// "#1 127.0.0.1:51964 → 127.0.0.1:8700"; of addresses those that are known.
    static QString connectionName(int number, const QString &client, const QString &server);

    bool isOpen() const { return m_error.isEmpty(); } ///< false: errorString() says why not, and so does the window
    QString errorString() const { return m_error; }

protected:
    FileWindow(const QString &title, QWidget *parent);

    /// The last part of construction. content: what the window shows.
    void setUp(std::function<SessionMenu::Source()> source, QWidget *content);
    void setError(const QString &sentence);
    QMenu *viewMenu() const { return m_view; }
    StatusLine &notices() { return *m_notices; }

private:
    QMenu *m_view;
    StatusLine *m_notices;
    QString m_error;
};
