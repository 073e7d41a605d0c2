// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "combolists.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>

namespace {

void giveName(const QComboBox &combo)
{
    combo.view()->setAccessibleName(combo.accessibleName());
}

/// Names the lists of the existing boxes when assistive technology comes.
class ListNamer : public QAccessible::ActivationObserver
{
public:
    ListNamer() { QAccessible::installActivationObserver(this); }
    ~ListNamer() override { QAccessible::removeActivationObserver(this); }
    Q_DISABLE_COPY_MOVE(ListNamer)

    void accessibilityActiveChanged(bool active) override
    {
        if (!active)
            return;
        for (const QWidget *widget : QApplication::allWidgets()) {
            if (const auto *combo = qobject_cast<const QComboBox *>(widget))
                giveName(*combo);
        }
    }
};

} // namespace

void ComboLists::name(const QComboBox &combo)
{
    static const ListNamer namer;
    if (QAccessible::isActive())
        giveName(combo);
}
