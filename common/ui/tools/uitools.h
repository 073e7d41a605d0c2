// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/step.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QSize>

class QPainter;
class QPushButton;
class QWidget;
struct Control;

/// Small things that several widgets need. Functions for the window's thread.
namespace UiTools {

constexpr QSize minimumWindow(640, 480);
constexpr QSize defaultWindow(683, 700); ///< two of them fit side by side on 1366×768
constexpr int wideWindow = 900;          ///< from this width on details have a place of their own

/// a and b mixed: share of b, from 0 to 1. Colours of the application come from its palette only, so that they fit
/// light and dark.
QColor mix(const QColor &a, const QColor &b, double share);

/// The height of a row of a form, of the message row and of the status line: 28 pixels with usual fonts.
int rowHeight(const QWidget &widget);
constexpr int grid = 8; ///< pixels between what stands side by side, and at the window's edge

/// Events are quieter than steps.
QColor quietText(const QPalette &palette);
/// Behind characters that stand for something else, such as \n.
QColor escapeBackground(const QPalette &palette);

/// A palette that has nothing but a colour for placeholders, for QApplication::setPalette(): that of some dark themes
/// cannot be read.
QPalette readablePlaceholders(const QPalette &palette);
/// Font, or the platform's fixed one in its size where figures of font differ in width: those of a column line up.
QFont figuresFont(const QFont &font);

/// Name for assistive technology, and a name for tests.
void describe(QWidget *widget, const char *objectName, const QString &accessibleName);

void apply(QPushButton *button, const Control &control);
/// What stands in a view that has nothing to show.
void paintEmptyText(QPainter &painter, const QRect &rect, const QWidget &view, const QString &text);
QWidget *line(QWidget *parent); ///< a horizontal line between parts

/// Makes a window that is shown no larger than the screen, and moves it there as a whole, where the system allows.
void keepOnScreen(QWidget &window);

/// Under these names settings are kept.
QString organization();
QString program(Side side);

} // namespace UiTools
