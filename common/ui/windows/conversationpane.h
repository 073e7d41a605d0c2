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
class QToolButton;
class SessionFile;

/// The steps of a session and the views of its connections. In a wide window the steps and their details are on the
/// left and the views are tabs on the right; else all of them are tabs in one row, and a menu at its end has the views
/// that not everybody needs. Owned by a window, which owns the file too.
class ConversationPane : public QWidget
{
    Q_OBJECT
public:
    explicit ConversationPane(const SessionFile &file, QWidget *parent = nullptr);

    LogPane *log() const { return m_log; }
    enum class Place { Tab, MoreMenu }; ///< in a narrow window
    /// Takes ownership; in the order of the tabs.
    void addView(QWidget *view, const QString &title, const QString &toolTip, Place place = Place::Tab);
    void showView(QWidget *view);

    void setWide(bool wide);
    bool isWide() const { return m_wide; }
    void addActionsTo(QMenu *menu); ///< the items of a View menu

    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

private:
    void applyLayout();
    void showDetails(bool show);
    int viewOfTab(int tab) const;
    int tabOf(int view) const;
    void addTabFor(int view);

    QTabBar *m_tabs;     ///< steps, views and details, in a narrow window
    QToolButton *m_more; ///< with a menu of the views that have no tab in a narrow window
    QTabBar *m_viewTabs; ///< the views
    QSplitter *m_splitter;
    LogPane *m_log;
    QWidget *m_right;
    QStackedWidget *m_views;
    bool m_wide = false;
};
