// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepview.h"

#include "stepdelegate.h"
#include "steps/stepmodel.h"
#include "uitools.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>

StepView::StepView(QWidget *parent)
    : QTableView(parent)
    , m_jump(new QPushButton(tr("&Jump to Newest"), this))
{
    UiTools::describe(this, "stepView", tr("Steps"));
    setItemDelegate(new StepDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);

    m_jump->setObjectName(QStringLiteral("jumpToNewest"));
    m_jump->setToolTip(tr("Scroll to the newest step and follow (End)"));
    m_jump->hide();
    connect(m_jump, &QPushButton::clicked, this, &StepView::jumpToNewest);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &StepView::rangeChanged);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &StepView::scrolled);
}

void StepView::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    setUpColumns();
}

void StepView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    setAccessibleDescription(text);
    viewport()->update();
}

void StepView::setUpColumns()
{
    const QFontMetrics metrics = fontMetrics();
    const int rowHeight = metrics.height() + qMax(4, metrics.height() / 3);
    verticalHeader()->setMinimumSectionSize(rowHeight);
    verticalHeader()->setDefaultSectionSize(rowHeight);
    if (!model() || model()->columnCount() < StepModel::ColumnCount)
        return;
    const int space = metrics.horizontalAdvance(QStringLiteral("MM"));
    const auto widthFor = [&metrics, space](const QString &text) { return metrics.horizontalAdvance(text) + space; };
    horizontalHeader()->setMinimumSectionSize(space);
    horizontalHeader()->setSectionResizeMode(StepModel::TextColumn, QHeaderView::Stretch);
    setColumnWidth(StepModel::TimeColumn, widthFor(QStringLiteral("00:00:00.000")));
    setColumnWidth(StepModel::ConnectionColumn, widthFor(QStringLiteral("#999")));
    setColumnWidth(StepModel::BytesColumn, widthFor(QStringLiteral("1023.9 MiB")));
}

void StepView::rangeChanged()
{
    if (m_following)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    placeButton();
}

void StepView::scrolled()
{
    setFollowing(verticalScrollBar()->value() >= verticalScrollBar()->maximum());
}

void StepView::setFollowing(bool following)
{
    m_jump->setVisible(!following);
    placeButton();
    if (m_following == following)
        return;
    m_following = following;
    emit followingChanged(following);
}

void StepView::jumpToNewest()
{
    scrollToBottom();
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    setFollowing(true);
    setFocus();
}

void StepView::placeButton()
{
    if (m_jump->isHidden())
        return;
    m_jump->resize(m_jump->sizeHint());
    const QRect area = viewport()->geometry();
    const int gap = fontMetrics().height() / 2;
    m_jump->move(area.right() - m_jump->width() - gap, area.bottom() - m_jump->height() - gap);
    m_jump->raise();
}

void StepView::copyLines()
{
    if (!selectionModel())
        return;
    QString text;
    int lines = 0;
    QItemSelection selection = selectionModel()->selection();
    std::sort(selection.begin(), selection.end(),
              [](const QItemSelectionRange &a, const QItemSelectionRange &b) { return a.top() < b.top(); });
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom() && lines < copyLimit; ++row, ++lines) {
            QStringList columns;
            for (int column = 0; column < model()->columnCount(); ++column)
                columns.append(model()->index(row, column).data().toString());
            text += columns.join(QLatin1Char('\t')) + QLatin1Char('\n');
        }
    }
    if (lines > 0)
        QApplication::clipboard()->setText(text);
}

void StepView::keyPressEvent(QKeyEvent *event)
{
    const int last = model() ? model()->rowCount() - 1 : -1;
    if (event->matches(QKeySequence::Copy)) {
        copyLines();
        return;
    }
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (plain && last >= 0 && event->key() == Qt::Key_End) {
        setCurrentIndex(model()->index(last, 0));
        jumpToNewest();
        return;
    }
    if (plain && last >= 0 && event->key() == Qt::Key_Home) {
        setCurrentIndex(model()->index(0, 0));
        return;
    }
    QTableView::keyPressEvent(event);
}

void StepView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_emptyText.isEmpty() || !model() || model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    UiTools::paintEmptyText(painter, viewport()->rect(), *this, m_emptyText);
}

void StepView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    placeButton();
}

void StepView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        setUpColumns();
}
