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
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace {

// The data of the tabs that are no views.
constexpr int stepsTab = -1;
constexpr int detailsTab = -2;

} // namespace

ConversationPane::ConversationPane(const SessionFile &file, QWidget *parent)
    : QWidget(parent)
    , m_tabs(new QTabBar(this))
    , m_more(new QToolButton(this))
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
    m_tabs->setTabData(m_tabs->addTab(tr("Steps")), stepsTab);
    m_tabs->setTabData(m_tabs->addTab(tr("Details")), detailsTab);
    m_tabs->setTabToolTip(1, tr("Details of the selected step (Ctrl+D)"));
    UiTools::describe(m_more, "moreViews", tr("More views"));
    m_more->setText(tr("More"));
    m_more->setToolTip(tr("More views of the connection"));
    m_more->setAutoRaise(true);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(new QMenu(m_more));
    m_more->menu()->setToolTipsVisible(true);

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
    auto *tabs = new QHBoxLayout;
    tabs->setSpacing(0);
    tabs->addWidget(m_tabs);
    tabs->addWidget(m_more);
    tabs->addStretch(1);
    layout->addLayout(tabs);
    layout->addWidget(m_splitter, 1);

    connect(m_tabs, &QTabBar::currentChanged, this, &ConversationPane::applyLayout);
    connect(m_viewTabs, &QTabBar::currentChanged, m_views, &QStackedWidget::setCurrentIndex);
    connect(m_log, &LogPane::detailsRequested, this, &ConversationPane::showDetails);
    connect(m_log, &LogPane::stepsRequested, this, [this] {
        if (!m_wide)
            m_tabs->setCurrentIndex(tabOf(stepsTab));
    });
    applyLayout();
}

void ConversationPane::addView(QWidget *view, const QString &title, const QString &toolTip, Place place)
{
    const int index = m_views->addWidget(view);
    m_viewTabs->addTab(QString(title).remove(u'&')); // a letter is for the menu
    m_viewTabs->setTabToolTip(index, toolTip);
    if (place == Place::Tab) {
        addTabFor(index);
    } else {
        QAction *action = m_more->menu()->addAction(title, this, [this, view] { showView(view); });
        action->setToolTip(toolTip);
        action->setData(index);
    }
    applyLayout();
}

/// The views of the menu have one tab together, after all others.
void ConversationPane::addTabFor(int view)
{
    const int details = tabOf(detailsTab);
    const auto ofMenu = m_more->menu()->actions();
    const bool isOfMenu = std::any_of(ofMenu.begin(), ofMenu.end(),
                                      [view](const QAction *action) { return action->data().toInt() == view; });
    if (isOfMenu && details + 1 < m_tabs->count())
        m_tabs->removeTab(details + 1);
    const int tab = m_tabs->insertTab(isOfMenu ? m_tabs->count() : details, m_viewTabs->tabText(view));
    m_tabs->setTabData(tab, view);
    m_tabs->setTabToolTip(tab, m_viewTabs->tabToolTip(view));
}

int ConversationPane::viewOfTab(int tab) const
{
    return m_tabs->tabData(tab).toInt();
}

/// Returns -1 if there is none.
int ConversationPane::tabOf(int view) const
{
    for (int tab = 0; tab < m_tabs->count(); ++tab) {
        if (viewOfTab(tab) == view)
            return tab;
    }
    return -1;
}

void ConversationPane::showView(QWidget *view)
{
    const int index = m_views->indexOf(view);
    if (index < 0)
        return;
    if (tabOf(index) < 0)
        addTabFor(index);
    m_viewTabs->setCurrentIndex(index);
    m_tabs->setCurrentIndex(tabOf(index));
    applyLayout();
}

void ConversationPane::setWide(bool wide)
{
    if (std::exchange(m_wide, wide) == wide)
        return;
    // The front tab stays in front.
    if (const int view = viewOfTab(m_tabs->currentIndex()); wide && view >= 0)
        m_viewTabs->setCurrentIndex(view);
    applyLayout();
}

void ConversationPane::applyLayout()
{
    const bool hasViews = m_views->count() > 0;
    const int front = viewOfTab(m_tabs->currentIndex());
    const bool viewInFront = front >= 0;
    m_tabs->setVisible(!m_wide);
    bool hasMore = false; // than the tabs show
    const auto ofMenu = m_more->menu()->actions();
    for (QAction *action : ofMenu) {
        action->setVisible(tabOf(action->data().toInt()) < 0);
        hasMore = hasMore || action->isVisible();
    }
    m_more->setVisible(!m_wide && hasMore);
    m_viewTabs->setVisible(m_wide);
    m_right->setVisible(m_wide ? hasViews : viewInFront);
    m_log->setVisible(m_wide || !viewInFront);
    if (!m_wide && viewInFront)
        m_views->setCurrentIndex(front);
    else if (m_wide)
        m_views->setCurrentIndex(m_viewTabs->currentIndex());
    if (m_wide)
        m_log->setParts(LogPane::Parts::StepsAndDetails);
    else if (!viewInFront)
        m_log->setParts(front == stepsTab ? LogPane::Parts::Steps : LogPane::Parts::Details);
}

/// In a narrow window, details are a tab.
void ConversationPane::showDetails(bool show)
{
    if (!m_wide)
        m_tabs->setCurrentIndex(tabOf(show ? detailsTab : stepsTab));
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
