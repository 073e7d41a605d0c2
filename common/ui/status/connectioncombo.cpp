// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connectioncombo.h"

#include "ui/tools/uitools.h"

#include <QListView>
#include <QMenu>

ConnectionCombo::ConnectionCombo(const char *objectName, int characters, QWidget *parent)
    : QComboBox(parent)
{
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(characters);
    setPlaceholderText(tr("No connection yet"));
    auto *list = new QListView(this);
    list->setUniformItemSizes(true);
    setView(list);
    UiTools::describe(this, objectName, tr("Connection"));
    setLayoutDirection(Qt::LeftToRight); // addresses, and arrows from client to server
    setEnabled(false);
}

void ConnectionCombo::addActionsTo(QMenu *menu)
{
    menu->addAction(tr("&Next Connection"), this, [this] { step(1); })->setShortcut(Qt::CTRL | Qt::Key_PageDown);
    menu->addAction(tr("&Previous Connection"), this, [this] { step(-1); })->setShortcut(Qt::CTRL | Qt::Key_PageUp);
}

void ConnectionCombo::refresh()
{
    setEnabled(count() > 0);
}

void ConnectionCombo::step(int rows)
{
    const int row = currentIndex() + rows;
    if (row >= 0 && row < count())
        setCurrentIndex(row);
}

#include "moc_connectioncombo.cpp"
