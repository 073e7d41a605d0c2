// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "logpane.h"

#include "detailspanel.h"
#include "detailsview.h"
#include "filterbar.h"
#include "findbar.h"
#include "ladder/selection.h"
#include "stepview.h"
#include "ui/tools/uitools.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QVBoxLayout>

LogPane::LogPane(const SessionFile &file, QWidget *parent)
    : QWidget(parent)
    , m_file(file)
    , m_model(file)
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_view(new StepView(this))
    , m_filter(new FilterBar(m_model, this))
    , m_find(new FindBar(file, m_model, m_view, this))
    , m_jump(new QPushButton(tr("&Jump to Newest"), this))
    , m_steps(createSteps())
    , m_details(new DetailsPanel(this))
    , m_detailsAction(new QAction(tr("Show &Details"), this))
    , m_followAction(new QAction(tr("&Follow Newest"), this))
    , m_filterAction(new QAction(tr("F&ilter the Steps"), this))
    , m_logMenu(new QMenu(tr("Filter, Find and Cop&y"), this))
    , m_copyMenu(new QMenu(tr("Copy &As"), this))
    , m_timeMenu(new QMenu(tr("Ti&mes"), this))
    , m_times(new QActionGroup(this))
{
    m_splitter->setObjectName(QStringLiteral("detailsSplitter"));
    m_splitter->addWidget(m_steps);
    m_splitter->addWidget(m_details);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setSizes({300, 200});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_splitter, 1);
    createActions();

    connect(m_details, &DetailsPanel::foldedChanged, this, &LogPane::applyLayout);
    connect(m_filter, &FilterBar::changed, this, &LogPane::refreshEmptyText);
    connect(m_filter, &FilterBar::changed, this, &LogPane::refreshActions);
    connect(m_view, &StepView::followingChanged, this, &LogPane::refreshJump);
    connect(m_jump, &QPushButton::clicked, m_view, &StepView::jumpToNewest);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &LogPane::showCurrent);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &LogPane::refreshActions);
    connect(m_view, &QTableView::activated, this, [this] { showDetails(true); });
    applyLayout();
}

QWidget *LogPane::createSteps()
{
    m_view->setModel(&m_model);
    m_view->setColumnHidden(StepModel::ConnectionColumn, !m_model.hasSeveralConnections());
    connect(&m_model, &StepModel::severalConnectionsCame, m_view,
            [this] { m_view->setColumnHidden(StepModel::ConnectionColumn, false); });
    UiTools::describe(m_jump, "jumpToNewest", tr("Jump to the newest step"));
    m_jump->setToolTip(tr("Scroll to the newest step and follow new steps (End)"));
    m_jump->hide();
    auto *steps = new QWidget(this);
    auto *layout = new QVBoxLayout(steps);
    layout->setContentsMargins({});
    layout->addWidget(m_filter);
    layout->addWidget(m_find);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_jump, 0, Qt::AlignHCenter); // below the rows, so that it covers none of them
    return steps;
}

void LogPane::setEmptyText(const QString &text)
{
    m_emptyText = text;
    refreshEmptyText();
}

void LogPane::refreshEmptyText()
{
    const bool hidesRows = m_file.count() > m_model.clearedRows() && m_model.isFiltered();
    m_view->setEmptyText(hidesRows                   ? tr("No step matches the filter.")
                         : m_model.clearedRows() > 0 ? tr("New steps appear here.")
                                                     : m_emptyText);
}

void LogPane::setConnectionText(const QString &text)
{
    m_details->view()->setConnectionText(text);
}

void LogPane::setParts(Parts parts)
{
    m_parts = parts;
    applyLayout();
}

void LogPane::setFollowsNewest(bool follows)
{
    m_followsNewest = follows;
    m_view->setFollowsNewest(follows);
    refreshJump();
}

void LogPane::refreshJump()
{
    m_jump->setVisible(m_followsNewest && !m_view->isFollowing());
}

void LogPane::applyLayout()
{
    const bool hasBoth = m_parts == Parts::StepsAndDetails;
    m_details->setAsTab(!hasBoth);
    m_steps->setVisible(m_parts != Parts::Details);
    m_details->setVisible(m_parts != Parts::Steps);
    m_detailsAction->setChecked(hasBoth ? !m_details->isFolded() : m_parts == Parts::Details);
}

void LogPane::showDetails(bool show)
{
    if (m_parts == Parts::StepsAndDetails)
        m_details->setFolded(!show);
    else
        emit detailsRequested(show);
    applyLayout();
}

void LogPane::showCurrent()
{
    const int row = m_view->currentIndex().row();
    if (row < 0)
        return;
    m_meaning = m_meaningOf ? m_meaningOf(m_model.fileRowOf(row)) : QString();
    m_details->view()->setStep(m_model.stepAt(row), m_meaning);
    if (!m_isShowingSelection)
        emit rowSelected(m_model.fileRowOf(row));
}

void LogPane::setMeanings(const MeaningOf &meaningOf)
{
    m_meaningOf = meaningOf;
}

void LogPane::refreshMeaning()
{
    const int row = m_view->currentIndex().row();
    const QString meaning = row < 0 || !m_meaningOf ? QString() : m_meaningOf(m_model.fileRowOf(row));
    if (std::exchange(m_meaning, meaning) != meaning)
        m_details->view()->setStep(m_model.stepAt(row), meaning);
}

LogPane::FileRows LogPane::allRows()
{
    return {.rowOf = [](StepRow step) { return step.value(); }, .stepOf = [](qsizetype row) { return StepRow(row); }};
}

void LogPane::follow(Selection &selection, const FileRows &rows)
{
    connect(this, &LogPane::rowSelected, &selection,
            [this, &selection, rows](qsizetype fileRow) { selection.selectStep(rows.stepOf(fileRow), this); });
    connect(&selection, &Selection::changed, this, [this, &selection, rows](const QObject *by) {
        if (by != this && selection.step().isValid())
            selectRow(rows.rowOf(selection.step()));
    });
}

void LogPane::selectRow(qsizetype fileRow)
{
    const int row = m_model.rowOfFileRow(fileRow);
    if (row < 0)
        return;
    m_isShowingSelection = true;
    m_view->selectRow(row);
    m_view->scrollTo(m_model.index(row, 0));
    m_isShowingSelection = false;
}

void LogPane::restore(const QSettings &settings)
{
    m_filter->setShowsEvents(settings.value(QStringLiteral("log/events"), true).toBool());
    setTimeMode(StepTimeText::fromWord(settings.value(QStringLiteral("log/times")).toString()));
    m_details->setFolded(settings.value(QStringLiteral("log/detailsFolded"), false).toBool());
    m_splitter->restoreState(settings.value(QStringLiteral("log/splitter")).toByteArray());
    m_splitter->setOrientation(Qt::Vertical);
}

void LogPane::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("log/events"), m_filter->showsEvents());
    settings.setValue(QStringLiteral("log/times"), QString(StepTimeText::word(m_model.timeMode())));
    settings.setValue(QStringLiteral("log/detailsFolded"), m_details->isFolded());
    if (m_parts == Parts::StepsAndDetails && !m_details->isFolded())
        settings.setValue(QStringLiteral("log/splitter"), m_splitter->saveState());
}

#include "moc_logpane.cpp"
