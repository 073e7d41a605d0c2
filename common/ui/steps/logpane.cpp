// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "logpane.h"

#include "detailspanel.h"
#include "detailsview.h"
#include "ladder/selection.h"
#include "stepview.h"
#include "ui/tools/uitools.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>

LogPane::LogPane(const SessionFile &file, QWidget *parent)
    : QWidget(parent)
    , m_file(file)
    , m_model(file)
    , m_filter(new QLineEdit(this))
    , m_events(new QCheckBox(tr("&Events"), this))
    , m_progress(new QLabel(this))
    , m_stop(new QPushButton(tr("Stop"), this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_view(new StepView(this))
    , m_jump(new QPushButton(tr("&Jump to Newest"), this))
    , m_steps(createSteps())
    , m_details(new DetailsPanel(this))
    , m_eventsAction(new QAction(tr("Show &Events"), this))
    , m_detailsAction(new QAction(tr("Show &Details"), this))
    , m_followAction(new QAction(tr("&Follow Newest"), this))
    , m_findAction(new QAction(tr("F&ilter the Steps"), this))
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
    connect(m_filter, &QLineEdit::textChanged, this, &LogPane::applyFilter);
    connect(m_events, &QCheckBox::toggled, this, &LogPane::applyFilter);
    connect(&m_model, &StepModel::searchChanged, this, &LogPane::refreshProgress);
    connect(m_stop, &QPushButton::clicked, &m_model, &StepModel::stopSearch);
    connect(m_view, &StepView::followingChanged, this, &LogPane::refreshJump);
    connect(m_jump, &QPushButton::clicked, m_view, &StepView::jumpToNewest);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &LogPane::showCurrent);
    connect(m_view, &QTableView::activated, this, [this] { showDetails(true); });
    applyLayout();
}

QWidget *LogPane::createFilterRow()
{
    UiTools::describe(m_filter, "filterEdit", tr("Filter the steps"));
    m_filter->setPlaceholderText(tr("Filter (Ctrl+F)"));
    UiTools::describe(m_events, "eventsSwitch", tr("Show events"));
    m_events->setChecked(true);
    m_events->setToolTip(tr("Show events, which have no number: listening, connected, FIN received… (Ctrl+Shift+V)"));
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_stop);
    layout->addWidget(m_events);
    m_stop->setShortcut(Qt::Key_Escape);
    m_stop->setToolTip(tr("Stop the search and keep its results (Esc)"));
    UiTools::describe(m_stop, "stopSearch", tr("Stop the search"));
    refreshProgress();
    return row;
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
    layout->addWidget(createFilterRow());
    layout->addWidget(m_view, 1);
    layout->addWidget(m_jump, 0, Qt::AlignHCenter); // below the rows, so that it covers none of them
    return steps;
}

void LogPane::createActions()
{
    m_eventsAction->setCheckable(true);
    m_eventsAction->setChecked(true);
    m_eventsAction->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_V); // text fields use Ctrl+E
    connect(m_eventsAction, &QAction::toggled, m_events, &QCheckBox::setChecked);
    connect(m_events, &QCheckBox::toggled, m_eventsAction, &QAction::setChecked);

    m_detailsAction->setCheckable(true);
    m_detailsAction->setShortcut(Qt::CTRL | Qt::Key_D);
    connect(m_detailsAction, &QAction::triggered, this, &LogPane::showDetails);

    m_followAction->setCheckable(true);
    m_followAction->setChecked(true);
    m_followAction->setShortcut(Qt::CTRL | Qt::Key_End);
    connect(m_followAction, &QAction::triggered, this, [this] {
        m_view->jumpToNewest();
        m_followAction->setChecked(m_view->isFollowing());
    });
    connect(m_view, &StepView::followingChanged, m_followAction, &QAction::setChecked);

    m_findAction->setShortcut(QKeySequence::Find);
    connect(m_findAction, &QAction::triggered, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
}

void LogPane::addActionsTo(QMenu *menu)
{
    menu->addActions({m_eventsAction, m_detailsAction, m_followAction, m_findAction});
}

void LogPane::setEmptyText(const QString &text)
{
    m_emptyText = text;
    refreshEmptyText();
}

void LogPane::refreshEmptyText()
{
    m_view->setEmptyText(m_model.isFiltered() && m_file.count() > 0 ? tr("No step matches the filter.") : m_emptyText);
}

void LogPane::applyFilter()
{
    // The icon is loaded on demand, because searching the themes for it takes a while.
    if (!m_filter->text().isEmpty())
        m_filter->setClearButtonEnabled(true);
    m_model.setFilter(m_filter->text(), m_events->isChecked());
    refreshEmptyText();
}

void LogPane::setConnectionText(const QString &text)
{
    m_details->view()->setConnectionText(text);
}

void LogPane::refreshProgress()
{
    const auto percent = m_model.searchedPercent();
    m_progress->setVisible(percent.has_value());
    m_stop->setVisible(percent.has_value());
    if (percent)
        m_progress->setText(tr("%1 % searched").arg(*percent));
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
    m_events->setChecked(settings.value(QStringLiteral("log/events"), true).toBool());
    m_details->setFolded(settings.value(QStringLiteral("log/detailsFolded"), false).toBool());
    m_splitter->restoreState(settings.value(QStringLiteral("log/splitter")).toByteArray());
    m_splitter->setOrientation(Qt::Vertical);
}

void LogPane::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("log/events"), m_events->isChecked());
    settings.setValue(QStringLiteral("log/detailsFolded"), m_details->isFolded());
    if (m_parts == Parts::StepsAndDetails && !m_details->isFolded())
        settings.setValue(QStringLiteral("log/splitter"), m_splitter->saveState());
}

#include "moc_logpane.cpp"
