// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class LogPane;
class QMenu;
class QSettings;
class QSplitter;
class QStackedWidget;
class QTabBar;
class SessionFile;

/// The steps of a session and what else shows its connections. Where there is room: the steps and their details on the left, the
/// other views as tabs on the right; else all of them in one row of tabs. Owned by a window, which owns the file too.
class ConversationPane : public QWidget
{
    Q_OBJECT
public:
    explicit ConversationPane(SessionFile &file, QWidget *parent = nullptr);

    LogPane *log() const { return m_log; }
    void addView(QWidget *view, const QString &title, const QString &toolTip); ///< takes it; in the order of the tabs
    void showView(QWidget *view);

    void setWide(bool wide);
    bool isWide() const { return m_wide; }
    void addActionsTo(QMenu *menu); ///< what a View menu offers

    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

private:
    void applyLayout();
    void showDetails(bool show);

    QTabBar *m_tabs;     ///< steps, views and details, where there is little room
    QTabBar *m_viewTabs; ///< the views
    QSplitter *m_splitter;
    LogPane *m_log;
    QWidget *m_right;
    QStackedWidget *m_views;
    bool m_wide = false;
};
