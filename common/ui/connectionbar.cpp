// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connectionbar.h"

#include "connectioncombo.h"
#include "elidedlabel.h"
#include "statetext.h"
#include "uitools.h"

#include <QHBoxLayout>

ConnectionBar::ConnectionBar(QWidget *parent)
    : QWidget(parent)
    , m_combo(new ConnectionCombo("connectionCombo", 24, this))
    , m_state(new QLabel(this))
    , m_peerState(new ElidedLabel(this))
    , m_activity(new ElidedLabel(this))
{
    m_combo->setModel(&m_model);
    UiTools::describe(m_state, "stateLabel", tr("State of the connection"));
    UiTools::describe(m_peerState, "peerStateLabel", tr("State of the other end"));
    UiTools::describe(m_activity, "activityLabel", tr("What this end does"));
    m_state->setTextFormat(Qt::PlainText);
    m_activity->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // the states come first
    m_activity->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    QFont bold = m_state->font();
    bold.setBold(true);
    m_state->setFont(bold);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_combo);
    layout->addWidget(m_state);
    layout->addWidget(m_peerState);
    layout->addWidget(m_activity, 1);
    connect(m_combo, &QComboBox::currentIndexChanged, this, [this] { emit selectionChanged(); });
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

void ConnectionBar::addActionsTo(QMenu *menu)
{
    m_combo->addActionsTo(menu);
}

void ConnectionBar::update(const std::map<int, ConnectionStatus> &changed)
{
    const int newestBefore = m_model.idAt(m_model.rowCount() - 1);
    m_model.update(changed, selected());
    m_combo->refresh();
    const int newest = m_model.idAt(m_model.rowCount() - 1);
    const ConnectionStatus *shown = m_model.find(selected());
    // A connection that is open stays in sight; one that has closed makes way for the next.
    if (newest != newestBefore && (!shown || !shown->isOpen))
        select(newest);
}

void ConnectionBar::setKernel(const KernelView &view)
{
    m_kernel = view;
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
    if (!status) {
        for (QLabel *label : {m_state, static_cast<QLabel *>(m_peerState)}) {
            label->clear();
            label->setToolTip({});
        }
        return;
    }
    m_peerState->setText(StateText::peerText(m_kernel));
    m_peerState->setToolTip(StateText::peerExplanation(m_kernel));
    m_peerState->setAccessibleDescription(m_peerState->toolTip());
    const QString longText = StateText::longText(*status, m_kernel);
    const int room = width() - m_combo->width() - m_peerState->sizeHint().width() - m_activity->sizeHint().width() -
                     3 * layout()->spacing();
    const bool fits = m_state->fontMetrics().horizontalAdvance(longText) <= room;
    m_state->setText(fits ? longText : StateText::shortText(*status, m_kernel));
    m_state->setToolTip(StateText::explanation(*status, m_kernel));
    m_state->setAccessibleDescription(m_state->toolTip());
}

void ConnectionBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showState();
}
