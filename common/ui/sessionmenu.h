// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QMenu>

#include <functional>

/// The Session menu: Open, Export and Quit, in windows of both kinds. Opened sessions get windows of their own. Owned by
/// a window's menu bar.
class SessionMenu : public QMenu
{
    Q_OBJECT
public:
    /// source: gives the path of the session that Export writes, with all of its steps on disk.
    SessionMenu(std::function<QString()> source, QWidget *window);
    ~SessionMenu() override; ///< waits for an export that runs

    QAction *quitAction() const { return m_quit; }
    void openSession(const QString &path); ///< in a window of its own

signals:
    void failed(const QString &sentence);
    void exported(const QString &path);
    void closeRequested();

private:
    void chooseSession();
    void chooseExport();
    void exportTo(const QString &path);

    std::function<QString()> m_source;
    QWidget *m_window;
    QAction *m_quit;
};
