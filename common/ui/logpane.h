// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/stepmodel.h"

#include <QWidget>

class DetailsPanel;
class QAction;
class QCheckBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QSettings;
class QSplitter;
class QTabBar;
class StepView;

/// The steps of a session file with their filter, and the details of the selected one: side by side with a fold where
/// there is room, else as two tabs. Owned by a window, which owns the file too.
class LogPane : public QWidget
{
    Q_OBJECT
public:
    explicit LogPane(SessionFile &file, QWidget *parent = nullptr);

    void setEmptyText(const QString &text);
    void setConnectionText(const QString &text); ///< about the connection that is looked at, shown with the details
    void setWide(bool wide);
    bool isWide() const { return m_wide; }

    StepView *view() const { return m_view; }
    void addActionsTo(QMenu *menu); ///< what a View menu offers

    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

private:
    void createActions();
    QWidget *createTopRow();
    void applyFilter();
    void applyLayout();
    void showDetails(bool show);
    void showCurrent();
    void refreshEmptyText();
    void refreshProgress();

    SessionFile &m_file;
    StepModel m_model;
    QString m_emptyText;
    QTabBar *m_tabs;
    QLineEdit *m_filter;
    QCheckBox *m_events;
    QLabel *m_progress; ///< of a search that takes a while
    QPushButton *m_stop;
    QSplitter *m_splitter;
    StepView *m_view;
    DetailsPanel *m_details;
    QAction *m_eventsAction;
    QAction *m_detailsAction;
    QAction *m_followAction;
    QAction *m_findAction;
    bool m_wide = false;
};
