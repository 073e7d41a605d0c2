// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "findbar.h"

#include "steps/stepmodel.h"
#include "ui/tools/elidedlabel.h"
#include "ui/tools/uitools.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTableView>
#include <QToolButton>

using Direction = StepFinder::Direction;

FindBar::FindBar(const SessionFile &file, StepModel &model, QTableView *view, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_view(view)
    , m_finder(file, this)
    , m_field(new QLineEdit(this))
    , m_note(new ElidedLabel(this))
{
    UiTools::describe(m_field, "findEdit", tr("Find in the steps"));
    m_field->setPlaceholderText(tr("Find (F3)"));
    m_field->installEventFilter(this);
    UiTools::describe(m_note, "findNote", tr("What the search found"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_field, 1);
    QToolButton *previous = addButton("findPrevious", Qt::UpArrow, tr("Find the previous row (Shift+F3)"));
    QToolButton *next = addButton("findNext", Qt::DownArrow, tr("Find the next row (F3)"));
    layout->addWidget(previous);
    layout->addWidget(next);
    layout->addWidget(m_note, 1);
    connect(previous, &QToolButton::clicked, this, [this] { find(Direction::Backward); });
    connect(next, &QToolButton::clicked, this, [this] { find(Direction::Forward); });
    connect(m_field, &QLineEdit::textEdited, this, &FindBar::stop);
    connect(&m_finder, &StepFinder::found, this, &FindBar::take);
    connect(&m_finder, &StepFinder::notFound, this, [this] {
        m_note->setText(m_pattern.gaveUp() ? tr("Not found. The expression is too complex for some rows.")
                                           : tr("Not found."));
    });
    connect(&m_finder, &StepFinder::progressed, this,
            [this](int percent) { m_note->setText(tr("%1 % searched. Esc stops.").arg(percent)); });
    connect(&m_model, &StepModel::modelReset, this, &FindBar::stop);
    hide();
}

QToolButton *FindBar::addButton(const char *objectName, Qt::ArrowType arrow, const QString &toolTip)
{
    auto *button = new QToolButton(this);
    UiTools::describe(button, objectName, toolTip);
    button->setArrowType(arrow);
    button->setAutoRaise(true);
    button->setToolTip(toolTip);
    return button;
}

void FindBar::setUsesExpressions(bool uses)
{
    m_usesExpressions = uses;
    stop();
}

void FindBar::open()
{
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FindBar::find(Direction direction)
{
    if (isHidden() || m_field->text().isEmpty()) {
        open();
        return;
    }
    m_direction = direction;
    TextPattern::Mistake mistake;
    m_pattern =
        m_usesExpressions ? TextPattern::ofExpression(m_field->text(), &mistake) : TextPattern::ofText(m_field->text());
    if (mistake.isThere()) {
        m_note->setText(tr("Mistake at character %1: %2.").arg(mistake.at + 1).arg(mistake.text));
        return;
    }
    m_hidden = -1;
    m_isWrapped = false;
    m_note->clear();
    const QModelIndex current = m_view->currentIndex();
    start(current.isValid() ? m_model.fileRowOf(current.row()) : -1);
}

void FindBar::start(qsizetype from)
{
    StepFilter filter = m_model.filter();
    filter.sought = m_pattern;
    m_finder.find(filter, {m_model.clearedRows(), m_model.searchedRows()}, from, m_direction);
}

void FindBar::stop()
{
    m_finder.cancel();
    m_note->clear();
}

/// A search that was stopped does not show all rows that the filter accepts.
void FindBar::take(qsizetype fileRow, bool isWrapped)
{
    m_isWrapped = m_isWrapped || isWrapped;
    const int row = m_model.rowOfFileRow(fileRow);
    if (row < 0 && fileRow == m_hidden) {
        m_note->setText(tr("Not found."));
        return;
    }
    if (row < 0) {
        if (m_hidden < 0)
            m_hidden = fileRow;
        start(fileRow);
        return;
    }
    m_view->selectRow(row);
    m_view->scrollTo(m_model.index(row, 0));
    m_note->setText(!m_isWrapped                        ? QString()
                    : m_direction == Direction::Forward ? tr("Went on at the beginning.")
                                                        : tr("Went on at the end."));
}

void FindBar::takeEscape()
{
    if (m_finder.isRunning()) {
        m_finder.cancel();
        m_note->setText(tr("The search was stopped."));
        return;
    }
    stop();
    hide();
    m_view->setFocus();
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEscape = key->key() == Qt::Key_Escape;
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!isEscape && !isEnter)
        return QWidget::eventFilter(watched, event);
    event->accept(); // before the keys of the window's buttons
    if (event->type() == QEvent::KeyPress && isEscape)
        takeEscape();
    else if (event->type() == QEvent::KeyPress)
        find(key->modifiers().testFlag(Qt::ShiftModifier) ? Direction::Backward : Direction::Forward);
    return true;
}

#include "moc_findbar.cpp"
