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

/// The steps of a session and the views of its connections. In a wide window the steps and their details are on the
/// left and the views are tabs on the right; else all of them are tabs in one row. Owned by a window, which owns the
/// file too.
class ConversationPane : public QWidget
{
    Q_OBJECT
public:
    explicit ConversationPane(const SessionFile &file, QWidget *parent = nullptr);

    LogPane *log() const { return m_log; }
    void addView(QWidget *view, const QString &title,
                 const QString &toolTip); ///< takes ownership; in the order of the tabs
    void showView(QWidget *view);

    void setWide(bool wide);
    bool isWide() const { return m_wide; }
    void addActionsTo(QMenu *menu); ///< the items of a View menu

    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

private:
    void applyLayout();
    void showDetails(bool show);

    QTabBar *m_tabs;     ///< steps, views and details, in a narrow window
    QTabBar *m_viewTabs; ///< the views
    QSplitter *m_splitter;
    LogPane *m_log;
    QWidget *m_right;
    QStackedWidget *m_views;
    bool m_wide = false;
};
