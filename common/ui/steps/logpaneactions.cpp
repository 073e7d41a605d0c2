// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "filterbar.h"
#include "findbar.h"
#include "logpane.h"
#include "stepclipboard.h"
#include "stepview.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>

// The actions of a LogPane: in the View menu, in the menu of the log below it, and in the context menu.

void LogPane::createActions()
{
    m_detailsAction->setCheckable(true);
    m_detailsAction->setShortcut(Qt::CTRL | Qt::Key_D);
    connect(m_detailsAction, &QAction::triggered, this, &LogPane::showDetails);

    m_followAction->setCheckable(true);
    m_followAction->setChecked(true);
    m_followAction->setShortcut(Qt::CTRL | Qt::Key_End);
    connect(m_followAction, &QAction::triggered, this, [this] {
        m_view->jumpToNewest();
        m_followAction->setChecked(m_view->isFollowing());
    });
    connect(m_view, &StepView::followingChanged, m_followAction, &QAction::setChecked);

    m_filterAction->setShortcut(QKeySequence::Find);
    connect(m_filterAction, &QAction::triggered, this, [this] {
        emit stepsRequested();
        m_filter->focusField();
    });
    connect(m_filter->expressionAction(), &QAction::toggled, m_find, &FindBar::setUsesExpressions);

    createTimeActions();
    createCopyActions();
    createLogActions();
    addContextMenu();
    refreshActions();
}

/// An action that works while the focus is in the log, and stands in its menu.
QAction *LogPane::addLogAction(const QString &text, const QList<QKeySequence> &keys, const std::function<void()> &slot)
{
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
    m_logMenu->addAction(action);
    return action;
}

void LogPane::createLogActions()
{
    m_onlyAction = addLogAction(tr("&Only This Connection"), {Qt::CTRL | Qt::SHIFT | Qt::Key_O},
                                [this] { m_filter->showOnly(currentConnection()); });
    m_onlyAction->setObjectName(QStringLiteral("onlyThisConnection"));
    m_allConnectionsAction =
        addLogAction(tr("All Co&nnections"), {Qt::CTRL | Qt::SHIFT | Qt::Key_A}, [this] { m_filter->showOnly(0); });
    m_allConnectionsAction->setObjectName(QStringLiteral("allConnections"));
    m_logMenu->addSeparator();
    m_filter->addKindsTo(m_logMenu);
    m_logMenu->addSeparator();
    m_logMenu->addAction(m_filter->expressionAction());
    addAction(m_filter->expressionAction());
    for (const auto &[text, keys, direction] :
         {std::tuple(tr("&Find Next"), QList<QKeySequence>{Qt::Key_F3, Qt::CTRL | Qt::Key_G},
                     StepFinder::Direction::Forward),
          std::tuple(tr("Find &Previous"),
                     QList<QKeySequence>{Qt::SHIFT | Qt::Key_F3, Qt::CTRL | Qt::SHIFT | Qt::Key_G},
                     StepFinder::Direction::Backward)}) {
        addLogAction(text, keys, [this, where = direction] {
            emit stepsRequested();
            m_find->find(where);
        });
    }
    m_logMenu->addSeparator();
    m_logMenu->addMenu(m_copyMenu);
    m_logMenu->addSeparator();
    addLogAction(tr("&Clear"), {Qt::CTRL | Qt::Key_L}, [this] {
        m_filter->clear();
    })->setObjectName(QStringLiteral("clearLog"));
    addLogAction(tr("S&how All"), {Qt::CTRL | Qt::SHIFT | Qt::Key_L}, [this] {
        m_filter->showAll();
    })->setObjectName(QStringLiteral("showAllAction"));
}

void LogPane::createCopyActions()
{
    const auto add = [this](const char *objectName, const QString &text, const QKeySequence &keys,
                            const std::function<QString()> &copy) {
        auto *action = new QAction(text, m_view);
        action->setObjectName(QLatin1StringView(objectName));
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut); // details and fields copy what is selected in them
        connect(action, &QAction::triggered, this, [this, copy] { m_filter->setNote(copy()); });
        m_view->addAction(action);
        m_copyMenu->addAction(action);
    };
    const auto as = [this](StepCopy::Form form) {
        return [this, form] { return StepClipboard::copySteps(*m_view, m_model, form); };
    };
    add("copyRows", tr("&Rows"), QKeySequence(QKeySequence::Copy), [this] { return StepClipboard::copyRows(*m_view); });
    add("copyLines", tr("&Step Lines"), Qt::CTRL | Qt::SHIFT | Qt::Key_C, as(StepCopy::Form::Lines));
    add("copyHex", tr("&Hex"), {}, as(StepCopy::Form::Hex));
    add("copyArray", tr("C &Array"), {}, as(StepCopy::Form::CArray));
}

void LogPane::createTimeActions()
{
    for (const auto &[mode, text] : {std::pair(TimeMode::Clock, tr("&Time of Day")),
                                     {TimeMode::SinceConnection, tr("Since the &Connection Began")},
                                     {TimeMode::SincePrevious, tr("Since the &Row Before")}}) {
        QAction *action = m_times->addAction(text);
        action->setObjectName(StepTimeText::word(mode));
        action->setCheckable(true);
        action->setData(int(mode));
    }
    m_timeMenu->addActions(m_times->actions());
    connect(m_times, &QActionGroup::triggered, this,
            [this](const QAction *action) { setTimeMode(TimeMode(action->data().toInt())); });
    setTimeMode(m_model.timeMode());
}

void LogPane::setTimeMode(TimeMode mode)
{
    m_model.setTimeMode(mode);
    const auto actions = m_times->actions();
    for (QAction *action : actions)
        action->setChecked(action->data().toInt() == int(mode));
}

void LogPane::addContextMenu()
{
    // The actions of the copies are the view's already, for their keys: they stand in their own menu.
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("logContextMenu"));
    menu->addMenu(m_copyMenu);
    menu->addSeparator();
    menu->addActions({m_onlyAction, m_allConnectionsAction});
    menu->addSeparator();
    menu->addMenu(m_timeMenu);
    menu->addAction(m_filterAction);
    const QList<QAction *> ofLog = m_logMenu->actions();
    menu->addActions(ofLog.last(2)); // Clear and Show All
    connect(m_view, &QWidget::customContextMenuRequested, menu,
            [this, menu](const QPoint &at) { menu->popup(m_view->viewport()->mapToGlobal(at)); });
}

void LogPane::addActionsTo(QMenu *menu)
{
    menu->addActions({m_filter->eventsAction(), m_detailsAction, m_followAction, m_filterAction});
    menu->addMenu(m_logMenu);
    menu->addMenu(m_timeMenu);
}

/// Of the current row; 0: of none.
int LogPane::currentConnection() const
{
    const int row = m_view->currentIndex().row();
    return row < 0 ? 0 : m_model.stepAt(row).connection;
}

void LogPane::refreshActions()
{
    const int connection = currentConnection();
    m_onlyAction->setEnabled(connection > 0);
    m_allConnectionsAction->setEnabled(m_model.filter().connection > 0);
}
