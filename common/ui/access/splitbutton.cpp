// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "splitbutton.h"

#include <QMenu>
#include <QToolButton>

QAccessibleInterface *SplitButton::create(const QString &className, QObject *object)
{
    Q_UNUSED(className)
    auto *button = qobject_cast<QToolButton *>(object);
    const bool isSplit = button && button->menu() && button->popupMode() == QToolButton::MenuButtonPopup;
    return isSplit ? new SplitButton(button) : nullptr;
}

SplitButton::SplitButton(QToolButton *button)
    : QAccessibleWidget(button, QAccessible::Button)
{
}

QToolButton *SplitButton::button() const
{
    return static_cast<QToolButton *>(object());
}

QAccessible::State SplitButton::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.pressed = button()->isDown();
    state.hasPopup = true;
    return state;
}

int SplitButton::childCount() const
{
    return 1;
}

QAccessibleInterface *SplitButton::child(int index) const
{
    return index == 0 ? QAccessible::queryAccessibleInterface(button()->menu()) : nullptr;
}

int SplitButton::indexOfChild(const QAccessibleInterface *child) const
{
    return child && child->object() == button()->menu() ? 0 : -1;
}

QStringList SplitButton::actionNames() const
{
    QStringList names = QAccessibleWidget::actionNames();
    if (button()->isEnabled())
        names = QStringList{pressAction(), showMenuAction()} + names;
    return names;
}

void SplitButton::doAction(const QString &actionName)
{
    if (actionName == pressAction())
        button()->click();
    else if (actionName == showMenuAction()) // returns when the menu is closed
        QMetaObject::invokeMethod(button(), &QToolButton::showMenu, Qt::QueuedConnection);
    else
        QAccessibleWidget::doAction(actionName);
}
