// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QWidget;

/// The guide: the pages of docs, which the programs contain. A page is named as its file without ".md", perhaps with
/// "#" and a heading as in the links between the pages: "closing", "messages#presets". For the window's thread.
namespace Guide {

/// The page about the nearest of widget and its parents that has one; else the index. widget may be null.
QString pageAbout(const QWidget *widget);

/// Shows the page in the guide's window, of which each main window has one.
void show(QWidget &from, const QString &page);
void showAboutFocus(QWidget &window); ///< the page about the part of the window that has the focus

/// F1, for a window without a Help menu: shows the page, or if it is empty, that about what has the focus.
void addHelpKey(QWidget &window, const QString &page = {});

} // namespace Guide
