// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/stepfinder.h"

#include <QWidget>

class ElidedLabel;
class QLineEdit;
class QTableView;
class QToolButton;
class StepModel;

/// A row for finding steps: selects the next or the previous row of a log that has a text, and hides none. Is hidden
/// until the first search; Escape ends a search, and then hides the row. Owned by a LogPane.
class FindBar : public QWidget
{
    Q_OBJECT
public:
    /// The other objects outlive this one; the model is the view's.
    FindBar(const SessionFile &file, StepModel &model, QTableView *view, QWidget *parent = nullptr);

    /// Opens the row if it is hidden or its field empty; else finds.
    void find(StepFinder::Direction direction);
    void setUsesExpressions(bool uses);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QToolButton *addButton(const char *objectName, Qt::ArrowType arrow, const QString &toolTip);
    void open();
    void start(qsizetype from);
    void stop();
    void take(qsizetype fileRow, bool isWrapped);
    void takeEscape();

    StepModel &m_model;
    QTableView *m_view;
    StepFinder m_finder;
    QLineEdit *m_field;
    ElidedLabel *m_note;
    StepFinder::Direction m_direction = StepFinder::Direction::Forward;
    TextPattern m_pattern;
    qsizetype m_hidden = -1; ///< the first row that was found and is not shown
    bool m_usesExpressions = false;
    bool m_isWrapped = false;
};
