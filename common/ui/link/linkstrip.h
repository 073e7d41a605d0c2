// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "link/linkclient.h"

#include <QMenu>
#include <QWidget>

class ElidedLabel;
class QActionGroup;
class QToolButton;
class StatusLine;

/// The emulated link in the user's hand: whether packets flow or are held, the next of those that wait, and the
/// conditions. Hidden where there is no link. Owned by a window; its menu stands in the window's menu bar, so that its
/// keys work everywhere.
class LinkStrip : public QWidget
{
    Q_OBJECT
public:
    explicit LinkStrip(QWidget *parent);

    LinkClient &link() { return m_link; }
    /// Shows notices for what the link refuses, and why the lab has none.
    void tellIn(StatusLine &notices);
    QMenu *menu() const { return m_menu; }
    /// What the kernel's timers do meanwhile, as a sentence; shown while packets are held.
    void setKernelTimers(const QString &sentence);

private:
    void createHolding();
    void createByHand();
    void createLosing();
    void createConditions();
    void createKernel();
    void askForRules();
    QAction *addHold(const QString &text, const QString &rules);
    void addCondition(const QString &text, const QString &toolTip, const QString &rules);
    QToolButton *addButton(const char *objectName, QAction *action, QMenu *menu = nullptr);
    void hold(const QList<LinkRule> &holds);
    void setConditions(const QList<LinkRule> &conditions);
    void setShown(bool isShown);
    void refresh();
    void refreshConditions();
    void refreshKernel();
    QString waitingText() const;

    LinkClient m_link;
    QMenu *m_menu;
    QMenu *m_holdMenu;
    QMenu *m_loseNextMenu;
    QMenu *m_conditionMenu;
    QActionGroup *m_conditions; ///< the data of each action is its rules
    QAction *m_flow;
    QAction *m_hold;
    QAction *m_deliver;
    QAction *m_deliverAll;
    QAction *m_lose;
    QAction *m_patient;
    QMenu *m_congestionMenu;
    QString m_kernelTimers;
    ElidedLabel *m_waiting;
    QToolButton *m_condition;
};
