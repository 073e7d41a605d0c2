// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>

class QMenu;
class QWidget;

/// The Help menu and the windows it opens, which are not modal.
class HelpWindows
{
    Q_DECLARE_TR_FUNCTIONS(HelpWindows)
public:
    static QMenu *createMenu(QWidget *window); ///< owned by window

private:
    static void showAbout(QWidget *window);
};
