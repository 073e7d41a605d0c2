// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAccessibleWidget>

class QToolButton;

/// A tool button that does something, with a menu beside it: assistive technology can press it and open its menu. Qt's
/// own interface offers the menu only. Owned by Qt, which deletes it with the button.
class SplitButton : public QAccessibleWidget
{
public:
    /// For QAccessible::installFactory(). Null: the object is another one, or has no menu (yet).
    static QAccessibleInterface *create(const QString &className, QObject *object);

    QAccessible::State state() const override;
    int childCount() const override;
    QAccessibleInterface *child(int index) const override; ///< the menu
    int indexOfChild(const QAccessibleInterface *child) const override;
    QStringList actionNames() const override;
    void doAction(const QString &actionName) override;

private:
    explicit SplitButton(QToolButton *button);
    QToolButton *button() const;
};
