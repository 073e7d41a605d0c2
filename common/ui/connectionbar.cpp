// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connectionbar.h"

#include "elidedlabel.h"
#include "statetext.h"
#include "uitools.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QListView>

ConnectionBar::ConnectionBar(QWidget *parent)
    : QWidget(parent)
    , m_combo(new QComboBox(this))
    , m_state(new QLabel(this))
    , m_activity(new ElidedLabel(this))
{
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(24);
    m_combo->setPlaceholderText(tr("No connection yet"));
    auto *list = new QListView(m_combo);
    list->setUniformItemSizes(true);
    m_combo->setView(list);
    m_combo->setModel(&m_model);
    m_combo->setEnabled(false);
    UiTools::describe(m_combo, "connectionCombo", tr("Connection"));
    UiTools::describe(m_state, "stateLabel", tr("State of the connection"));
    UiTools::describe(m_activity, "activityLabel", tr("What this end does"));
    m_state->setTextFormat(Qt::PlainText);
    m_activity->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    QFont bold = m_state->font();
    bold.setBold(true);
    m_state->setFont(bold);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_combo);
    layout->addWidget(m_state);
    layout->addWidget(m_activity, 1);
    connect(m_combo, &QComboBox::currentIndexChanged, this, [this] {
        showState();
        emit selectionChanged();
    });
    showState();
}

int ConnectionBar::selected() const
{
    return m_model.idAt(m_combo->currentIndex());
}

void ConnectionBar::select(int id)
{
    m_combo->setCurrentIndex(m_model.rowOf(id));
}

void ConnectionBar::step(int rows)
{
    const int row = m_combo->currentIndex() + rows;
    if (row >= 0 && row < m_model.rowCount())
        m_combo->setCurrentIndex(row);
}

void ConnectionBar::update(const std::map<int, ConnectionStatus> &changed)
{
    const int newestBefore = m_model.idAt(m_model.rowCount() - 1);
    m_model.update(changed);
    m_combo->setEnabled(m_model.rowCount() > 0);
    const int newest = m_model.idAt(m_model.rowCount() - 1);
    const ConnectionStatus *shown = m_model.find(selected());
    // A connection that is open stays in sight; one that has closed makes way for the next.
    if (newest != newestBefore && (!shown || !shown->isOpen))
        select(newest);
    showState();
}

void ConnectionBar::setActivity(const Activity &activity)
{
    switch (activity.phase) {
    case Activity::Phase::Idle:
        m_activity->clear();
        break;
    case Activity::Phase::Listening:
        m_activity->setText(tr("Listening on %1").arg(activity.address));
        break;
    case Activity::Phase::Connecting:
        m_activity->setText(tr("Connecting to %1…").arg(activity.address));
        break;
    }
    m_activity->setToolTip(m_activity->text());
}

void ConnectionBar::showState()
{
    const ConnectionStatus *status = m_model.find(selected());
    m_state->setText(status ? StateText::shortText(*status) : QString());
    m_state->setToolTip(status ? StateText::explanation(*status) : QString());
    m_state->setAccessibleDescription(m_state->toolTip());
}
