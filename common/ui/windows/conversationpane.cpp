// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversationpane.h"

#include "ui/steps/logpane.h"
#include "ui/tools/uitools.h"

#include <QMenu>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

ConversationPane::ConversationPane(const SessionFile &file, QWidget *parent)
    : QWidget(parent)
    , m_tabs(new QTabBar(this))
    , m_viewTabs(new QTabBar(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_log(new LogPane(file, this))
    , m_right(new QWidget(this))
    , m_views(new QStackedWidget(m_right))
{
    UiTools::describe(m_tabs, "paneTabs", tr("What is shown of the conversation"));
    UiTools::describe(m_viewTabs, "viewTabs", tr("How the connection is shown"));
    for (QTabBar *tabs : {m_tabs, m_viewTabs}) {
        tabs->setDrawBase(false);
        tabs->setExpanding(false);
    }
    m_tabs->addTab(tr("Steps"));
    m_tabs->addTab(tr("Details"));
    m_tabs->setTabToolTip(1, tr("Details of the selected step (Ctrl+D)"));

    auto *right = new QVBoxLayout(m_right);
    right->setContentsMargins({});
    right->addWidget(m_viewTabs);
    right->addWidget(m_views, 1);
    m_splitter->setObjectName(QStringLiteral("viewsSplitter"));
    m_splitter->addWidget(m_log);
    m_splitter->addWidget(m_right);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({450, 550});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_tabs);
    layout->addWidget(m_splitter, 1);

    connect(m_tabs, &QTabBar::currentChanged, this, &ConversationPane::applyLayout);
    connect(m_viewTabs, &QTabBar::currentChanged, m_views, &QStackedWidget::setCurrentIndex);
    connect(m_log, &LogPane::detailsRequested, this, &ConversationPane::showDetails);
    applyLayout();
}

void ConversationPane::addView(QWidget *view, const QString &title, const QString &toolTip)
{
    m_views->addWidget(view);
    m_tabs->insertTab(m_tabs->count() - 1, title);
    m_tabs->setTabToolTip(m_tabs->count() - 2, toolTip);
    m_viewTabs->addTab(title);
    m_viewTabs->setTabToolTip(m_viewTabs->count() - 1, toolTip);
    applyLayout();
}

void ConversationPane::showView(QWidget *view)
{
    const int index = m_views->indexOf(view);
    if (index < 0)
        return;
    m_viewTabs->setCurrentIndex(index);
    m_tabs->setCurrentIndex(index + 1);
}

void ConversationPane::setWide(bool wide)
{
    if (std::exchange(m_wide, wide) == wide)
        return;
    // The front tab stays in front.
    const int tab = m_tabs->currentIndex();
    if (wide && tab > 0 && tab <= m_views->count())
        m_viewTabs->setCurrentIndex(tab - 1);
    applyLayout();
}

void ConversationPane::applyLayout()
{
    const bool hasViews = m_views->count() > 0;
    const int tab = m_tabs->currentIndex();
    const bool viewInFront = tab > 0 && tab <= m_views->count();
    m_tabs->setVisible(!m_wide);
    m_viewTabs->setVisible(m_wide);
    m_right->setVisible(m_wide ? hasViews : viewInFront);
    m_log->setVisible(m_wide || !viewInFront);
    if (!m_wide && viewInFront)
        m_views->setCurrentIndex(tab - 1);
    else if (m_wide)
        m_views->setCurrentIndex(m_viewTabs->currentIndex());
    if (m_wide)
        m_log->setParts(LogPane::Parts::StepsAndDetails);
    else if (!viewInFront)
        m_log->setParts(tab == 0 ? LogPane::Parts::Steps : LogPane::Parts::Details);
}

/// In a narrow window, details are a tab.
void ConversationPane::showDetails(bool show)
{
    if (!m_wide)
        m_tabs->setCurrentIndex(show ? m_tabs->count() - 1 : 0);
    applyLayout();
}

void ConversationPane::addActionsTo(QMenu *menu)
{
    m_log->addActionsTo(menu);
}

void ConversationPane::restore(const QSettings &settings)
{
    m_log->restore(settings);
    m_splitter->restoreState(settings.value(QStringLiteral("views/splitter")).toByteArray());
    m_splitter->setOrientation(Qt::Horizontal);
    const int view = settings.value(QStringLiteral("views/current"), 0).toInt();
    if (view >= 0 && view < m_viewTabs->count())
        m_viewTabs->setCurrentIndex(view);
}

void ConversationPane::save(QSettings &settings) const
{
    m_log->save(settings);
    if (m_wide)
        settings.setValue(QStringLiteral("views/splitter"), m_splitter->saveState());
    settings.setValue(QStringLiteral("views/current"), m_viewTabs->currentIndex());
}

#include "moc_conversationpane.cpp"
