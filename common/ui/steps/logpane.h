// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/stepmodel.h"
#include "steps/steprow.h"

#include <QKeySequence>
#include <QWidget>

#include <functional>

class DetailsPanel;
class FilterBar;
class FindBar;
class QAction;
class QActionGroup;
class QMenu;
class QPushButton;
class QSettings;
class QSplitter;
class Selection;
class StepView;

/// Shows the steps of a session file, with a filter above them, and the details of the selected step below them in a
/// strip that folds. It can also show only the steps or only the details. Owned by a ConversationPane; a window owns
/// the file.
class LogPane : public QWidget
{
    Q_OBJECT
public:
    enum class Parts { Steps, Details, StepsAndDetails };

    explicit LogPane(const SessionFile &file, QWidget *parent = nullptr);

    void setEmptyText(const QString &text);
    void setConnectionText(const QString &text); ///< about the selected connection, shown with the details
    void setParts(Parts parts);
    /// False for a session that was opened: the view shows its beginning, and follows its end only after the user has
    /// scrolled there.
    void setFollowsNewest(bool follows);
    /// Which rows of the file the steps of a Recording are.
    struct FileRows {
        std::function<qsizetype(StepRow)> rowOf;
        std::function<StepRow(qsizetype)> stepOf; ///< invalid: the row is no step of the recording
    };
    /// From now on what is selected here is selected there, and what is selected there is shown here, if the filter
    /// does not hide it.
    void follow(Selection &selection, const FileRows &rows = allRows());

    /// Tells more about rows of the file than their steps do; an empty text if there is no more.
    using MeaningOf = std::function<QString(qsizetype fileRow)>;
    void setMeanings(const MeaningOf &meaningOf);
    void refreshMeaning(); ///< of the selected step

    StepView *view() const { return m_view; }
    void addActionsTo(QMenu *menu); ///< the actions for a View menu
    void setTimeMode(TimeMode mode);

    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

signals:
    void detailsRequested(bool show);    ///< if the details are not beside the steps
    void stepsRequested();               ///< a key is about them: they may be behind something else
    void rowSelected(qsizetype fileRow); ///< by the user

private:
    static FileRows allRows(); ///< the recording has every line of the file
    void selectRow(qsizetype fileRow);
    void createActions();
    void createLogActions();
    void createCopyActions();
    void createTimeActions();
    void addContextMenu();
    QAction *addLogAction(const QString &text, const QList<QKeySequence> &keys, const std::function<void()> &slot);
    int currentConnection() const;
    void refreshActions();
    QWidget *createSteps();
    void applyLayout();
    void showDetails(bool show);
    void showCurrent();
    void refreshEmptyText();
    void refreshJump();

    const SessionFile &m_file;
    StepModel m_model;
    QString m_emptyText;
    QSplitter *m_splitter;
    StepView *m_view;
    FilterBar *m_filter;
    FindBar *m_find;
    QPushButton *m_jump;
    QWidget *m_steps; ///< the view, its filter and its scroll button
    MeaningOf m_meaningOf;
    QString m_meaning; ///< of the selected step; empty: its own
    DetailsPanel *m_details;
    QAction *m_detailsAction;
    QAction *m_followAction;
    QAction *m_filterAction;
    QMenu *m_logMenu;  ///< in the View menu
    QMenu *m_copyMenu; ///< in the log's menu and in the context menu
    QMenu *m_timeMenu;
    QActionGroup *m_times; ///< the data of each action is a TimeMode
    QAction *m_onlyAction = nullptr;
    QAction *m_allConnectionsAction = nullptr;
    Parts m_parts = Parts::Steps;
    bool m_isShowingSelection = false; ///< another view's
    bool m_followsNewest = true;       ///< the file grows while it is shown
};
