// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/step.h"

#include <QColor>
#include <QFont>
#include <QKeySequence>
#include <QPalette>
#include <QSize>

#include <functional>

class QAction;
class QFileDialog;
class QLabel;
class QLineEdit;
class QPainter;
class QPushButton;
class QWidget;
struct Colors;
struct Control;

/// Small helpers that several widgets need. Functions for the window's thread.
namespace UiTools {

constexpr QSize minimumWindow(640, 480);
constexpr QSize defaultWindow(673, 700); ///< two of them, with usual frames, fit side by side on 1366×768
constexpr int wideWindow = 900;          ///< from this width on, the details have a place of their own

/// The height of a row of a form, of the message row and of the status line: 28 pixels with usual fonts.
int rowHeight(const QWidget &widget);
constexpr int grid = 8; ///< pixels between widgets that are side by side, and at the edge of the window

/// The colour for events, which is quieter than that of steps.
QColor quietText(const QPalette &palette);
/// The background of escapes such as \n.
QColor escapeBackground(const QPalette &palette);

/// Gives the label's text one of the colours that the palette lacks, also after another theme was chosen.
void setTextColor(QLabel *label, QColor Colors::*color);

/// Returns a palette that sets only the colour of placeholders: some dark themes have unreadable ones.
QPalette readablePlaceholders(const QPalette &palette);
/// Gives the application this colour, also after another theme was chosen.
void keepPlaceholdersReadable();
/// Returns font, or the platform's fixed font in the same size if the figures of font differ in width, so that
/// figures line up in columns.
QFont figuresFont(const QFont &font);

/// Sets the name for assistive technology, and the object name for tests. The list and the field of a combo box get the
/// same name: on X11, Qt names the box itself by its value.
void describe(QWidget *widget, const char *objectName, const QString &accessibleName);

/// Sets a name, or a description, that changes: Qt tells assistive technology also of what stays the same, and a screen
/// reader that is flooded drops announcements.
void changeAccessibleName(QWidget *widget, const QString &name);
void changeAccessibleDescription(QWidget *widget, const QString &description);

/// Adds an action with shortcuts that work while the focus is in the view; it stands in the view's context menu if its
/// policy is ActionsContextMenu.
QAction *addAction(QWidget &view, const QString &text, const QList<QKeySequence> &keys,
                   const std::function<void()> &slot);

/// Shows a button that clears the field, from its first text on: loading the icon searches the themes, which takes a
/// fifth of the time until a window is visible.
void offerClearButton(QLineEdit *field);

void apply(QPushButton *button, const Control &control);
/// Paints the hint of a view that has nothing to show.
void paintEmptyText(QPainter &painter, const QRect &rect, const QWidget &view, const QString &text);
QWidget *line(QWidget *parent); ///< a horizontal line between parts

/// Gives a file that is to be saved the suffix of the chosen filter, "CSV (*.csv)", if its name has none.
void followFilter(QFileDialog &dialog);

/// Limits a visible window to the size of the screen, and moves it completely onto the screen if the system allows
/// that.
void keepOnScreen(QWidget &window);
/// The same for a window that has just been shown, once the window manager has given it a frame.
void keepOnScreenSoon(QWidget &window);

/// The names under which settings are stored.
QString organization();
QString program(Side side);

} // namespace UiTools
